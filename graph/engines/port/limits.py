"""The limits of the Cypher console that a query cannot be trusted with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """``size`` of an answer as JSON, in bytes; ``memory`` in MiB that a query may take.

    The memory counts in Herdbook's own process that asks: all that an embedded engine takes
    besides the graph, and a server's answer as it arrives.
    """

    size: int = 16_000_000
    memory: int = 1024


DEFAULT = Limits()
