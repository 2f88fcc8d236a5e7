"""What a server's plan must be for its statement to be run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from graph.engines.console.gate import PROCEDURES
from graph.engines.console.plans import WHY, reading
from graph.engines.console.plans import admit as admit_operator
from graph.engines.console.words import words
from graph.engines.port.ports import QueryFailed, QueryRefused

_READS = reading("graph.engines.bolt")


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
        admit_operator(step.operator.partition("(")[0], _READS)
        _details(step)
    if plan.kind != "r":
        raise QueryRefused("the console only reads: nothing that writes is let in")
    if len({step.database for step in plan.steps}) > 1 or plan.steps[0].database == "system":
        raise QueryRefused("not let in: there is one graph here, and no other database")


def _details(step: Step) -> None:
    """Look into what stands in an operator's details: a subquery in an expression is only there."""
    if step.operator == "ProcedureCall":
        name = step.details.partition("(")[0].strip()
        if name not in PROCEDURES:
            raise QueryRefused(f"not let in: the procedure {name} is not offered")
    for one, after in pairwise(_said(step.details)):
        if (one, after) == ("LOAD", "CSV"):
            raise QueryRefused(f"not let in: {WHY['LoadCSV']}")
        if after == "(" and one in ("RESOLVEDCALL", "UNRESOLVEDCALL"):
            raise QueryRefused("not let in: a procedure is called inside an expression")


def _said(details: str) -> list[str]:
    try:
        return [word.key or word.text for word in words(details) if word.kind in ("name", "sign")]
    except QueryFailed:  # not Cypher as we read it: better to take every word for code
        return details.upper().replace("(", " ( ").split()
