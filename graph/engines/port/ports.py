"""What a graph engine must do. Each engine's folder in `graph.engines` does it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, runtime_checkable

import networkx as nx

from graph.catalogue.model import Strength

Row = dict[str, Any]
Direction = Literal["up", "down", "both"]


class StoreError(RuntimeError):
    """An engine that cannot be used; the message says what to do."""


class QueryRefused(ValueError):
    """A query that is not let in: it does more than read, or is not one statement."""


class QueryFailed(ValueError):
    """A query that the engine could not answer: its message, with the place where it has one."""


class QueryTimeout(QueryFailed):
    """A query that took longer than its limit."""


class ResultTooLarge(QueryFailed):
    """A query whose answer is larger than its limit."""


@dataclass(frozen=True, slots=True)
class EdgeRows:
    """Edges of one type between two labels: rows of ``from``, ``to`` and the properties."""

    type: str
    source: str
    target: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Batch:
    """A part of a build that a reader must see whole or not at all.

    ``renew`` are artifacts whose outgoing edges and findings are replaced by those given here,
    ``gone`` artifacts that are to disappear. Nodes' properties replace the old ones. ``update``
    are some properties of nodes that are there: None takes one away, the others stay. ``whole``
    are labels of which no other nodes are to be there than those given here.
    """

    nodes: Mapping[str, list[Row]] = field(default_factory=dict)
    edges: tuple[EdgeRows, ...] = ()
    renew: Mapping[str, list[str]] = field(default_factory=dict)
    gone: Mapping[str, list[str]] = field(default_factory=dict)
    update: Mapping[str, list[Row]] = field(default_factory=dict)
    whole: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """A query's answer: named columns, rows as plain values, whether rows were cut off."""

    columns: list[str]
    rows: list[list[Any]]
    truncated: bool = False

    def records(self) -> Iterator[Row]:
        """Yield the rows keyed by column."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)


@dataclass(frozen=True, slots=True)
class GraphState:
    """Which build the readable graph comes from, and which one is being written into it.

    ``build`` is None where none was ever whole. ``under_way`` is a build that has begun and not
    ended: one that runs now, or one that was cut off.
    """

    build: str | None = None
    under_way: str | None = None

    def holds(self, build: str) -> bool:
        """Tell whether the graph is that of a build, whole and of no other."""
        return self.build == build and self.under_way is None


class GraphStore(Protocol):
    """Holds the graph.

    A build appears all at once, when it is done, and a failed one not at all; or else artifact by
    artifact, each with its edges whole, old or new.
    """

    def state(self) -> GraphState:
        """Return what the readable graph comes from."""

    def prepare(self) -> None:
        """Make ready for being written: keys, indexes.

        Raises StoreError where the store holds what is not Herdbook's, or a newer one's.
        """

    def write(self, build: str, batches: Iterable[Batch], *, fresh: bool) -> None:
        """Apply a build; a fresh one leaves nothing of what was there before.

        A failure removes nothing that was there; ``state`` tells that the build did not end.
        """

    def lineage(
        self, artifact_id: str, direction: Direction, depth: int, at_least: Strength, limit: int
    ) -> nx.MultiDiGraph[str]:
        """Return an artifact with what it comes from, what comes from it, or both.

        Edges run from child to parent, keyed by relation, with ``relation``, ``strength`` and
        ``source`` (words) and ``confidence``; nodes have ``kind``, ``crawled`` and ``families``.
        At most ``depth`` steps and about ``limit`` nodes; ``graph["truncated"]`` tells whether
        more was there.
        An id that is not in the graph gives an empty graph.
        """

    def close(self) -> None:
        """Let go of files and connections."""


@runtime_checkable
class OfflineStore(GraphStore, Protocol):
    """A folder that a whole build is written to, as files for an engine's own import."""

    then: str
    """What a person has to do with the files."""


@runtime_checkable
class CypherConsole(Protocol):
    """Answers Cypher, reading only."""

    def cypher(
        self, query: str, parameters: Mapping[str, Any], *, seconds: float, rows: int | None
    ) -> Table:
        """Run one reading statement, within limits of time, rows and the size of the answer.

        Raises QueryRefused, QueryFailed, QueryTimeout or ResultTooLarge.
        """
