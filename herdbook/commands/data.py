"""Commands that bring data in: crawl, import, build, migrate."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from crawler.ingest import snapshot
from crawler.ingest.importer import import_file
from crawler.ingest.records import drop_sample
from crawler.ingest.refresh import refresh
from crawler.ingest.report import PageCounts
from graph.engines.port.ports import OfflineStore
from graph.pipeline.build import BuildReport
from graph.storage.database import open_database
from graph.storage.locks import alone
from herdbook.commands.crawling import counted, crawl_with_progress
from herdbook.commands.options import AsJson, wiring
from herdbook.output import terminal
from herdbook.wiring.migrate import upgrade
from herdbook.wiring.settings import load
from herdbook.wiring.wiring import Wiring


def crawl(
    scope: Annotated[
        str,
        typer.Option(help="llama: keep what descends from Llama; hub: every model and data set."),
    ] = "",
    no_files: Annotated[
        bool, typer.Option("--no-files", help="Fetch no cards, licences and other small files.")
    ] = False,
    no_build: Annotated[bool, typer.Option("--no-build", help="Leave the graph as it is.")] = False,
    as_json: AsJson = False,
) -> None:
    """Crawl the Hub and build the graph. A crawl that was stopped goes on where it was."""
    wired = wiring()
    wanted = scope or wired.settings.crawl_scope
    if wanted not in ("llama", "hub"):
        raise typer.BadParameter("scope is llama or hub")
    with alone(wired.engine, "crawl"):
        report = crawl_with_progress(
            wired, "hub" if wanted == "hub" else "llama", files=not no_files, built=not no_build
        )
    built = None if no_build else build_with_progress(wired)
    if as_json:
        terminal.json({"crawl": report, "build": built and asdict(built)})


def import_(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="Snapshots, or folders of them.")
    ],
    kind: Annotated[str, typer.Option(help="Kind of the lines that do not say theirs.")] = "",
    no_build: Annotated[bool, typer.Option("--no-build", help="Leave the graph as it is.")] = False,
    as_json: AsJson = False,
) -> None:
    """Import snapshot files (JSON Lines, plain or gzip) and build the graph."""
    if kind not in ("", "model", "dataset"):
        raise typer.BadParameter("kind is model or dataset")
    wired = wiring()
    paths = [path for given in files for path in snapshot.expand(given)]
    total = import_with_progress(wired, paths, kind or None)
    built = None if no_build else build_with_progress(wired)
    if as_json:
        terminal.json({"import": asdict(total), "build": built and asdict(built)})


def import_with_progress(wired: Wiring, paths: list[Path], kind: str | None = None) -> PageCounts:
    """Import files with progress, print what was refused, and return the counts."""
    total = PageCounts()
    for path in paths:
        done = 0
        with terminal.progress(f"import {path.name}") as tell:

            def count(lines: int) -> None:
                nonlocal done
                done += lines
                tell(done, None)

            counts = import_file(wired.engine, path, kind, count)
        total.add(counts)
        _print_refusals(wired, counts)
        terminal.say(f"{path.name}: {counted(counts)}")
    drop_sample(wired.engine)
    return total


def _print_refusals(wired: Wiring, counts: PageCounts, most: int = 20) -> None:
    if not (counts.refused or counts.dropped):
        return
    run = wired.read_model.runs(1)[0]["number"]
    notices = [n for n in wired.read_model.notices(run, 10_000) if n["kind"] != "self-parent"]
    for notice in notices[:most]:
        terminal.say(f"{notice['place']}: {notice['kind']}: {notice['reason']}")
    if len(notices) > most:
        terminal.say(f"… and {len(notices) - most:,} more lines in the run's report (/runs)")


def build(
    fresh: Annotated[bool, typer.Option("--fresh", help="Build everything anew.")] = False,
    offline: Annotated[
        Path | None,
        typer.Option(help="Write files for `neo4j-admin database import` into this folder."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Bring the graph up to date with what is stored."""
    wired = Wiring(load(), offline)
    report = build_with_progress(wired, fresh=fresh or offline is not None)
    if isinstance(wired.store, OfflineStore):
        terminal.say(wired.store.then)
    if as_json:
        terminal.json(asdict(report))


def build_with_progress(wired: Wiring, *, fresh: bool = False) -> BuildReport:
    """Build with progress on the terminal."""
    refresh(wired.engine)
    with terminal.progress("build the graph") as tell:
        report = wired.build(
            lambda done, total: tell(done, total),
            fresh=fresh,
            waiting=lambda: terminal.say("another build is under way: waiting for its end"),
        )
    if report.id is None:
        terminal.say("nothing changed since the last build")
    else:
        terminal.say(
            f"built: {report.artifacts:,} artifacts, {report.edges:,} edges; "
            f"{report.touched:,} touched, {report.judged:,} judged, "
            f"{report.findings:,} findings, {report.gone:,} gone"
        )
    return report


def migrate(as_json: AsJson = False) -> None:
    """Bring the database to this version's form. Other commands do so themselves."""
    changed = upgrade(open_database(load().database))
    done = "was brought" if changed else "is"
    said = f"the database {done} up to date"
    terminal.answer({"changed": changed}, lambda _: terminal.say(said), as_json)
