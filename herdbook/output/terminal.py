"""What commands print: text for people, JSON for machines, progress on long work, plain errors.

Values from outside are made harmless first: no markup, no control characters.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

import orjson
from pydantic import BaseModel
from rich import progress as bars
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

T = TypeVar("T")


class Tell(Protocol):
    """Says how far a long work is."""

    def __call__(self, done: int, total: int | None, text: str | None = None) -> None:
        """Show ``done`` of ``total`` (None: not known), and what is being done."""


PIPE_WIDTH = 160  # characters, where no terminal tells its own


def screen(*, stderr: bool = False) -> Console:
    """Return a console on the terminal, or on a pipe, where lines are wide."""
    made = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    if not made.is_terminal:
        made.width = PIPE_WIDTH
    return made


out, err = screen(), screen(stderr=True)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
OUTCOME_STYLE = {
    "failed": "red",
    "review": "yellow",
    "unknown": "dim",
    "info": "cyan",
    "passed": "green",
    "not-applicable": "dim",
}


def plain(value: object) -> Text:
    """Return a value as text that a terminal shows and does not obey."""
    if value is None:
        return Text("-", style="dim")
    if isinstance(value, bool):
        return Text("yes" if value else "no")
    if isinstance(value, int):
        return Text(f"{value:,}", justify="right")
    if isinstance(value, list | tuple):
        value = ", ".join(map(str, value))
    return Text(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", str(value)))


def json(value: object) -> None:
    """Print one JSON document."""
    text = orjson.dumps(value, option=orjson.OPT_INDENT_2, default=_json_value)
    sys.stdout.write(text.decode() + "\n")


def json_lines(values: Iterable[object]) -> None:
    """Print one JSON document a line."""
    for value in values:
        sys.stdout.write(_json_line(value) + "\n")


def answer(value: T, people: Callable[[T], None], as_json: bool, as_lines: bool = False) -> None:
    """Print an answer as JSON, as JSON one object a line (of several), or as people read it."""
    if as_lines:
        json_lines(value if isinstance(value, Iterator | list) else [value])
    elif as_json:
        json(list(value) if isinstance(value, Iterator) else value)
    else:
        people(value)


def _json_line(value: object) -> str:
    if isinstance(value, BaseModel):
        return value.model_dump_json()
    return orjson.dumps(value, default=_json_value).decode()


def _json_value(value: object) -> object:
    """Return what JSON shows for a value that is none of its own: a schema as its fields."""
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else str(value)


def table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], title: str | None = None
) -> None:
    """Print a table; texts fold rather than being cut."""
    shown = Table(title=title, title_justify="left", header_style="bold", box=SIMPLE_HEAD)
    for column in columns:
        shown.add_column(column, overflow="fold")
    for row in rows:
        shown.add_row(*(_cell(name, value) for name, value in zip(columns, row, strict=True)))
    out.print(shown)


def _cell(column: str, value: object) -> Text:
    text = plain(value)
    if column == "outcome":
        text.stylize(OUTCOME_STYLE.get(str(value), ""))
    return text


def say(message: str) -> None:
    """Print a line for people, apart from what a command answers."""
    err.print(plain(message))


def fail(message: str) -> None:
    """Print an error."""
    err.print(Text("error: ", style="bold red") + plain(message), soft_wrap=True)


@contextmanager
def progress(what: str) -> Iterator[Tell]:
    """Show progress while a block runs: it calls what it is given."""
    columns = (
        *(bars.SpinnerColumn(), bars.TextColumn("{task.description}"), bars.BarColumn()),
        *(bars.MofNCompleteColumn(), bars.TimeElapsedColumn()),
    )
    with bars.Progress(*columns, console=err, disable=not err.is_terminal) as bar:
        task = bar.add_task(what, total=None)

        def tell(done: int, total: int | None, text: str | None = None) -> None:
            bar.update(task, completed=done, total=total, description=text or what)

        yield tell


def rows(dicts: Iterable[dict[str, Any]], columns: Sequence[str]) -> list[list[object]]:
    """Return dictionaries as rows of some columns."""
    return [[d.get(c) for c in columns] for d in dicts]
