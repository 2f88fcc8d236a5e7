"""What is said where a licence's text is open: each choice once, with its stricter and milder reading.

docs/policies.md gives the reasons, a row for each. No profile fails a duty on an inferred lineage
or on a fact that was not fetched (`graph.compliance.judge`), and none fails what binds conduct.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from graph.model import Outcome

FAILED, REVIEW, INFO = Outcome.FAILED, Outcome.REVIEW, Outcome.INFO


def _open(default: Outcome, strict: Outcome, lenient: Outcome, asks: str) -> Outcome:
    """Declare a question: what is said by default, read strictly, and read mildly."""
    told = {"strict": strict, "lenient": lenient, "asks": asks}
    return field(default=default, metadata=told)


@dataclass(frozen=True, slots=True)
class Policies:
    """The outcome given to each open question; `PROFILES` holds the three that are made up."""

    adapter_name: Outcome = _open(REVIEW, FAILED, INFO, "Is an adapter an AI model to be named?")
    quantised_name: Outcome = _open(
        REVIEW, FAILED, INFO, "A quantised copy dropped the word that its parent's name bears."
    )
    parents_own_name: Outcome = _open(
        REVIEW, FAILED, INFO, "A fine-tune under its parent's own name: may it be a copy?"
    )
    outputs_name: Outcome = _open(
        REVIEW, REVIEW, INFO, "Does the name clause bind who only used published outputs?"
    )
    tag_absent: Outcome = _open(REVIEW, REVIEW, INFO, "No licence tag, or `other` without a name.")
    tag_narrower: Outcome = _open(
        REVIEW, FAILED, INFO, "The tag names the author's own, narrower terms (5.b)."
    )
    tag_unknown_terms: Outcome = _open(
        REVIEW, REVIEW, INFO, "The tag names terms that Herdbook does not know."
    )
    tag_older: Outcome = _open(
        REVIEW, FAILED, INFO, "An older version's tag from before the right one was listed."
    )
    tag_beside_rivals: Outcome = _open(
        REVIEW, FAILED, INFO, "Another maker's terms, whose weights arrive too."
    )
    copy_altered: Outcome = _open(
        REVIEW, FAILED, INFO, "The Agreement's text is there with sentences changed."
    )
    copy_paraphrased: Outcome = _open(
        REVIEW, FAILED, REVIEW, "The Agreement is told in other words."
    )
    copy_other_version: Outcome = _open(
        FAILED, FAILED, REVIEW, "Another Llama version's Agreement stands in its place."
    )
    copy_linked: Outcome = _open(REVIEW, FAILED, INFO, "Only a link leads to the Agreement.")
    adapter_copy: Outcome = _open(
        REVIEW, FAILED, INFO, "An adapter may hold no Llama Materials: is a copy owed?"
    )
    notice_absent: Outcome = _open(
        REVIEW, FAILED, INFO, "No notice: does the duty reach derivative works?"
    )
    notice_other_version: Outcome = _open(
        REVIEW, FAILED, INFO, "The notice is there in another version's words."
    )
    display_absent: Outcome = _open(
        REVIEW, REVIEW, INFO, "The display is not on the card: it may stand elsewhere."
    )
    display_other_version: Outcome = _open(
        REVIEW, FAILED, INFO, "The card shows another version's words."
    )
    training_outputs: Outcome = _open(
        REVIEW, REVIEW, INFO, "Outputs of Llama 2 or 3 reach a model of another family (1.b.v)."
    )
    training_weights: Outcome = _open(
        REVIEW, REVIEW, INFO, "Weights of Llama 2 or 3 are merged with another family's (1.b.v)."
    )
    training_other_version: Outcome = _open(
        REVIEW, REVIEW, INFO, "Is another Llama version a derivative work in the sense of 1.b.v?"
    )
    commercial_tag: Outcome = _open(
        REVIEW, REVIEW, INFO, "A tag that allows commercial use on what came from LLaMA 1."
    )


def profile(name: str) -> Policies:
    """Return a made-up profile; KeyError for a name that is none."""
    return PROFILES[name]


def questions() -> Mapping[str, str]:
    """Return what each field answers."""
    return {f.name: f.metadata["asks"] for f in fields(Policies)}


DEFAULT = Policies()
PROFILES: Mapping[str, Policies] = {
    "default": DEFAULT,
    "strict": Policies(**{f.name: f.metadata["strict"] for f in fields(Policies)}),
    "lenient": Policies(**{f.name: f.metadata["lenient"] for f in fields(Policies)}),
}
