"""What is said where a licence's text is open: each question, with a strict and a mild reading.

A question stands in the file of the check that asks it; docs/policies.md lists them all. No profile
fails anybody on an inferred lineage or for a fact that was not fetched, and none fails what only
conduct outside the Hub would show.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.catalogue.model import Outcome


@dataclass(frozen=True, slots=True)
class Policy:
    """An open question: what is seen and why the text leaves it open; what each profile says."""

    name: str
    about: str
    default: Outcome = Outcome.REVIEW
    strict: Outcome = Outcome.FAILED
    lenient: Outcome = Outcome.INFO


@dataclass(frozen=True, slots=True)
class Policies:
    """A profile: one of the answers that every question has, chosen for all of them."""

    profile: str

    def of(self, policy: Policy) -> Outcome:
        """Return what is said of an open question."""
        chosen: Outcome = getattr(policy, self.profile)
        return chosen


PROFILES: Mapping[str, Policies] = {
    name: Policies(name) for name in ("default", "strict", "lenient")
}
DEFAULT = PROFILES["default"]
