"""A copy of the Agreement goes along with the weights: 1.b.i(A), 1.b.i of Llama 2, 3 of LLaMA 1.

No clause names a file, so any file may hold it, and the card too: its ``extra_gated_prompt`` often
is the whole Agreement. Texts are compared, not titles (`graph.compliance.texts`).
"""

from __future__ import annotations

from dataclasses import replace

from graph.compliance.case import Case, Verdict, beyond
from graph.compliance.holdings import Place, places, unread
from graph.compliance.texts import Likeness, TextMatch, compare
from graph.model import Evidence, Outcome, Relation


def check(case: Case) -> Verdict:
    """Look for the Agreement in everything that was read."""
    if (out := beyond(case)) is not None:
        return out
    verdict = _found(case)
    if case.relation is Relation.ADAPTER and verdict.outcome in (Outcome.FAILED, Outcome.REVIEW):
        return _of_an_adapter(case, verdict)
    return verdict


def _found(case: Case) -> Verdict:
    looked = [(place, compare(place.text, case.licence.id)) for place in places(case.artifact)]
    place, match = min(looked, key=lambda pair: pair[1].likeness, default=(None, None))
    if place is None or match is None or match.likeness is Likeness.NONE:
        return _not_found(case, looked)
    if match.is_copy:
        return _copy(case, place, match)
    return _near(case, place, match)


def _copy(case: Case, place: Place, match: TextMatch) -> Verdict:
    how = {
        Likeness.EXACT: "is the text of the {title}",
        Likeness.AGREEMENT_ONLY: "is the {title} without its use policy, which is a copy",
    }.get(match.likeness, "holds the whole {title}")
    told = how.format(title=case.licence.title)
    return Verdict(
        Outcome.PASSED, f"{place.field} {told}.", evidence=case.seen(place.field, _head(place.text))
    )


def _near(case: Case, place: Place, match: TextMatch) -> Verdict:
    policies, title = case.policies, case.licence.title
    left = unread(case.artifact)
    match match.likeness:
        case Likeness.ALTERED:
            outcome, told = (
                policies.copy_altered,
                f"holds the {title} altered: {_difference(match)}",
            )
        case Likeness.OTHER_VERSION:
            outcome = Outcome.REVIEW if left else policies.copy_other_version
            told = f"holds the text of another licence, {match.other}, and not the {title}"
        case Likeness.PARAPHRASE:
            outcome, told = policies.copy_paraphrased, f"tells of the {title} in other words"
        case _:
            if left and not case.artifact.files.keys() - {"README.md"}:
                return _unknown(case, left, f"; {place.field} links to a licence")
            outcome = policies.copy_linked
            told = "links to a licence and does not hold its text"
    seen = case.seen(place.field, " […] ".join(match.altered) or _head(place.text))
    return Verdict(outcome, f"{place.field} {told}.", _remedy(case), seen)


def _difference(match: TextMatch) -> str:
    """Say which sentences differ, without the Agreement's own words."""
    parts = [f"{match.missing} of {match.of} sentences are not there"] if match.missing else []
    if match.sections:
        parts[-1] += f" (in {', '.join(match.sections[:6])})"
    if match.absent:
        parts.append(f"not word for word: the clauses for {', '.join(match.absent)}")
    if match.extra:
        parts.append(f"{match.extra} stand in it that are not the Agreement's")
    if match.altered:
        parts.append(f'such as "{match.altered[0]}"')
    return "; ".join(parts)


def _not_found(case: Case, looked: list[tuple[Place, TextMatch]]) -> Verdict:
    if left := unread(case.artifact):
        return _unknown(case, left)
    if any(match.cut for _, match in looked):
        told = "No copy of the {} was found; a long text was read in part only."
        return Verdict(
            Outcome.REVIEW,
            told.format(case.licence.title),
            _remedy(case),
            _names(case, looked),
        )
    link = case.artifact.licence_link or ""
    if "://" in link:
        return Verdict(
            case.policies.copy_linked,
            f"The card links to {link} as its licence; no file holds the {case.licence.title}.",
            _remedy(case),
            case.seen("license_link", link),
        )
    return Verdict(
        Outcome.FAILED,
        f"No file, and not the card, holds the {case.licence.title}.",
        _remedy(case),
        _names(case, looked),
    )


def _unknown(case: Case, left: tuple[str, ...], beside: str = "") -> Verdict:
    told = f"No copy was found in what was read; not fetched: {', '.join(left[:5])}{beside}."
    return Verdict(Outcome.UNKNOWN, told, "Fetch the files.", case.seen("files", "not fetched"))


def _of_an_adapter(case: Case, verdict: Verdict) -> Verdict:
    """An adapter may hold no Llama Materials, so that the duty has no object."""
    binds = "uses" if " uses " in case.obligation.quote else "contains"
    told = (
        f"{verdict.message} An adapter may hold no Llama Materials; the clause binds what {binds} "
        "them."
    )
    if not case.obligation.section.endswith("(A)"):
        told = f"{verdict.message} Whether an adapter is a derivative work is open."
    return replace(verdict, outcome=case.policies.adapter_copy, message=told)


def _remedy(case: Case) -> str:
    return f"Add the text of the {case.licence.title} as LICENSE, from {case.licence.url}."


def _names(case: Case, looked: list[tuple[Place, TextMatch]]) -> tuple[Evidence, ...]:
    read = ", ".join(place.field for place, _ in looked[:8])
    return case.seen("files", f"read: {read or 'none'}")


def _head(text: str) -> str:
    return " ".join(text[:400].split())[:100]
