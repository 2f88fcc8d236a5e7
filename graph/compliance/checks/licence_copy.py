"""A copy of the Agreement goes along with the weights: 1.b.i(A), 1.b.i of Llama 2, 3 of LLaMA 1.

No clause names a file, so any file may hold it, and the card too: its ``extra_gated_prompt`` often
is the whole Agreement. Texts are compared, not titles (`graph.compliance.texts`).
"""

from __future__ import annotations

from graph.catalogue import licences
from graph.catalogue.model import Outcome
from graph.compliance.case import Case, Verdict, not_found
from graph.compliance.check import Check, Release, Sees
from graph.compliance.normalise import head
from graph.compliance.policies import Policy
from graph.compliance.repository_texts import Place, is_licence, places, unread
from graph.compliance.texts import Likeness, TextMatch, compare, load

ALTERED = Policy(
    "copy_altered",
    "The Agreement's text is there with sentences changed, left out or added. \"A copy of "
    'this Agreement" is the text; a slip in it is a smaller thing than none.',
    lenient=Outcome.REVIEW,
)
PARAPHRASED = Policy(
    "copy_paraphrased",
    "The Agreement is told in other words. A summary is no copy, but shows that the terms "
    "were handed on.",
    lenient=Outcome.REVIEW,
)
OTHER_VERSION = Policy(
    "copy_other_version",
    'Another Llama version\'s Agreement stands there, and this one nowhere. "This Agreement" '
    "is the version's own: another's text is not it.",
    default=Outcome.FAILED,
    lenient=Outcome.REVIEW,
)
LINKED = Policy(
    "copy_linked",
    "Only a link leads to the Agreement. Whether a link provides a copy is arguable (Llama "
    '2: "to such third party").',
)


def _judge(case: Case) -> Verdict:
    """Look for the Agreement in everything that was read."""
    if case.licence.id not in load():
        told = f"The words of the {case.licence.title} are not known here, so no copy can be told."
        return case.nowhere(Outcome.UNKNOWN, told)._replace(remedy="Compare the texts by hand.")
    looked = [(place, compare(place.text, case.licence.id)) for place in places(case.artifact)]
    place, match = min(looked, key=lambda pair: pair[1].likeness, default=(None, None))
    if place is None or match is None or match.likeness is Likeness.NONE:
        return _not_found(case)
    return (_copy if match.is_copy else _near)(case, place, match)


def _copy(case: Case, place: Place, match: TextMatch) -> Verdict:
    how = {
        Likeness.EXACT: "is the text of the {title}",
        Likeness.AGREEMENT_ONLY: "is the {title} without its use policy, which is a copy",
    }.get(match.likeness, "holds the whole {title}")
    told = f"{place.field} {how.format(title=case.licence.title)}."
    return case.says(Outcome.PASSED, told, place.field, head(place.text))


def _near(case: Case, place: Place, match: TextMatch) -> Verdict:
    """Say how a text differs; a copy may stand in a file that was not read."""
    outcome, told = _how(case, match)
    if left := unread(case.artifact):
        if not is_licence(place.field):
            return _unread(case, left, f"; {place.field} {told}")
        outcome = max(outcome, Outcome.REVIEW, key=lambda one: one.rank)
    shown = " […] ".join(match.altered) or head(place.text)
    return case.says(outcome, f"{place.field} {told}.", place.field, shown)


def _how(case: Case, match: TextMatch) -> tuple[Outcome, str]:
    title = case.licence.title
    match match.likeness:
        case Likeness.ALTERED:
            return case.chosen(ALTERED), f"holds the {title} altered: {_difference(match)}"
        case Likeness.OTHER_VERSION:
            other = licences.load().licences[match.other or ""].title
            return case.chosen(OTHER_VERSION), f"holds the {other} and not the {title}"
        case Likeness.PARAPHRASE:
            return case.chosen(PARAPHRASED), f"tells of the {title} in other words"
        case _:
            return case.chosen(LINKED), "links to a licence and does not hold its text"


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
        return _unread(case, left)
    link = case.artifact.licence_link or ""
    if "://" in link:
        told = f"The card links to {link} as its licence; no file holds the {case.licence.title}."
        return case.says(case.chosen(LINKED), told, "license_link", link)
    return case.nowhere(
        Outcome.FAILED, f"No file, and not the card, holds the {case.licence.title}."
    )


def _unread(case: Case, left: tuple[str, ...], beside: str = "") -> Verdict:
    return not_found("No copy was found in what was read", case, left, beside)


def _remedy(case: Case) -> str:
    return f"Add the text of the {case.licence.title} as LICENSE, from {case.licence.url}."


def _paste(release: Release) -> tuple[str, str]:
    where = f"Add the text of the {release.licence.title} as LICENSE; it is to be had here."
    return where, release.licence.url


CHECK = Check(
    "licence-copy", _judge, _remedy, order=30, sees=Sees.TEXTS, weights=True, paste=_paste
)
