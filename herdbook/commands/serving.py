"""Commands that run on: up (the main job), serve, schedule."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from crawler.ingest import snapshot
from crawler.ingest.importer import import_file
from crawler.ingest.runs import imported
from graph.storage.tables import SAMPLE_SCOPE
from herdbook.commands.check import judging
from herdbook.commands.data import build_with_progress, import_with_progress
from herdbook.commands.options import wiring
from herdbook.output import terminal
from herdbook.wiring.wiring import Wiring

Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on.")]


def up(
    source: Annotated[str, typer.Option(help="Load these snapshots instead of crawling.")] = "",
    host: Host = "",
    port: Port = None,
) -> None:
    """Run Herdbook: bring the database up to date, load or crawl, build, serve, schedule."""
    wired = wiring()
    if source:
        _load(wired, Path(source))
    elif wired.read_model.is_empty():
        _load_sample(wired)
    build_with_progress(wired)
    if source:
        _serve(wired, host, port)
        return
    with _scheduler():
        _serve(wired, host, port)


def _load(wired: Wiring, source: Path) -> None:
    """Import the snapshots of a source that were not imported before."""
    paths = snapshot.expand(source)
    before = imported(wired.engine, [str(path) for path in paths])
    new = [path for path in paths if str(path) not in before]
    if new:
        import_with_progress(wired, new)
    else:
        terminal.say(f"{source} was imported before; nothing new in it")


def _load_sample(wired: Wiring) -> None:
    with as_file(files("herdbook").joinpath("sample", "hub.jsonl")) as path:
        counts = import_file(wired.engine, path, scope=SAMPLE_SCOPE)
    terminal.say(
        "nothing is stored yet: showing the bundled sample of "
        f"{counts.records} well-known repositories"
    )


@contextmanager
def _scheduler() -> Iterator[None]:
    """Run the periodic crawl in a process of its own until the block ends."""
    command = [sys.executable, "-m", "herdbook", "schedule"]
    process = subprocess.Popen(command, env=os.environ.copy())  # noqa: S603 (ourselves)
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def serve(host: Host = "", port: Port = None) -> None:
    """Serve what is stored: REST, dashboard, Cypher console."""
    _serve(wiring(), host, port)


def _serve(wired: Wiring, host: str, port: int | None) -> None:
    # The web part is imported here: other commands start faster without it.
    from api.app import create_app
    from api.http.services import Services

    chosen = wired.settings
    services = Services(
        read_model=wired.read_model,
        store=wired.store,
        console=wired.console,
        triage=wired.triage,
        token=chosen.token.get_secret_value(),
        cypher_seconds=chosen.cypher_seconds,
        cypher_rows=chosen.cypher_rows,
        lineage_nodes=chosen.lineage_nodes,
        neo4j_browser=chosen.neo4j_browser,
        version=version("herdbook"),
    )
    address = host or wired.settings.host
    at = wired.settings.port if port is None else port
    app = create_app(services)
    app.state.judging = judging(wired)
    config = uvicorn.Config(app, host=address, port=at, log_level="warning", access_log=False)
    terminal.say(f"Herdbook is at http://{address}:{at} (Ctrl-C ends it)")
    uvicorn.Server(config).run()
