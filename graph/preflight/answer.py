"""The judgement of a planned model: whether anything stands in the way, and what is owed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from graph.catalogue.model import Finding, Membership, Outcome
from graph.compliance.ambiguous import judge_all
from graph.compliance.judge import complete
from graph.compliance.policies import DEFAULT, Policies
from graph.lineage.families import Families
from graph.lineage.inherited import InheritedLicences
from graph.lineage.membership import THRESHOLD
from graph.lineage.output_provenance import every_inherited
from graph.preflight.ancestry import Ancestry
from graph.preflight.kinship import MemberOf, families_of, family_by_name
from graph.preflight.plan import Plan

Key = tuple[str, str, str | None]  # artifact, check, licence


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of a plan: findings (every check included), what is not known, what was known.

    ``before`` are the keys of findings that a baseline holds: these fail no more.
    """

    plan: Plan
    findings: tuple[Finding, ...]
    memberships: tuple[Membership, ...] = ()
    unknown_bases: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    before: frozenset[Key] = frozenset()

    @property
    def failed(self) -> list[str]:
        """The checks that are failed and are not in the baseline, once each."""
        return list(dict.fromkeys(f.check for f in self._failing() if key(f) not in self.before))

    @property
    def known(self) -> list[str]:
        """The checks that are failed as the baseline has them, and in no other way."""
        found = (f.check for f in self._failing() if key(f) in self.before)
        return [check for check in dict.fromkeys(found) if check not in self.failed]

    def _failing(self) -> list[Finding]:
        return [f for f in self.findings if f.outcome is Outcome.FAILED]

    @property
    def verdict(self) -> str:
        """One line that says whether anything stands in the way."""
        if failed := self.failed:
            count = "1 duty is" if len(failed) == 1 else f"{len(failed)} duties are"
            return f"{count} failed: {', '.join(failed)}"
        parts = ["Nothing stands in the way"]
        if self.unknown_bases:
            parts[0] += f", as far as is known (not known: {', '.join(self.unknown_bases)})"
        for outcome, words in ((Outcome.REVIEW, "for review"), (Outcome.UNKNOWN, "not known yet")):
            checks = dict.fromkeys(f.check for f in self.findings if f.outcome is outcome)
            parts += [f"{words}: {', '.join(checks)}"] if checks else []
        parts += [f"failed before: {', '.join(self.known)}"] if self.known else []
        return "; ".join(parts)

    def against(self, before: Collection[Key]) -> Answer:
        """Return the answer with what a baseline holds failing no more."""
        return replace(self, before=frozenset(before))


def key(finding: Finding) -> Key:
    """Return what a finding is told apart by, from one time to the next."""
    return finding.artifact, finding.check, finding.licence


def judge(
    plan: Plan,
    above: Ancestry,
    members: MemberOf,
    threshold: float = THRESHOLD,
    policies: Policies = DEFAULT,
) -> Answer:
    """Judge a plan by what is known above it.

    ``members`` returns the families that the register has an id in; what the name of a base that
    nobody knows speaks of counts from the confidence ``threshold``.
    """
    unknown = tuple(base for base in plan.bases if base in above.unknown)
    read = {base: family_by_name(base, threshold) for base in unknown}
    classifications = {base: told for base, told in read.items() if told is not None}
    families = families_of(plan.id, plan.edges(), above, members, classifications)
    memberships = tuple(families.memberships(families.ids.index(plan.id)))
    return Answer(
        plan,
        tuple(complete(plan.id, _findings(plan, families, policies))),
        memberships,
        unknown,
        (*(_unknown(base, told) for base, told in read.items()), *_notes(plan, above)),
    )


def _findings(plan: Plan, families: Families, policies: Policies) -> list[Finding]:
    node = families.ids.index(plan.id)
    rivals = any(not families.family(m.family).llama for m in families.memberships(node))
    inherited_licences = every_inherited(InheritedLicences(families), node)
    licensor = families.is_licensor(node)
    return judge_all(
        plan.artifact(), inherited_licences, licensor=licensor, rivals=rivals, policies=policies
    )


def _unknown(base: str, classification: tuple[str, float] | None) -> str:
    if classification is None:
        return f"{base} is not known, and its name tells nothing that counts; its licence is open."
    family, sure = classification
    return f"{base} is not known; its name speaks of {family} ({sure:.2f}), so nothing is failed."


def _notes(plan: Plan, above: Ancestry) -> list[str]:
    found = [
        f"{one} is not known, so it is open whose outputs it holds."
        for one in plan.dataset_ids
        if one in above.unknown
    ]
    cut = "The ancestry was cut off where it has too many nodes; more may arrive."
    return [*found, cut] if above.truncated else found
