"""How far a crawl is: which lists were asked for, how far each is read, what is open.

All of it is in SQL, written with the records of each page, so a crawl that is stopped anywhere
goes on where it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Connection, Engine, Table, Update, func, select, update

from graph.storage.bulk import insert_missing
from graph.storage.database import sole_writer
from graph.storage.tables import CursorRow, RunRow

CURSORS, RUNS = cast("Table", CursorRow.__table__), cast("Table", RunRow.__table__)


@dataclass(frozen=True, slots=True)
class Open:
    """A question not answered to its end: a list, with its next cursor and what came so far."""

    text: str
    cursor: str | None
    pages: int
    rows: int


@dataclass(frozen=True, slots=True)
class Ended:
    """How a list ended: in how many pages and rows, and whether that was credible."""

    pages: int
    rows: int
    doubted: bool = False


class Checkpoints:
    """How far one run is in each list."""

    def __init__(self, engine: Engine, run: int) -> None:
        self._engine = engine
        self._run = run

    def ask(self, questions: Iterable[str]) -> None:
        """Put questions at the end of the queue; those asked before stay as they are."""
        texts = list(dict.fromkeys(questions))
        with sole_writer(self._engine) as connection:
            place = connection.scalar(
                select(func.coalesce(func.max(CURSORS.c.place), 0)).where(
                    CURSORS.c.run == self._run
                )
            )
            rows = [
                {"run": self._run, "question": text, "place": (place or 0) + n}
                for n, text in enumerate(texts, start=1)
            ]
            insert_missing(connection, CURSORS, rows)

    def next(self, among: Iterable[str]) -> Open | None:
        """Return the first open question among some."""
        c = CURSORS.c
        query = select(c.question, c.cursor, c.pages, c.rows).where(
            c.run == self._run, c.done.is_(False), c.question.in_(list(among))
        )
        with self._engine.connect() as connection:
            row = connection.execute(query.order_by(c.place).limit(1)).one_or_none()
        return Open(*row) if row else None

    def advance(self, connection: Connection, text: str, cursor: str | None, rows: int) -> None:
        """Note, in the page's transaction, where the next page begins, or that there is none."""
        read = {"pages": CURSORS.c.pages + 1, "rows": CURSORS.c.rows + rows}
        connection.execute(self._at(text).values(cursor=cursor, done=cursor is None, **read))

    def begin_anew(self, text: str) -> None:
        """Read a list from its first page again."""
        with sole_writer(self._engine) as connection:
            connection.execute(self._at(text).values(cursor=None, pages=0, rows=0))

    def doubt(self, connection: Connection, text: str, *, doubted: bool) -> None:
        """Note whether a list ended where it cannot have ended."""
        connection.execute(self._at(text).values(doubted=doubted))

    def ended(self, connection: Connection, text: str) -> Ended:
        """Return how a list of this run ended."""
        c = CURSORS.c
        query = select(c.pages, c.rows, c.doubted).where(c.run == self._run, c.question == text)
        return Ended(*connection.execute(query).one())

    def _at(self, text: str) -> Update:
        return update(CURSORS).where(CURSORS.c.run == self._run, CURSORS.c.question == text)


def last_ended(connection: Connection, source: str, text: str, before: int) -> Ended | None:
    """Return how a list ended when a run before this one last read it of the same Hub."""
    c = CURSORS.c
    query = (
        select(c.pages, c.rows, c.doubted)
        .join(RUNS, RUNS.c.number == c.run)
        .where(RUNS.c.source == source, c.question == text, c.done.is_(True), c.run < before)
        .order_by(c.run.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return Ended(*row) if row else None
