"""A signal: what its file declares of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from graph.catalogue.model import Claim
from graph.evidence.record import HubRecord


@dataclass(frozen=True, slots=True)
class Signal:
    """One way in which a record tells where it comes from, declared by its file as ``SIGNAL``.

    ``order`` is its place among the signals; those without one come last, by the names of their
    files. What a signal knows ``of_names`` holds as well for a repository that is gone.
    """

    claims: Callable[[HubRecord], Iterable[Claim]]
    order: int = 1000
    of_names: bool = False
