"""What stops a release, or a run of CI: outcomes from a level on, without what was there before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from graph.catalogue.model import Finding, Outcome

Key = tuple[str, str, str | None]  # artifact, check, licence
Before = Mapping[Key, Outcome]
UNRESOLVED = "unresolved-reference"  # where a check's id stands, for what is no finding


def key(finding: Finding) -> Key:
    """Return what a finding is told apart by, from one time to the next."""
    return finding.artifact, finding.check, finding.licence


def reference_key(artifact: str, reference: str) -> Key:
    """Return what a reference that could not be resolved is told apart by."""
    return artifact, UNRESOLVED, reference


def reaches(outcome: Outcome, level: Outcome) -> bool:
    """Tell whether an outcome is as bad as a level, or worse."""
    return outcome.rank <= level.rank


def stood(known: Key, outcome: Outcome, before: Before) -> bool:
    """Tell whether it was so before, or worse."""
    return known in before and reaches(before[known], outcome)


def stopping(findings: Iterable[Finding], level: Outcome, before: Before) -> Iterator[Finding]:
    """Yield the findings from a level on that were not so before."""
    for finding in findings:
        if reaches(finding.outcome, level) and not stood(key(finding), finding.outcome, before):
            yield finding
