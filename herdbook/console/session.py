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
from herdbook.console.commands import Command, CommandError, parse
from herdbook.console.error import render_error
from herdbook.console.once import print_answer, to_json
from herdbook.console.pages import page
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
            case "ask", query:
                self._ask(query, self.parameters)
            case "run", name, given:
                self._run(name, given)
            case "save", name:
                self._save(name)
            case "export", path, form:
                self._export(path, form)
            case "param", name, value:
                self.parameters[name] = value
            case "limit", rows:
                self._rows = rows
            case ("quit",):
                self.ended = True
            case (shown,):
                self._out.print(page(shown, self.saved.names(), self.parameters))

    def _ask(self, query: str, parameters: Mapping[str, Any]) -> None:
        self._last, self._answer = query, None
        started = time.perf_counter()
        table = self._console.cypher(query, parameters, seconds=self._seconds, rows=self._rows)
        self._answer = table
        print_answer(table, time.perf_counter() - started, self._out)

    def _run(self, name: str, given: Mapping[str, Any]) -> None:
        question = library().get(name)
        if question is None:
            query = self.saved.read(name)
            if query is None:
                raise CommandError(f"no query is named {name}; see :queries and :saved")
            self._ask(query, {**self.parameters, **given})
            return
        defaults = question.defaults()
        if unknown := sorted(given.keys() - defaults):
            told = ", ".join(defaults)
            raise CommandError(f"{name} has no parameter {unknown[0]}; it has: {told}")
        standing = {key: value for key, value in self.parameters.items() if key in defaults}
        self._ask(question.cypher, {**defaults, **standing, **given})

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
