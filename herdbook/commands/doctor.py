"""`herdbook doctor`: does the Hub answer as the crawl believes?"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from crawler.doctor import REQUESTS, Recorder, Report, examine
from crawler.doctor.case import Heard
from crawler.hub import Hub, Patience
from herdbook.commands.options import AsJson
from herdbook.output import terminal
from herdbook.output.doctor import DoctorCheck, DoctorReport

PATIENCE = Patience(tries=3, most=20.0)  # a person waits
STYLE = {"ok": "green", "unknown": "dim", "differs": "yellow"}
COLUMNS = {"belief": 3, "verdict": 0, "seen": 3, "for a crawl": 4}


def doctor(
    record: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Keep each answer in this new folder, without secrets."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Test what a crawl believes of the Hub, by fourteen requests; exit 1 if it differs."""
    hub = Hub(patience=PATIENCE)
    tell = _recorder(record, hub) if record else lambda _heard: None
    with terminal.progress(f"asking {hub.endpoint}") as bar:
        report = examine(hub, progress=lambda done, of, name: bar(done, of, name), tell=tell)
    terminal.answer(DoctorReport.model_validate(report), lambda _: show(report), as_json)
    if record:
        terminal.say(f"the answers are in {record}")
    sys.exit(not report.well)


def _recorder(folder: Path, hub: Hub) -> Callable[[Heard], None]:
    """Return what keeps the answers in a folder that holds none yet."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise typer.BadParameter(f"{folder} is not empty: give a new folder to --record")
    except OSError as error:
        raise typer.BadParameter(f"{folder}: {error.strerror}") from None
    told = {name.lower(): value for name, value in hub.transport.headers.items()}
    return Recorder(folder, hub.endpoint, told.get("authorization", "").removeprefix("Bearer "))


def show(report: Report) -> None:
    """Print a report for people: each belief, and what it comes to; the worst stands last."""
    shown = Table(box=SIMPLE_HEAD, header_style="bold", leading=1)
    for name, ratio in COLUMNS.items():
        shown.add_column(name, overflow="fold", ratio=ratio or None, no_wrap=not ratio)
    for one in sorted(DoctorReport.model_validate(report).checks, key=_weight):
        cells = (one.belief, None, one.seen, one.meaning)
        shown.add_row(*(_word(one) if c is None else terminal.plain(c) for c in cells))
    terminal.out.print(shown)
    terminal.out.print(terminal.plain(summary(report)))
    for sentence in (*report.failures, *report.unanswered):
        terminal.fail(sentence)


def _weight(one: DoctorCheck) -> tuple[bool, int]:
    return one.needed, list(STYLE).index(one.verdict)


def _word(one: DoctorCheck) -> Text:
    """Return the verdict's word; what a crawl needs is marked by more than its colour."""
    if one.needed:
        return Text("DIFFERS", style="bold red")
    return Text(one.verdict, style=STYLE[one.verdict])


def summary(report: Report) -> str:
    """Say in a sentence or two what a report comes to."""
    states: list[str] = [one.verdict.state for one in report.results]
    counts = ", ".join(f"{states.count(word)} {word}" for word in STYLE)
    who = "with a token" if report.token else "without a token"
    made = f"{report.endpoint}, {who}, {report.requests} of {REQUESTS} requests: {counts}."
    if report.failures:
        return f"{made} A crawl needs what is marked DIFFERS."
    if report.unanswered:
        return f"{made} Some requests got no answer; try again."
    return f"{made} Nothing that a crawl needs differs."
