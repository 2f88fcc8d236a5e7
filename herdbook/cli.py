"""The command line: `herdbook …`. Exit codes: 0 done, 1 could not do it, 2 usage."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable

import typer
from sqlalchemy.exc import DBAPIError

from crawler.hub import HubError
from crawler.ingest.snapshot import SnapshotError
from graph.compliance.triage import AnnotationRefused
from graph.engines.port.ports import QueryFailed, QueryRefused, StoreError
from graph.pipeline.judging import JudgingStopped
from graph.preflight import PlanRefused
from graph.storage.copying import CopyRefused
from graph.storage.database import DatabaseUrlError
from graph.storage.locks import UnderWay
from herdbook.commands.ask import NotKnown, findings, footprint, lineage, show
from herdbook.commands.check import check
from herdbook.commands.console import cypher, queries
from herdbook.commands.copying import copy
from herdbook.commands.data import build, crawl, import_, migrate
from herdbook.commands.doctor import doctor
from herdbook.commands.scheduling import schedule
from herdbook.commands.serving import serve, up
from herdbook.commands.settings import settings
from herdbook.commands.triage import finding
from herdbook.output import terminal
from herdbook.output.hints import advice
from herdbook.wiring.migrate import NewerDatabase
from herdbook.wiring.settings import SettingsError

app = typer.Typer(
    name="herdbook",
    help="The register of the Llama models on the Hugging Face Hub.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
COMMANDS: tuple[Callable[..., None], ...] = (
    *(up, serve, schedule, crawl, import_, build, migrate, copy, show, lineage, findings),
    *(footprint, check, cypher, queries, settings, doctor),
)
for command in COMMANDS:
    app.command(command.__name__.rstrip("_"))(command)
app.add_typer(finding, name="finding")

# What a command may meet and a person can mend; anything else is a defect and shows itself.
EXPECTED = (
    CopyRefused,
    DatabaseUrlError,
    HubError,
    JudgingStopped,
    NewerDatabase,
    NotKnown,
    PlanRefused,
    QueryFailed,
    QueryRefused,
    AnnotationRefused,
    SettingsError,
    SnapshotError,
    StoreError,
    UnderWay,
)


def main() -> None:
    """Run the command line. What asks a process to end ends it as Ctrl-C does: in good order."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        app()
    except EXPECTED as error:
        terminal.fail(str(error))
        sys.exit(1)
    except DBAPIError as error:
        told = advice(error)
        if told is None:
            raise
        terminal.fail(told)
        sys.exit(1)
    except KeyboardInterrupt:
        terminal.say("stopped; what was stored stays, and the next run goes on from there")
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        sys.stderr.close()
        sys.exit(1)
