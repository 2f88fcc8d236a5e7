"""The model's name begins with the word that the licence asks for ("Llama 3", later "Llama").

The repository's name after the slash is the model's name; the organisation's does not count. Case
and separators are noted and pass, for a Hub id cannot hold a space.
"""

from __future__ import annotations

import re
from functools import cache

from graph.catalogue.model import Kind, Outcome, Relation
from graph.compliance.case import Case, Verdict, not_applicable

_OFFICIAL_NAME = re.compile(r"(meta[\s_.\-]*)?llama", re.IGNORECASE)
_SEPARATORS = r"[\s_.\-]*"


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


def check(case: Case) -> Verdict:
    """Hold the repository's name against the licence's name clause."""
    if case.licensor:
        return not_applicable("The licensor's own repository: the clause binds licensees.")
    if case.kind is Kind.DATASET:
        return not_applicable("The clause speaks of AI models; a data set owes no name.")
    name, required = case.artifact.name, case.obligation.required or ""
    if begins_with(name, required):
        return _passed(case, name, required)
    if case.by_outputs:
        return _missing(
            case,
            case.policies.outputs_name,
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
            case.policies.adapter_name,
            "Whether an adapter is an AI model in the clause's sense is open",
        )
    if name.lower() in {n.lower() for n in case.arrival.parent_names}:
        return _missing(
            case,
            case.policies.parents_own_name,
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
    return Verdict(Outcome.PASSED, message, evidence=case.seen("id", name))


def _quantised(case: Case, name: str) -> Verdict:
    """A change of format makes no finding unless it dropped the name the parent bore."""
    names = case.arrival.parent_names
    if not any(_OFFICIAL_NAME.match(parent) for parent in names):
        return not_applicable("A quantised copy whose parent's name had dropped the word before.")
    if any(name.lower().startswith(parent.lower()) for parent in names):
        return not_applicable("A quantised copy under its parent's name.")
    return _missing(
        case,
        case.policies.quantised_name,
        "A quantised copy that dropped the word its parent's name begins with",
    )


def _missing(case: Case, outcome: Outcome, why: str) -> Verdict:
    name, required = case.artifact.name, case.obligation.required or ""
    better = f"{required.replace(' ', '-')}-{name}"
    return Verdict(
        outcome,
        f'{why}; the name "{name}" does not begin with "{required}".',
        f'Give the repository a name that begins with "{required}", such as "{better}".',
        case.seen("id", name),
    )
