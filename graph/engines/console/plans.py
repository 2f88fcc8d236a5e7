"""What a plan must be for its statement to be run: an engine's own word on what it would do.

An allow-list: an operator that is not known to only read is refused, so that what a new version
of an engine can do besides is refused until somebody has looked at it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from typing import Any

from graph.engines.console.gate import PROCEDURES
from graph.engines.console.words import words
from graph.engines.port.ports import QueryFailed, QueryRefused


def _listed(engine: str) -> frozenset[str]:
    text = files("graph.engines.console").joinpath("operators.toml").read_text("utf-8")
    return frozenset(name for group in tomllib.loads(text)[engine].values() for name in group)


_READS, _EMBEDDED = _listed("neo4j"), _listed("kglite")
_WHY = {
    "LoadCSV": "LOAD CSV reads files and addresses",
    "LoadCsv": "LOAD CSV reads files and addresses",
    "AdministrationCommand": "the server is not administered from here",
    "TerminateTransactions": "nobody's query is ended from here",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One operator of a plan: its name, the database that it works on, what it works on there."""

    operator: str
    database: str
    details: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a server says that it would do: ``kind`` is ``r`` for reading, and others for more."""

    kind: str
    steps: tuple[Step, ...]


def read(kind: str | None, tree: Mapping[str, Any] | None) -> Plan:
    """Return a plan from what EXPLAIN told. Raises QueryRefused where it told nothing."""
    if not kind or not tree:
        raise QueryRefused("the server did not say what it would do")
    return Plan(kind, tuple(_steps(tree)))


def _steps(tree: Mapping[str, Any]) -> Iterator[Step]:
    waiting = [tree]  # no recursion: plans are as deep as statements are long
    while waiting:
        one = waiting.pop()
        name, _, database = str(one.get("operatorType", "")).partition("@")
        yield Step(name, database, str((one.get("args") or {}).get("Details", "")))
        waiting.extend(one.get("children") or ())


def admit(plan: Plan) -> None:
    """Admit a server's plan. Raises QueryRefused with the reason."""
    for step in plan.steps:
        name = step.operator.partition("(")[0]
        if name not in _READS:
            raise QueryRefused(_refusal(name))
        _details(step)
    if plan.kind != "r":
        raise QueryRefused("the console only reads: nothing that writes is let in")
    if len({step.database for step in plan.steps}) > 1 or plan.steps[0].database == "system":
        raise QueryRefused("not let in: there is one graph here, and no other database")


def admit_embedded(operations: list[str]) -> None:
    """Admit a plan of KGLite. Raises QueryRefused with the reason."""
    for operation in operations:
        name = operation.partition(" ")[0]
        if name not in _EMBEDDED:
            raise QueryRefused(_refusal(name))


def _details(step: Step) -> None:
    """Look into what stands in an operator's details: a subquery in an expression is only there."""
    if step.operator == "ProcedureCall":
        name = step.details.partition("(")[0].strip()
        if name not in PROCEDURES:
            raise QueryRefused(f"not let in: the procedure {name} is not offered")
    for one, after in pairwise(_said(step.details)):
        if (one, after) == ("LOAD", "CSV"):
            raise QueryRefused(f"not let in: {_WHY['LoadCSV']}")
        if after == "(" and one in ("RESOLVEDCALL", "UNRESOLVEDCALL"):
            raise QueryRefused("not let in: a procedure is called inside an expression")


def _said(details: str) -> list[str]:
    try:
        return [word.key or word.text for word in words(details) if word.kind in ("name", "sign")]
    except QueryFailed:  # not Cypher as we read it: better to take every word for code
        return details.upper().replace("(", " ( ").split()


def _refusal(name: str) -> str:
    if name.startswith("Show"):
        return "not let in: SHOW tells of the server, not of the graph"
    why = _WHY.get(name, f"the console only reads, and {name or 'this'} is not known to")
    return f"not let in: {why}"
