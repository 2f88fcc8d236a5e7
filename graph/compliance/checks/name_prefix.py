"""The model's name begins with the word that the licence asks for ("Llama 3", later "Llama").

The repository's name after the slash is the model's name; the organisation's does not count. Case
and separators are noted and pass, for a Hub id cannot hold a space.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from graph.catalogue import roster
from graph.catalogue.model import Outcome, Relation
from graph.compliance.case import Case, Verdict, not_applicable
from graph.compliance.check import Beyond, Check, Release
from graph.compliance.policies import Policy
from graph.evidence.relation import without_format

_OFFICIAL_NAME = re.compile(r"(meta[\s_.\-]*)?llama", re.IGNORECASE)
_SEPARATORS = r"[\s_.\-]*"
_ANY_WORD = "Llama"  # where the version is not told: what every later one asks for

ADAPTER = Policy(
    "adapter_name",
    "An adapter without the word: is it an AI model that is to be named? It is made with the "
    "Materials and is arguably an AI model; it may hold nothing of Llama.",
)
QUANTISED = Policy(
    "quantised_name",
    "A quantised copy that dropped the word which its parent's name begins with. A change of "
    "format is a copy (1.a) or a model that was made.",
)
PARENTS_OWN = Policy(
    "parents_own_name",
    "A fine-tune under its parent's own name. It may be a plain copy, which owes no name.",
)
OUTPUTS = Policy(
    "outputs_name",
    "Trained on published outputs by somebody who may never have used Llama. The words reach "
    "outputs, the duty is on the licensee; somebody else's outputs are no Materials. Advice "
    "only, so never failed.",
    strict=Outcome.REVIEW,
)


def begins_with(name: str, required: str) -> bool:
    """Tell whether a name begins with the required words, whatever their case and separators.

    A digit must end where the required one does: "Llama-30B" does not begin with "Llama 3".
    """
    return _pattern(required).match(name) is not None


@cache
def _pattern(required: str) -> re.Pattern[str]:
    words = _SEPARATORS.join(re.escape(word) for word in required.split())
    end = r"(?!\d)" if required[-1].isdigit() else ""
    return re.compile(words + end, re.IGNORECASE)


def _judge(case: Case) -> Verdict:
    """Hold the repository's name against the licence's name clause."""
    name = case.artifact.name
    if begins_with(name, case.required):
        return _passed(case, name, case.required)
    if case.by_outputs:
        return _missing(
            case,
            case.chosen(OUTPUTS),
            "Trained on the model's outputs; whether the clause binds somebody who never used the "
            "model itself is open",
        )
    if case.relation in (None, Relation.MIRROR):
        return not_applicable(
            "A copy of the same weights: no model was made, so none is to be named."
        )
    if case.relation is Relation.QUANTIZED:
        return _quantised(case, name)
    if case.relation is Relation.ADAPTER:
        return _missing(
            case,
            case.chosen(ADAPTER),
            "Whether an adapter is an AI model in the clause's sense is open",
        )
    if name.lower() in {n.lower() for n in case.inherited.parent_names} or _is_metas(case, name):
        return _missing(
            case,
            case.chosen(PARENTS_OWN),
            "The name is the parent's own, so this may be a plain copy",
        )
    return _missing(case, Outcome.FAILED, "Made by using the licensed model")


def _passed(case: Case, name: str, required: str) -> Verdict:
    literal = required.replace(" ", "-")
    rest = name[len(literal) :]
    if not name.startswith((required, literal)):
        note = "; its case or separators differ from the clause's, which is noted only"
    elif rest[:1].isalpha():
        note = "; the word runs on into another, which is noted only"
    else:
        note = ""
    message = f'The name "{name}" begins with "{required}"{note}.'
    return Verdict(Outcome.PASSED, message, case.seen("id", name))


def _quantised(case: Case, name: str) -> Verdict:
    """A change of format makes no finding unless it dropped the name the parent bore."""
    names = case.inherited.parent_names
    if not case.inherited.steps:
        return _quantised_of_unknown(case, name)
    if not any(_OFFICIAL_NAME.match(parent) for parent in names):
        return not_applicable("A quantised copy whose parent's name had dropped the word before.")
    if any(name.lower().startswith(parent.lower()) for parent in names):
        return not_applicable("A quantised copy under its parent's name.")
    return _missing(
        case,
        case.chosen(QUANTISED),
        "A quantised copy that dropped the word its parent's name begins with",
    )


def _quantised_of_unknown(case: Case, name: str) -> Verdict:
    """Of a copy that names no parent, Meta's own name tells what was copied."""
    if _is_metas(case, name):
        return not_applicable("A quantised copy under Meta's own name.")
    told = "A quantised copy, of what is not told"
    return _missing(case, case.chosen(QUANTISED), told)


def _is_metas(case: Case, name: str) -> bool:
    """Tell whether a name is an official repository's, where no parent is known to have it."""
    return not case.inherited.steps and without_format(name) in _official_names()


@cache
def _official_names() -> frozenset[str]:
    """Return the names of Meta's repositories, old ones too, and how others lead in to them."""
    known = roster.load()
    ids = {i for family in known.llama_families() for i in family.official}
    ids |= {old for old, now in known.renamed.items() if now in ids}
    names = {without_format(i.rpartition("/")[2]) for i in ids}
    return frozenset(before + name for name in names for before in ("", "meta-", "meta-llama-"))


def _missing(case: Case, outcome: Outcome, why: str) -> Verdict:
    name = case.artifact.name
    told = f'{why}; the name "{name}" does not begin with "{case.required}".'
    return Verdict(outcome, told, case.seen("id", name))


def _remedy(case: Case) -> str:
    better = _begun(case.artifact.name, case.required)
    return f'Give the repository a name that begins with "{case.required}", such as "{better}".'


def _paste(release: Release) -> tuple[str, str]:
    told = f'Choose a name that begins with "{release.duty.required}", such as {release.name}.'
    return told, release.name


def renamed(name: str, required: Collection[str | None]) -> str:
    """Return a name with the words before it that every licence asks for."""
    words = {one or _ANY_WORD for one in required}
    if all(begins_with(name, one) for one in words):
        return name
    return _begun(name, max(sorted(words), key=len))


def _begun(name: str, words: str) -> str:
    return f"{words.replace(' ', '-')}-{name}"


CHECK = Check(
    "name-prefix",
    _judge,
    _remedy,
    order=10,
    beyond=Beyond(
        "The licensor's own repository: the clause binds licensees.",
        "The clause speaks of AI models; a data set owes no name.",
        None,
    ),
    paste=_paste,
    renamed=renamed,
)
