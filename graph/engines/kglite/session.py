"""Answers from KGLite's saved file, inside a worker."""

from __future__ import annotations

import re
from typing import Any

import kglite

from graph.engines.console import confine, gate, plans
from graph.engines.console.frames import ConsoleRequest
from graph.engines.console.rows import within
from graph.engines.kglite.values import plain_value
from graph.engines.port.ports import QueryFailed, QueryRefused, QueryTimeout, StoreError

kglite.set_query_warning_policy("silent")  # they stand in the diagnostics
_READS = plans.reading("graph.engines.kglite")
_LINE = re.compile(r"\bline (\d+)")
_WARMING = "MATCH (n)-[r]->(m) RETURN count(*) AS n"  # wakes the engine's threads


class Session:
    """A graph file, opened for reading."""

    def __init__(self, target: dict[str, Any], size: int, memory: int) -> None:
        self._size = size
        try:
            self._session = kglite.open_session(target["path"])
        except (kglite.KgError, OSError) as error:
            raise StoreError(f"{target['path']} cannot be read: {error}") from None
        self._session.cypher(_WARMING)
        confine.keep_memory(memory)
        confine.open_nothing()

    def answer(self, asked: ConsoleRequest) -> dict[str, Any]:
        """Admit and run one query. Raises the port's errors."""
        statement = gate.single(asked.query)
        limits: dict[str, Any] = {
            "params": asked.parameters,
            "timeout_ms": max(1, int(asked.seconds * 1000)),
        }
        try:
            self._admit(statement, limits)
            if asked.rows is not None:
                limits["row_limit"] = asked.rows
            result = self._session.cypher(statement, **limits)
        except kglite.ReadOnlyError:
            raise QueryRefused("the console only reads: nothing that writes is let in") from None
        except kglite.CypherTimeoutError:
            raise QueryTimeout(f"the query took longer than {asked.seconds:g} s") from None
        except (kglite.KgError, TypeError) as error:
            raise QueryFailed(str(error)) from None
        rows = within(
            ([plain_value(one) for one in row.values()] for row in result.to_list()), self._size
        )
        total = (result.diagnostics or {}).get("total_rows")
        cut = total is not None and total > len(rows)
        return {"columns": list(result.columns), "rows": rows, "truncated": cut}

    def _admit(self, statement: str, limits: dict[str, Any]) -> None:
        """Judge a statement by its plan, before it runs."""
        try:
            plan = self._session.cypher(f"EXPLAIN\n{statement}", **limits)
        except kglite.CypherSyntaxError as error:
            raise QueryFailed(_LINE.sub(_line_before, str(error))) from None
        if isinstance(plan, str):
            raise QueryRefused("FORMAT is not let in: answers are rows")
        for row in plan.to_list():
            plans.admit(str(row.get("operation", "")).partition(" ")[0], _READS)


def _line_before(found: re.Match[str]) -> str:
    """Name the line as the person who typed the query counts, without the EXPLAIN before it."""
    return f"line {int(found.group(1)) - 1}"
