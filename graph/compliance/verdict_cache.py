"""Verdicts kept for artifacts that differ in nothing that a check looks at.

Of most models no file was fetched, and whole broods bear the same tag: what their texts and tags
come to need be worked out once for each licence and relation.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple

from graph.catalogue import licences
from graph.catalogue.model import Artifact, Evidence
from graph.compliance.case import Verdict, revision_at
from graph.compliance.check import Check, Sees

_NOTHING, _TEXTS, _TAGS = Sees.NOTHING, Sees.TEXTS, Sees.TAGS
MOST = 20_000  # verdicts on one way of a licence; then they are forgotten

Verdicts = dict[Hashable, Verdict]


class Alike(NamedTuple):
    """What was said of artifacts that a licence reaches in the same way, held against one more."""

    artifact: Artifact
    verdicts: Verdicts
    tags: tuple[Hashable, ...]

    def known(self, check: Check) -> Verdict | None:
        """Return what a check says, if it said so of one like this before."""
        found = self.verdicts.get(self._looked_at(check))
        return found and _of(self.artifact, found)

    def keep(self, check: Check, verdict: Verdict) -> Verdict:
        """Keep what a check says of all that are like this one, and return it."""
        if (key := self._looked_at(check)) is not None:
            self.verdicts[key] = verdict
        return verdict

    def _looked_at(self, check: Check) -> Hashable | None:
        """Return what a check sees of the artifact; None where that is the artifact's own."""
        sees = check.sees
        if sees is _TEXTS:
            own = self.artifact.files or self.artifact.siblings is not None
            return None if own else check.id
        if sees is _TAGS:
            return (check.id, *self.tags)
        return check.id if sees is _NOTHING else None


class VerdictCache:
    """The verdicts kept, for one choice of policies."""

    def __init__(self) -> None:
        self._alike: dict[Hashable, Verdicts] = {}

    def alike(self, artifact: Artifact, lineage: Hashable) -> Alike:
        """Return what was said of those that a licence reaches in the same way.

        ``lineage`` is all that a check may look at in the way, but for the path's ids.
        """
        verdicts = self._alike.setdefault(lineage, {})
        if len(verdicts) > MOST:
            verdicts.clear()
        return Alike(artifact, verdicts, _tags(artifact))


def _tags(one: Artifact) -> tuple[Hashable, ...]:
    """Return all that a check of tags looks at.

    The day of creation counts beside the tag of some Llama version alone.
    """
    llama = one.created and any(map(licences.load().named_by, one.licences or ()))
    day = one.created.date() if one.created and llama else None
    return (one.licences, one.licence_name, one.licence_link, day, one.unread)


def _of(artifact: Artifact, verdict: Verdict) -> Verdict:
    """Return another's verdict with the evidence seen here."""
    if not verdict.evidence:
        return verdict
    seen = [
        Evidence(artifact.id, e.field, e.value, revision_at(artifact, e.field), e.line)
        for e in verdict.evidence
    ]
    return Verdict(verdict.outcome, verdict.message, tuple(seen), verdict.remedy)
