"""What of a plan nobody could resolve, and what is only guessed, each in a sentence for people.

A base is resolved where rosters or claims lead from it to a family, or where the register has it
and its lineage does not end in what nobody knows (`graph.lineage.unknown`). A data set is resolved
where its card was read, or where it is known what generated it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.catalogue.model import DATASET_PREFIX, Claim, Relation, Strength
from graph.evidence.record import valid_id
from graph.evidence.unread import CARD
from graph.preflight.ancestry import Ancestry
from graph.preflight.kinship import Kin
from graph.preflight.plan import Plan
from graph.preflight.register import Register

_ADAPTERS_FILE = "adapter_config"  # the signal that reads it
_READ_IT = "crawl or import it"


@dataclass(frozen=True, slots=True)
class Reference:
    """A text that names what a plan is made from, and why it is not known what that is."""

    reference: str
    why: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """What could not be resolved, and what is only guessed."""

    unresolved: tuple[Reference, ...] = ()
    guessed: tuple[Reference, ...] = ()


def resolution(plan: Plan, above: Ancestry, kin: Kin, register: Register) -> Resolution:
    """Return what of a plan's bases, data sets and files is not known, and what is guessed."""
    look = _Look(plan, above, kin, register)
    return Resolution(tuple(look.unresolved()), tuple(look.guessed()))


@dataclass(frozen=True)
class _Look:
    plan: Plan
    above: Ancestry
    kin: Kin
    register: Register

    def unresolved(self) -> Iterator[Reference]:
        for name, told in self.plan.unread:
            yield Reference(name, f"What {name} names is not known, for it was not read ({told}).")
        for base in dict.fromkeys(claim.parent for claim in self._bases()):
            if self.kin.is_open(base):
                yield Reference(base, self._unknown(base))
        for data in self.plan.datasets:
            if why := self._unread(data):
                yield Reference(data, why)
        for one in self.above.cut:
            yield Reference(one, f"Of what {one} comes from only a part was looked at.")

    def guessed(self) -> Iterator[Reference]:
        for claim in self._bases():
            base, found = claim.parent, self.kin.families_at(claim.parent)
            by_name = not found and not self._climbs(base) and base in self.kin.others
            unsure = found and min(claim.strength, *found.values()) is Strength.INFERRED
            if by_name or (unsure and not self._told_otherwise(found)):
                yield Reference(
                    base, self._guess(claim, ", ".join(found) or "a model of another maker")
                )

    def _bases(self) -> Iterator[Claim]:
        """Yield the claims of bases, each base once.

        An adapter has one base: where its card names one that is of a family, the path in its file
        is the same one's.
        """
        seen: set[str] = set()
        by_card = any(claim.signal != _ADAPTERS_FILE for claim in self.plan.bases)
        by_card = by_card and bool(self.kin.families_at(self.plan.id))
        for claim in self.plan.bases:
            path = claim.signal == _ADAPTERS_FILE and not valid_id(claim.parent)
            if claim.parent not in seen and not (path and by_card):
                seen.add(claim.parent)
                yield claim

    def _climbs(self, one: str) -> bool:
        """Tell whether anything is known above an id."""
        return any(e.child == one and e.relation.carries_weights for e in self.above.edges)

    def _told_otherwise(self, found: Iterable[str]) -> bool:
        """Tell whether firmer lineage leads to all the families that a base may be of."""
        own = self.kin.families_at(self.plan.id).items()
        return set(found) <= {family for family, s in own if s > Strength.INFERRED}

    def _guess(self, claim: Claim, families: str) -> str:
        base, what = claim.parent, self._taken_for(claim.parent, families)
        if claim.strength is Strength.INFERRED:
            hint = claim.evidence.field
            return f"The base {base} ({families}) is only hinted at, by {hint}: give the base."
        if base in self.above.read:
            return (
                f"The base {base} names no parent that is known; by what it shows it is taken for "
                f"{what}: give the base that it comes from instead."
            )
        if valid_id(base) and "/" in base:
            return (
                f"The base {base} is not in the register and is taken for {what} by its name "
                f"alone: {_READ_IT}, or give the base that it comes from instead."
            )
        return f"The base {base} is no id on the Hub and is taken for {what}: give its id instead."

    def _taken_for(self, base: str, families: str) -> str:
        meant = [
            e.parent for e in self.above.edges if e.child == base and base not in self.above.read
        ]
        return f"{', '.join(meant)} ({families})" if meant else families

    def _unknown(self, base: str) -> str:
        """Return why it is not known what a base comes from."""
        instead = "give the base that it comes from instead"
        if not valid_id(base):
            return (
                f"The base {base} is no id on the Hub, and no known model's name is in it: give "
                "the id of the base instead."
            )
        stored = self.register.artifact(base)
        if stored is not None and stored.artifact.removed:
            return f"The base {base} went from the Hub, and nobody knows its own base: {instead}."
        if base in self.above.read:
            return f"The base {base} comes from what nobody here has read: {instead}."
        return f"The base {base} is not in the register: {_READ_IT}, or {instead}."

    def _unread(self, data: str) -> str | None:
        """Return why it is not known what generated a data set; None where it is."""
        if any(e.child == data and e.relation is Relation.GENERATED_BY for e in self.above.edges):
            return None
        open_, name = "so it is open whose outputs it holds", data.removeprefix(DATASET_PREFIX)
        stored = self.register.artifact(data)
        if stored is None or not stored.artifact.crawled:
            return f"The data set {name} is not in the register, {open_}: {_READ_IT}."
        held, listed = stored.artifact.files, stored.artifact.siblings
        if CARD in held or (listed is not None and CARD not in listed):
            return None
        return f"The card of the data set {name} was not read, {open_}: {_READ_IT}."
