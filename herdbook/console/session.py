"""A console's state, and what each command does to it. Speaks to any rich console."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console

from graph.engines.port.ports import CypherConsole, QueryFailed, QueryRefused, StoreError, Table
from graph.engines.queries import export
from graph.engines.queries.query import library
from herdbook.console import pages
from herdbook.console.commands import (
    Ask,
    Command,
    CommandError,
    Export,
    Quit,
    Run,
    Save,
    SetLimit,
    SetParameter,
    Show,
    parse,
)
from herdbook.console.error import render_error
from herdbook.console.once import print_answer, to_json
from herdbook.console.saved import Saved
from herdbook.console.table import counted, written


class Session:
    """One sitting: the parameters that are set, the row limit, the last query.

    ``errors`` is where errors are printed; ``ended`` tells that ``:quit`` was typed.
    """

    def __init__(
        self,
        console: CypherConsole,
        saved: Saved,
        out: Console,
        errors: Console,
        *,
        seconds: float,
        rows: int,
    ) -> None:
        self.saved = saved
        self.parameters: dict[str, Any] = {}
        self.ended = False
        self._console, self._out, self._errors = console, out, errors
        self._seconds, self._rows = seconds, rows
        self._last = ""
        self._answer: Table | None = None

    def handle(self, text: str) -> bool:
        """Do what one statement or command says; print errors and return False for them."""
        try:
            self._do(parse(text))
        except (CommandError, StoreError) as error:
            self._errors.print(render_error(error), soft_wrap=True)
        except (QueryRefused, QueryFailed) as error:
            self._errors.print(render_error(error, self._last), soft_wrap=True)
        else:
            return True
        return False

    def _do(self, command: Command) -> None:
        match command:
            case Ask(query):
                self._ask(query, self.parameters)
            case Run():
                self._run(command)
            case Save(name):
                self._save(name)
            case Export(path, form):
                self._export(path, form)
            case SetParameter(name, value):
                self.parameters[name] = value
            case SetLimit(rows):
                self._rows = rows
            case Show(what):
                self._show(what)
            case Quit():
                self.ended = True

    def _ask(self, query: str, parameters: Mapping[str, Any]) -> None:
        self._last, self._answer = query, None
        started = time.perf_counter()
        table = self._console.cypher(query, parameters, seconds=self._seconds, rows=self._rows)
        self._answer = table
        print_answer(table, time.perf_counter() - started, self._out)

    def _run(self, command: Run) -> None:
        question = library().get(command.name)
        if question is None:
            query = self.saved.read(command.name)
            if query is None:
                raise CommandError(f"no query is named {command.name}; see :queries and :saved")
            self._ask(query, {**self.parameters, **command.given})
            return
        defaults = question.defaults()
        if unknown := sorted(set(command.given) - set(defaults)):
            raise CommandError(
                f"{command.name} has no parameter {unknown[0]}; it has: {', '.join(defaults)}"
            )
        standing = {name: value for name, value in self.parameters.items() if name in defaults}
        self._ask(question.cypher, {**defaults, **standing, **command.given})

    def _save(self, name: str) -> None:
        if not self._last:
            raise CommandError("no query has been asked yet")
        if name in library():
            raise CommandError(f"{name} is a query of the library; take another name")
        path = self.saved.write(name, self._last)
        self._out.print(f"saved as {path}", soft_wrap=True)

    def _export(self, path: Path, form: str) -> None:
        if self._answer is None:
            raise CommandError("there is no answer to write: ask a query first")
        text = export.as_csv(self._answer, written) if form == "csv" else to_json(self._answer)
        try:
            with path.open("x", encoding="utf-8", newline="") as file:  # never over another file
                file.write(text)
        except FileExistsError:
            raise CommandError(f"{path} is there already; take another name") from None
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}") from None
        self._out.print(f"{counted(self._answer)} written to {path}", soft_wrap=True)

    def _show(self, what: str) -> None:
        match what:
            case "help":
                self._out.print(pages.help_page())
            case "queries":
                self._out.print(pages.queries_page())
            case "saved":
                self._out.print(pages.saved_page(self.saved.names()))
            case "params":
                self._out.print(pages.parameters_page(self.parameters))
            case "schema":
                self._out.print(pages.schema_page())
