"""What a judgement before a release asks of the register, beside the graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from graph.catalogue.model import Artifact, Finding, Membership


class Stored(Protocol):
    """One artifact that the register has."""

    @property
    def artifact(self) -> Artifact:
        """Its facts."""

    @property
    def memberships(self) -> Sequence[Membership]:
        """The families that the last build has it in."""

    @property
    def findings(self) -> Sequence[Finding]:
        """What the last build found, every check included."""


class Register(Protocol):
    """What is stored of artifacts."""

    def artifact(self, artifact_id: str) -> Stored | None:
        """Return what is stored of an id; None for one never heard of."""

    def spelled(self, ids: Iterable[str]) -> Mapping[str, str]:
        """Return the live repositories that ids mean but for case, where that is one alone."""
