"""The command line: `herdbook …`. Exit codes: 0 done, 1 could not do it, 2 usage."""

from __future__ import annotations

import signal
import sys

import typer
from sqlalchemy.exc import DBAPIError

from crawler.hub import HubError
from crawler.snapshot import SnapshotError
from graph.copying import CopyRefused
from graph.database import DatabaseUrlError
from graph.judging import JudgingStopped
from graph.ports import QueryFailed, QueryRefused, StoreError
from graph.release import PlanRefused
from graph.replies import ReplyRefused
from graph.turns import UnderWay
from herdbook import terminal
from herdbook.commands import (
    ask,
    check,
    console,
    copying,
    data,
    doctor,
    reply,
    scheduling,
    serving,
    settings,
)
from herdbook.errors import NotKnown
from herdbook.migrate import NewerDatabase
from herdbook.settings import SettingsError
from herdbook.trouble import advice

app = typer.Typer(
    name="herdbook",
    help="The register of the Llama models on the Hugging Face Hub.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for module in (serving, scheduling, data, copying, ask, check, reply, console, settings, doctor):
    module.add_to(app)

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
    ReplyRefused,
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
