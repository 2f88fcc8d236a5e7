"""The command that moves from one database to another: copy."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated
from urllib.parse import urlsplit

import typer
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from graph.engines import engines
from graph.storage.copying import Copied, CopyRefused
from graph.storage.copying import copy as copy_tables
from graph.storage.database import DatabaseUrlError, open_database, reason
from herdbook.commands.options import AsJson, wiring
from herdbook.output import terminal
from herdbook.wiring.migrate import check, upgrade
from herdbook.wiring.settings import Settings, with_password

To = Annotated[
    str, typer.Option(metavar="URL", help="An empty database: postgresql://… or sqlite:///PATH.")
]


def copy(to: To, as_json: AsJson = False) -> None:
    """Copy the database into another, whole or not at all; the graph is built there, not copied."""
    wired = wiring()
    if wired.read_model.is_empty():
        raise CopyRefused("nothing is stored in the database of HERDBOOK_DATABASE_URL")
    target = _open(to, wired.settings)
    try:
        _prepare(target)
        with terminal.progress("copy") as tell:
            copied = copy_tables(wired.engine, target, tell)
    except DBAPIError as error:
        raise CopyRefused(f"--to: {reason(error)}") from None
    tables = [asdict(one) for one in copied]
    terminal.answer({"tables": tables}, lambda _: _tell(copied), as_json)


def _prepare(target: Engine) -> None:
    """Give an empty target its tables; refuse one of another version."""
    state = check(target)
    if state == "empty":
        upgrade(target)
    elif state != "current":
        raise CopyRefused(f"--to: {_STATES[state]}")


_STATES = {
    "older": "an older Herdbook made that database; bring it up to date with `herdbook migrate`",
    "newer": "a newer Herdbook made that database; update this one, or name an empty database",
}


def _tell(copied: list[Copied]) -> None:
    rows = sum(one.rows for one in copied)
    terminal.say(
        f"copied {rows:,} rows of {len(copied)} tables, and compared each table. Now set "
        "HERDBOOK_DATABASE_URL to that database, HERDBOOK_GRAPH_URL to the graph that goes with "
        "it, and run `herdbook build`: the graph is built anew"
    )


def _open(to: str, chosen: Settings) -> Engine:
    """Open the target; its password is its URL's, or else the one that is set, or else libpq's."""
    if urlsplit(to).scheme in engines():
        raise CopyRefused(
            "--to: a graph is not copied: set HERDBOOK_GRAPH_URL to it and run `herdbook build`"
        )
    try:
        return open_database(with_password(to, chosen.database_password.get_secret_value()))
    except DatabaseUrlError as error:
        raise CopyRefused(str(error).replace("HERDBOOK_DATABASE_URL", "--to")) from None
