"""A signal: what its file declares of it, and the claim that a card's sentence makes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from graph.catalogue.model import Claim, Evidence, Relation, Strength
from graph.evidence.prose import Sentence, unmarked
from graph.evidence.record import HubRecord

MAX_VALUE = 300  # characters of a sentence that are kept as evidence


@dataclass(frozen=True, slots=True)
class Signal:
    """One way in which a record tells where it comes from, declared by its file as ``SIGNAL``.

    ``order`` is its place among the signals; those without one come last, by the names of their
    files. What a signal knows ``of_names`` holds as well for a repository that is gone.
    """

    claims: Callable[[HubRecord], Iterable[Claim]]
    order: int = 1000
    of_names: bool = False


def stated(
    record: HubRecord, parent: str, relation: Relation, signal: str, sentence: Sentence
) -> Claim:
    """Return the claim that a sentence of the card states."""
    value = unmarked(sentence.text)[:MAX_VALUE]
    where = Evidence(record.id, "README.md", value, record.read_when("README.md"), sentence.line)
    return Claim(record.id, parent, relation, Strength.STATED, signal, where)
