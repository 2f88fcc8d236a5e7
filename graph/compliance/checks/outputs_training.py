"""Llama 2 and 3, and their outputs, improve no other large language model: 1.b.v.

Deleted from Llama 3.1 on. "Improve" and "large language model" are not defined, and the licence's
own model and its derivative works are excluded, so this is for review at the most. Whether another
Llama version is a derivative work in that sense is not said.
"""

from __future__ import annotations

from graph.catalogue import licences
from graph.catalogue.model import SAME_WEIGHTS, Outcome, Relation
from graph.compliance.case import Case, Verdict, not_applicable
from graph.compliance.check import Beyond, Check
from graph.compliance.policies import Policy

OUTPUTS = Policy(
    "training_outputs",
    'Outputs of Llama 2 or 3 reach a model of another family (1.b.v). 1.b.v binds "you"; '
    '"improve" and "large language model" are not defined.',
    strict=Outcome.REVIEW,
)
WEIGHTS = Policy(
    "training_weights",
    "Weights of Llama 2 or 3 are merged with another family's (1.b.v). A merge uses the "
    "Materials; its result may be a derivative work, which is excluded.",
    strict=Outcome.REVIEW,
)
OTHER_VERSION = Policy(
    "training_other_version",
    "Llama 2 or 3 in another Llama version's model. Whether that is a derivative work in the "
    "sense of 1.b.v is not said.",
    strict=Outcome.REVIEW,
)


def _judge(case: Case) -> Verdict:
    """Say whether the licensed model or its outputs reach a model of another family."""
    return _outputs(case) if case.by_outputs else _weights(case)


def _outputs(case: Case) -> Verdict:
    title, others = case.licence.title, _others(case)
    if case.rivals or not case.arriving:
        whose = "of another family" if case.rivals else "that is not known to hold Llama's weights"
        return _say(case, case.chosen(OUTPUTS), f"Outputs under the {title} reach a model {whose}")
    if not others:
        return Verdict(
            Outcome.PASSED,
            "Outputs of the licensed model reach a derivative work of it, which the clause "
            "excludes.",
        )
    told = (
        f"Outputs under the {title} reach a model of {others}; whether that is a derivative work "
        "of the licensed model is not said"
    )
    return _say(case, case.chosen(OTHER_VERSION), told)


def _weights(case: Case) -> Verdict:
    if case.relation in (None, Relation.QUANTIZED, *SAME_WEIGHTS):
        return not_applicable("A copy of the weights improves no model.")
    if case.rivals:
        rival = f"Weights under the {case.licence.title} stand in one model with another family's"
        return _say(case, case.chosen(WEIGHTS), rival)
    if others := _others(case):
        told = (
            f"Weights under the {case.licence.title} stand in one model with those of {others}; "
            "whether that is a derivative work of the licensed model is not said"
        )
        return _say(case, case.chosen(OTHER_VERSION), told)
    return not_applicable("A derivative work of the licensed model, which the clause excludes.")


def _others(case: Case) -> str:
    """Return the other Llama licences whose weights arrive, for people."""
    return ", ".join(sorted(one for one in case.arriving if not _same_clause(case, one)))


def _same_clause(case: Case, licence_id: str) -> bool:
    """Tell whether a licence has the very clause: Code Llama's terms are Llama 2's."""
    licence = licences.load().licences.get(licence_id)
    duty = licence.obligations.get(case.obligation.check) if licence else None
    return duty is not None and duty.quote == case.obligation.quote


def _say(case: Case, outcome: Outcome, told: str) -> Verdict:
    arriving = ", ".join(sorted(case.arriving)) or "no Llama weights known"
    return case.says(outcome, f"{told}.", "lineage", arriving)


CHECK = Check(
    "outputs-training",
    _judge,
    lambda _: (
        "See whether the clause binds you and whether what was made is excluded; later versions, "
        "from Llama 3.1 on, have no such clause."
    ),
    order=70,
    beyond=Beyond(
        "The licensor's own repository: the clause binds licensees.",
        "The clause speaks of models that are improved; this is data.",
        None,
    ),
)
