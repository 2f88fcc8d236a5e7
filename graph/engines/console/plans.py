"""Which operators of a plan are admitted: the plan is an engine's own word on what it would do.

An allow-list: an operator that is not known to only read is refused, so that what a new version
of an engine can do besides is refused until somebody has looked at it.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files

from graph.engines.port.ports import QueryRefused

WHY = {
    "LoadCSV": "LOAD CSV reads files and addresses",
    "LoadCsv": "LOAD CSV reads files and addresses",
    "AdministrationCommand": "the server is not administered from here",
    "TerminateTransactions": "nobody's query is ended from here",
}


def reading(folder: str) -> frozenset[str]:
    """Return the operators that an engine's folder, named as a package, lists as reading."""
    text = files(folder).joinpath("operators.toml").read_text("utf-8")
    return frozenset(name for group in tomllib.loads(text).values() for name in group)


def admit(operator: str, reads: frozenset[str]) -> None:
    """Admit an operator that only reads. Raises QueryRefused with the reason."""
    if operator in reads:
        return
    if operator.startswith("Show"):
        raise QueryRefused("not let in: SHOW tells of the server, not of the graph")
    other = f"the console only reads, and {operator or 'this'} is not known to"
    raise QueryRefused(f"not let in: {WHY.get(operator, other)}")
