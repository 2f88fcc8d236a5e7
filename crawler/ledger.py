"""The ledger of a crawl: which questions were asked, how far each answer is read, what is open.

All of it is in SQL, written with the records of each page, so a crawl that is stopped anywhere
goes on where it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Connection, Engine, Table, func, select, update

from crawler.hub import Question
from graph.bulk import insert_missing
from graph.database import sole_writer
from graph.tables import CursorRow, RunRow

CURSORS, RUNS = cast("Table", CursorRow.__table__), cast("Table", RunRow.__table__)
ONE = "repository "  # how a question for one repository is written


@dataclass(frozen=True, slots=True)
class Open:
    """A question not answered to its end: a list with its next cursor, or one repository's id."""

    text: str
    cursor: str | None
    pages: int

    @property
    def repository(self) -> str | None:
        """The id asked for, if the question is for one repository."""
        return self.text.removeprefix(ONE) if self.text.startswith(ONE) else None

    @property
    def question(self) -> Question:
        """The list asked for."""
        return Question.parse(self.text)


class Ledger:
    """One run's questions."""

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
                {"run": self._run, "question": text, "place": (place or 0) + n, "cursor": None,
                 "pages": 0, "done": False}
                for n, text in enumerate(texts, start=1)
            ]  # fmt: skip
            insert_missing(connection, CURSORS, rows)

    def next(self) -> Open | None:
        """Return the first open question."""
        c = CURSORS.c
        query = select(c.question, c.cursor, c.pages).where(c.run == self._run, c.done.is_(False))
        with self._engine.connect() as connection:
            row = connection.execute(query.order_by(c.place).limit(1)).one_or_none()
        return Open(*row) if row else None

    def next_repositories(self, limit: int) -> list[Open]:
        """Return the first open questions for single repositories."""
        c = CURSORS.c
        query = select(c.question, c.cursor, c.pages).where(
            c.run == self._run, c.done.is_(False), c.question.startswith(ONE, autoescape=True)
        )
        with self._engine.connect() as connection:
            return [Open(*row) for row in connection.execute(query.order_by(c.place).limit(limit))]

    def asked(self) -> set[str]:
        """Return every question of the run."""
        with self._engine.connect() as connection:
            return set(
                connection.scalars(select(CURSORS.c.question).where(CURSORS.c.run == self._run))
            )

    def done(self, text: str) -> bool:
        """Tell whether a question was asked in this run and answered to its end."""
        query = select(CURSORS.c.done).where(CURSORS.c.run == self._run, CURSORS.c.question == text)
        with self._engine.connect() as connection:
            return bool(connection.scalar(query))

    def advance(
        self, connection: Connection, text: str, cursor: str | None, pages: int = 1
    ) -> None:
        """Note, in the page's transaction, where the next page begins, or that there is none."""
        here = update(CURSORS).where(CURSORS.c.run == self._run, CURSORS.c.question == text)
        connection.execute(
            here.values(cursor=cursor, done=cursor is None, pages=CURSORS.c.pages + pages)
        )

    def set_aside(self, text: str) -> None:
        """Take a question out of the queue unanswered; what it gave so far stays."""
        with sole_writer(self._engine) as connection:
            here = CURSORS.c.run == self._run, CURSORS.c.question == text
            connection.execute(CURSORS.delete().where(*here))


def pages_of_last_listing(engine: Engine, source: str, text: str) -> int | None:
    """Return how many pages a list had when a crawl of the same Hub last read it to its end."""
    query = (
        select(CURSORS.c.pages)
        .join(RUNS, RUNS.c.number == CURSORS.c.run)
        .where(RUNS.c.source == source, CURSORS.c.question == text, CURSORS.c.done.is_(True))
        .order_by(CURSORS.c.run.desc())
        .limit(1)
    )
    with engine.connect() as connection:
        return connection.scalar(query)
