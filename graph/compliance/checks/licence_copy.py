"""A copy of the Agreement goes along with the weights: 1.b.i(A), 1.b.i of Llama 2, 3 of LLaMA 1.

No clause names a file, so any file may hold it, and the card too: its ``extra_gated_prompt`` often
is the whole Agreement. Texts are compared, not titles (`graph.compliance.texts`).
"""

from __future__ import annotations

from graph.catalogue import licences
from graph.catalogue.model import Evidence, Outcome
from graph.compliance.case import Case, Verdict, beyond, of_an_adapter
from graph.compliance.normalise import head
from graph.compliance.repository_texts import Place, is_licence, places, unread
from graph.compliance.texts import Likeness, TextMatch, compare, is_known


def check(case: Case) -> Verdict:
    """Look for the Agreement in everything that was read."""
    if (out := beyond(case)) is not None:
        return out
    return of_an_adapter(case, _found(case))


def _found(case: Case) -> Verdict:
    if not is_known(case.licence.id):
        told = f"The words of the {case.licence.title} are not known here, so no copy can be told."
        return Verdict(Outcome.UNKNOWN, told, "Compare the texts by hand.", _names(case))
    looked = [(place, compare(place.text, case.licence.id)) for place in places(case.artifact)]
    place, match = min(looked, key=lambda pair: pair[1].likeness, default=(None, None))
    if place is None or match is None or match.likeness is Likeness.NONE:
        return _not_found(case)
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
        Outcome.PASSED, f"{place.field} {told}.", evidence=case.seen(place.field, head(place.text))
    )


def _near(case: Case, place: Place, match: TextMatch) -> Verdict:
    """Say how a text differs; a copy may stand in a file that was not read."""
    outcome, told = _how(case, match)
    if left := unread(case.artifact):
        if not is_licence(place.field):
            return _unknown(case, left, f"; {place.field} {told}")
        outcome = max(outcome, Outcome.REVIEW, key=lambda one: one.rank)
    seen = case.seen(place.field, " […] ".join(match.altered) or head(place.text))
    return Verdict(outcome, f"{place.field} {told}.", _remedy(case), seen)


def _how(case: Case, match: TextMatch) -> tuple[Outcome, str]:
    policies, title = case.policies, case.licence.title
    match match.likeness:
        case Likeness.ALTERED:
            return policies.copy_altered, f"holds the {title} altered: {_difference(match)}"
        case Likeness.OTHER_VERSION:
            other = licences.load().licences[match.other or ""].title
            return policies.copy_other_version, f"holds the {other} and not the {title}"
        case Likeness.PARAPHRASE:
            return policies.copy_paraphrased, f"tells of the {title} in other words"
        case _:
            return policies.copy_linked, "links to a licence and does not hold its text"


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


def _not_found(case: Case) -> Verdict:
    if left := unread(case.artifact):
        return _unknown(case, left)
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
        _names(case),
    )


def _unknown(case: Case, left: tuple[str, ...], beside: str = "") -> Verdict:
    told = f"No copy was found in what was read; not fetched: {', '.join(left[:5])}{beside}."
    return Verdict(Outcome.UNKNOWN, told, "Fetch the files.", case.seen("files", "not fetched"))


def _remedy(case: Case) -> str:
    return f"Add the text of the {case.licence.title} as LICENSE, from {case.licence.url}."


def _names(case: Case) -> tuple[Evidence, ...]:
    read = ", ".join(sorted(case.artifact.files)[:8])
    return case.seen("files", f"read: {read or 'none'}")
