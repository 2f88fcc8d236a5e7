"""Arrivals and verdicts from plain words, for the tests of the checks."""

from __future__ import annotations

from datetime import UTC, datetime

from graph.catalogue import licences as library
from graph.catalogue.model import (
    Artifact,
    Derivation,
    Finding,
    InheritedLicence,
    Relation,
    Strength,
    Trigger,
    worst,
)
from graph.compliance.judge import judge

FAMILIES = {x.id: x.family for x in library.load().licences.values()}


def inherited(
    licence: str,
    *relations: str,
    child: str = "acme/Child",
    parents: tuple[str, ...] = ("meta-llama/Base",),
    strength: Strength = Strength.DECLARED,
    outputs: bool = False,
) -> InheritedLicence:
    """Return a licence's arrival over one step for each relation (none: a root's own).

    The steps go to the parents in turn, so two relations and one parent are two edges to it.
    """
    steps = tuple(
        Derivation(child, parents[n % len(parents)], Relation(relation), strength)
        for n, relation in enumerate(relations)
    )
    return InheritedLicence(
        licence=licence,
        family=FAMILIES.get(licence, licence),
        strength=strength,
        trigger=Trigger.OUTPUTS if outputs else Trigger.WEIGHTS,
        path=steps[:1],
        steps=steps,
        parent_names=tuple(parent.rpartition("/")[2] for parent in parents) if steps else (),
    )


def artifact(
    name: str = "acme/Child",
    licences: tuple[str, ...] | None = (),
    created: str | None = None,
    licence_name: str | None = None,
    licence_link: str | None = None,
) -> Artifact:
    """Return an artifact with what a check looks at."""
    when = datetime.fromisoformat(created).replace(tzinfo=UTC) if created else None
    return Artifact(
        name,
        licences=licences,
        created=when,
        licence_name=licence_name,
        licence_link=licence_link,
        revision="f00",
    )


def found(
    check: str,
    one: Artifact,
    *inherited_licences: InheritedLicence,
    licensor: bool = False,
    rivals: bool = False,
) -> list[Finding]:
    """Return the findings of one check."""
    findings = judge(one, inherited_licences, licensor=licensor, rivals=rivals)
    return [finding for finding in findings if finding.check == check]


def outcome(
    check: str,
    one: Artifact,
    *inherited_licences: InheritedLicence,
    licensor: bool = False,
    rivals: bool = False,
) -> str:
    """Return the worst outcome of one check."""
    findings = found(check, one, *inherited_licences, licensor=licensor, rivals=rivals)
    return worst([finding.outcome for finding in findings]).value
