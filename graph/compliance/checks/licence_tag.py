"""The licence that the repository's tag or card names is one that arrives with the weights.

No clause names the Hub's tag. The finding says which terms the tag names, beside the grant (1.a)
and the duty to hand the Agreement on.
"""

from __future__ import annotations

from graph.catalogue import licences
from graph.catalogue.licences import Licence
from graph.catalogue.model import Evidence, Kind, Outcome
from graph.compliance.case import Case, Verdict, not_applicable


def check(case: Case) -> Verdict:
    """Hold the declared licence against the licences that arrive."""
    if case.kind is Kind.DATASET:
        return not_applicable("No Llama licence speaks of data sets.")
    if case.by_outputs:
        return not_applicable("No weights of the licensed model arrive, so neither do its terms.")
    verdict = _tag(case)
    if case.licensor and verdict.outcome is not Outcome.PASSED:
        return not_applicable("The licensor's own repository: the duty is a licensee's.")
    return verdict


def _tag(case: Case) -> Verdict:
    declared = case.artifact.licences
    if declared is None:
        return _say(
            case, Outcome.UNKNOWN, "Neither tags nor card were fetched", "Fetch the record."
        )
    known = licences.load()
    arriving = [known.licences[i] for i in sorted(case.arriving) if i in known.licences]
    named = [d for d in declared if any(licence.is_named_by(d) for licence in arriving)]
    if named:
        return _passed(case, declared, named)
    if not declared:
        return _say(case, case.policies.tag_absent, "No licence is named")
    if set(declared) <= {"other", "unknown"}:
        return _bare(case)
    outcomes = [_judge(case, known, d) for d in declared if d not in ("other", "unknown")]
    return min(outcomes, key=lambda verdict: verdict.outcome.rank)


def _passed(case: Case, declared: tuple[str, ...], named: list[str]) -> Verdict:
    others = [d for d in declared if d not in named]
    beside = f"; beside it stands {', '.join(others)}" if others else ""
    own = "" if any(case.licence.is_named_by(d) for d in named) else (
        f"; {case.licence.title} arrives as well and is not named"
    )  # fmt: skip
    return Verdict(
        Outcome.PASSED,
        f"The tag names {', '.join(named)}, which arrives with the weights{own}{beside}.",
        evidence=_evidence(case),
    )


def _bare(case: Case) -> Verdict:
    name, link = case.artifact.licence_name, case.artifact.licence_link
    if name:
        return _say(
            case,
            case.policies.tag_unknown_terms,
            f'The tag says "other" and names "{name}", terms that Herdbook does not know',
        )
    seen = f", with the link {link}" if link else ""
    return _say(case, case.policies.tag_absent, f'The tag says "other" without a name{seen}')


def _judge(case: Case, known: licences.Library, declared: str) -> Verdict:
    if known.named_by(declared):
        return _another_llama(case, known, declared)
    match known.class_of(declared):
        case "open":
            return _say(
                case,
                Outcome.FAILED,
                f"The tag names other terms: {declared}, wider than those that arrive",
            )
        case "vendor" if not case.rivals:
            return _say(
                case, Outcome.FAILED, f"The tag names other terms: {declared}, which do not arrive"
            )
        case "vendor":
            return _say(
                case,
                case.policies.tag_beside_rivals,
                f"The tag names {declared}; weights of another family arrive too",
            )
        case "narrower":
            return _say(
                case,
                case.policies.tag_narrower,
                f"The tag names {declared}, the author's own narrower terms (5.b), and not Llama's",
            )
        case _:
            return _say(
                case,
                case.policies.tag_unknown_terms,
                f'The tag names "{declared}", terms that Herdbook does not know',
            )


def _another_llama(case: Case, known: licences.Library, declared: str) -> Verdict:
    """Another Llama version: stale rather than wrong where the right one was not listed yet."""
    named = known.named_by(declared)
    created, listed = case.artifact.created, case.licence.hub_listed
    older = all(_released_before(licence, case.licence) for licence in named)
    if older and listed is not None and (created is None or created.date() < listed):
        when = f"was created {created.date()}" if created else "has no known date of creation"
        since = f"the Hub lists {case.licence.hub_ids[0]} since {listed}"
        message = f"The tag names {declared}, an older version; {since}, and the repository {when}"
        return _say(case, case.policies.tag_older, message)
    return _say(
        case, Outcome.FAILED, f"The tag names other terms: {declared}, another Llama version's"
    )


def _released_before(one: Licence, other: Licence) -> bool:
    return one.released is None or (other.released is not None and one.released < other.released)


def _say(case: Case, outcome: Outcome, message: str, remedy: str | None = None) -> Verdict:
    return Verdict(outcome, f"{message}.", remedy or _remedy(case.licence), _evidence(case))


def _remedy(licence: Licence) -> str:
    if licence.hub_ids:
        return f"Write `license: {licence.hub_ids[0]}` in the card's front matter."
    name = licence.names[0] if licence.names else licence.id
    return f"Write `license: other` with `license_name: {name}` in the card's front matter."


def _evidence(case: Case) -> tuple[Evidence, ...]:
    declared = case.artifact.licences
    value = "not fetched" if declared is None else ", ".join(declared) or "none"
    seen = case.seen("license", value)
    if case.artifact.licence_name:
        seen += case.seen("license_name", case.artifact.licence_name)
    return seen
