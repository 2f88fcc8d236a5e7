"""The licence that the repository's tag or card names is one that arrives with the weights.

No clause names the Hub's tag. The finding says which terms the tag names, beside the grant (1.a)
and the duty to hand the Agreement on.
"""

from __future__ import annotations

from collections.abc import Sequence

from graph.catalogue import licences
from graph.catalogue.licences import Licence
from graph.catalogue.model import Evidence, Outcome
from graph.compliance.case import Case, Verdict, not_applicable, unknown
from graph.compliance.check import LICENSOR, Beyond, Check, Sees
from graph.compliance.policies import Policy
from graph.compliance.repository_texts import CARD

ABSENT = Policy(
    "tag_absent",
    "No licence tag, or `other` without a name. No clause asks for a tag; without one a "
    "reader does not learn the terms.",
    strict=Outcome.REVIEW,
)
NARROWER = Policy(
    "tag_narrower",
    "The tag names the author's own, narrower terms (5.b). Modifications are their author's, "
    "who may ask for more; the tag hides Llama's terms, but gives nothing of Meta's away.",
)
UNKNOWN_TERMS = Policy(
    "tag_unknown_terms",
    "The tag names terms that Herdbook does not know. They cannot be called wider or narrower.",
    strict=Outcome.REVIEW,
)
OLDER = Policy(
    "tag_older",
    "An older version's tag, chosen before the Hub listed the right one. It is stale rather "
    "than wrong.",
)
BESIDE_RIVALS = Policy(
    "tag_beside_rivals",
    "Another maker's terms, whose weights arrive too. They are right for its part of a merge.",
)
_NAMELESS = frozenset({"other", "unknown"})
Said = tuple[Outcome, str]


def _judge(case: Case) -> Verdict:
    """Hold the declared licence against the licences that arrive."""
    declared = case.artifact.licences
    closed = [why for file, why in case.artifact.unread if file == CARD]
    if closed and not declared:
        told = f"{CARD} could not be read, so whether it names a licence is not known: {closed[0]}."
        found = Verdict(Outcome.UNKNOWN, told, case.seen(CARD, closed[0]), f"Mend {CARD}.")
    elif declared is None:
        found = unknown("Neither tags nor card were fetched.", _evidence(case), "record")
    else:
        outcome, told = _told(case, declared)
        found = Verdict(outcome, f"{told}.", _evidence(case))
    if case.licensor and found.outcome is not Outcome.PASSED:
        return not_applicable(LICENSOR)
    return found


def _told(case: Case, declared: tuple[str, ...]) -> Said:
    known = licences.load()
    arriving = [known.licences[i] for i in sorted(case.arriving) if i in known.licences]
    named = [d for d in declared if any(licence.is_named_by(d) for licence in arriving)]
    if named:
        return _passed(case, declared, named)
    if not declared:
        return case.chosen(ABSENT), "No licence is named"
    if _NAMELESS.issuperset(declared):
        return _bare(case)
    return min(
        (_of_one(case, known, one) for one in declared if one not in _NAMELESS),
        key=lambda said: said[0].rank,
    )


def _passed(case: Case, declared: tuple[str, ...], named: list[str]) -> Said:
    others = [d for d in declared if d not in named]
    beside = f"; beside it stands {', '.join(others)}" if others else ""
    own = "" if any(case.licence.is_named_by(d) for d in named) else (
        f"; {case.licence.title} arrives as well and is not named"
    )  # fmt: skip
    listed = ", ".join(named)
    return Outcome.PASSED, f"The tag names {listed}, which arrives with the weights{own}{beside}"


def _bare(case: Case) -> Said:
    name, link = case.artifact.licence_name, case.artifact.licence_link
    if name:
        told = f'The tag says "other" and names "{name}", terms that Herdbook does not know'
        return case.chosen(UNKNOWN_TERMS), told
    seen = f", with the link {link}" if link else ""
    return case.chosen(ABSENT), f'The tag says "other" without a name{seen}'


def _of_one(case: Case, known: licences.Library, declared: str) -> Said:
    if known.named_by(declared):
        return _another_llama(case, known, declared)
    match known.class_of(declared):
        case "open":
            wider = f"The tag names other terms: {declared}, wider than those that arrive"
            return Outcome.FAILED, wider
        case "vendor" if not case.rivals:
            others = f"The tag names other terms: {declared}, which do not arrive"
            return Outcome.FAILED, others
        case "vendor":
            beside = f"The tag names {declared}; weights of another family arrive too"
            return case.chosen(BESIDE_RIVALS), beside
        case "narrower":
            own = (
                f"The tag names {declared}, the author's own narrower terms (5.b), and not Llama's"
            )
            return case.chosen(NARROWER), own
        case _:
            told = f'The tag names "{declared}", terms that Herdbook does not know'
            return case.chosen(UNKNOWN_TERMS), told


def _another_llama(case: Case, known: licences.Library, declared: str) -> Said:
    """Another Llama version: stale rather than wrong where the right one was not listed yet."""
    named = known.named_by(declared)
    link = case.artifact.licence_link or ""
    if not case.artifact.licence_name and known.by_link(link) == declared and known.is_shared(link):
        told = f"The tag's link leads to {link}, a page that has stood for several versions' terms"
        return case.chosen(UNKNOWN_TERMS), told
    created, listed = case.artifact.created, case.licence.hub_listed
    older = all(_released_before(licence, case.licence) for licence in named)
    if older and listed is not None and (created is None or created.date() < listed):
        when = f"was created {created.date()}" if created else "has no known date of creation"
        since = f"the Hub lists {case.licence.hub_ids[0]} since {listed}"
        message = f"The tag names {declared}, an older version; {since}, and the repository {when}"
        return case.chosen(OLDER), message
    return Outcome.FAILED, f"The tag names other terms: {declared}, another Llama version's"


def _released_before(one: Licence, other: Licence) -> bool:
    return one.released is None or (other.released is not None and one.released < other.released)


def _front_matter(owed: Sequence[Licence]) -> dict[str, object]:
    """Return the lines that name licences; a list where the Hub lists them all."""
    listed = [licence.hub_ids[0] for licence in owed if licence.hub_ids]
    if len(listed) == len(owed):
        return {"license": listed[0] if len(listed) == 1 else listed}
    one = next(licence for licence in owed if not licence.hub_ids)
    return {"license": "other", "license_name": _name(one), "license_link": one.url}


def _remedy(case: Case) -> str:
    if case.licence.hub_ids:
        return f"Write `license: {case.licence.hub_ids[0]}` in the card's front matter."
    name = _name(case.licence)
    return f"Write `license: other` with `license_name: {name}` in the card's front matter."


def _name(licence: Licence) -> str:
    return licence.names[0] if licence.names else licence.id


def _evidence(case: Case) -> tuple[Evidence, ...]:
    declared = case.artifact.licences
    value = "not fetched" if declared is None else ", ".join(declared) or "none"
    seen = case.seen("license", value)
    if case.artifact.licence_name:
        seen += case.seen("license_name", case.artifact.licence_name)
    return seen


CHECK = Check(
    "licence-tag",
    _judge,
    _remedy,
    order=20,
    beyond=Beyond(
        None, outputs="No weights of the licensed model arrive, so neither do its terms."
    ),
    sees=Sees.TAGS,
    grant=True,  # 1.a gives no right to give other terms
    paste=lambda release: ("Write these lines in the card's front matter.", release.card),
    front_matter=_front_matter,
)
