"""A crawl on the terminal: its plan first, then its progress; what arrives is built meanwhile."""

from __future__ import annotations

from dataclasses import asdict
from typing import Literal

from crawler.crawl.crawl import Choices, Hooks
from crawler.crawl.crawl import crawl as run_crawl
from crawler.crawl.lists import Step
from crawler.crawl.plan import Plan
from crawler.ingest.report import PageCounts
from graph.engines.port.ports import StoreError
from herdbook.output import terminal
from herdbook.wiring.wiring import Wiring

STAGES = {"first": "a first look", "list": "the whole list", "files": "small files"}


def crawl_with_progress(
    wired: Wiring, scope: Literal["llama", "hub"], *, files: bool = True, built: bool = True
) -> dict[str, object]:
    """Crawl, and return the report as plain values. Raises HubError."""
    chosen = wired.settings
    choices = Choices(
        files=chosen.files_per_crawl if files else 0,
        hours=chosen.crawl_hours,
        threshold=chosen.inference_threshold,
    )
    with terminal.progress(f"asking {wired.hub.endpoint}") as tell:
        hooks = Hooks(
            planned=_say_plan,
            examined=_say_failures,
            progress=lambda step: _tell(tell, step),
            arrived=(lambda: _build(wired, tell)) if built else (lambda: None),
        )
        report = run_crawl(wired.engine, wired.hub, scope, choices=choices, hooks=hooks)
    went_on = "went on with a stopped crawl; " if report.resumed else ""
    terminal.say(f"crawl done: {went_on}{counted(report.counts)}, {report.absent:,} not listed")
    if report.counts.files or report.left.repositories:
        terminal.say(fetched(report.counts))
    if report.left.repositories:
        when = f" at {report.left.resumes:%H:%M} UTC" if report.left.resumes else ""
        terminal.say(f"{report.left.reason}; the next crawl goes on with them{when}")
    return {**asdict(report), "counts": asdict(report.counts)}


def _say_failures(failures: list[str]) -> None:
    """Say what the Hub answers otherwise than the crawl believes, before it is crawled."""
    for words in failures:
        terminal.say(f"doctor: {words}")
    if failures:
        terminal.say("`herdbook doctor` tells all of it; what the crawl cannot do it will say")


def _say_plan(plan: Plan) -> None:
    for line in plan.words():
        terminal.say(line)


def _tell(tell: terminal.Tell, step: Step) -> None:
    stage = step.plan.stage(step.stage)
    what = f"{STAGES[step.stage]}: {step.request[:60]} ({step.counts.records:,} records)"
    tell(stage.done, stage.requests, what)


def _build(wired: Wiring, tell: terminal.Tell) -> None:
    """Build what has arrived. A graph that is away now is built when the crawl is over."""
    try:
        report = wired.build(lambda done, total: tell(done, total, "building what has arrived"))
    except StoreError as error:
        terminal.say(f"not built yet: {error}")
        return
    if report.id is not None:
        terminal.say(
            f"built and shown: {report.artifacts:,} artifacts, {report.edges:,} edges, "
            f"{report.findings:,} findings"
        )


def counted(c: PageCounts) -> str:
    """Return the counts of a run; those that seldom are anything only where they are."""
    text = f"{c.records:,} records, {c.new:,} new, {c.changed:,} changed, {c.removed:,} removed"
    seldom = (
        (c.counted, "with other counters alone"),
        (c.renamed, "renamed"),
        (c.passed, "counted and not kept"),
        (c.private, "private and passed over"),
        (c.self_parents, "name themselves as parent"),
        (c.retried, "requests made again"),
    )
    text += f"; {c.refused:,} refused"
    if c.dropped:
        text += f", {c.dropped:,} fields dropped"
    return text + "".join(f"; {number:,} {words}" for number, words in seldom if number)


def fetched(c: PageCounts) -> str:
    """Return what came of the small files."""
    text = f"{c.files:,} small file{'' if c.files == 1 else 's'} fetched"
    left = "repository is" if c.files_left == 1 else "repositories are"
    return text + (f"; those of {c.files_left:,} {left} left" if c.files_left else "")
