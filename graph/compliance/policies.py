"""What is said where a licence's text is open: each choice once, with a strict and a mild reading.

docs/policies.md gives the reasons, a row for each. No profile fails anybody on an inferred lineage
or for a fact that was not fetched, and none fails what only conduct outside the Hub would show.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from graph.catalogue.model import Outcome

FAILED, REVIEW, INFO = Outcome.FAILED, Outcome.REVIEW, Outcome.INFO


@dataclass(frozen=True, slots=True)
class Policies:
    """The outcome given to each open question; `PROFILES` holds three choices made beforehand."""

    adapter_name: Outcome = REVIEW
    """An adapter without the word: is it an AI model that is to be named?"""
    quantised_name: Outcome = REVIEW
    """A quantised copy that dropped the word which its parent's name begins with."""
    parents_own_name: Outcome = REVIEW
    """A fine-tune under its parent's own name: it may be a plain copy."""
    outputs_name: Outcome = REVIEW
    """Trained on published outputs by somebody who may never have used Llama."""
    tag_absent: Outcome = REVIEW
    """No licence tag, or ``other`` without a name."""
    tag_narrower: Outcome = REVIEW
    """The tag names the author's own, narrower terms (5.b)."""
    tag_unknown_terms: Outcome = REVIEW
    """The tag names terms that Herdbook does not know."""
    tag_older: Outcome = REVIEW
    """An older version's tag, chosen before the Hub listed the right one."""
    tag_beside_rivals: Outcome = REVIEW
    """Another maker's terms, whose weights arrive too."""
    copy_altered: Outcome = REVIEW
    """The Agreement's text is there with sentences changed, left out or added."""
    copy_paraphrased: Outcome = REVIEW
    """The Agreement is told in other words."""
    copy_other_version: Outcome = FAILED
    """Another Llama version's Agreement stands there, and this one nowhere."""
    copy_linked: Outcome = REVIEW
    """Only a link leads to the Agreement."""
    adapter_duties: Outcome = REVIEW
    """Copy, notice and display for an adapter, which may hold no Llama Materials; the milder of
    this and what would be said of a fine-tune counts."""
    notice_absent: Outcome = REVIEW
    """No notice: the clause speaks of copies, not of derivative works."""
    notice_other_version: Outcome = REVIEW
    """A Notice file that has other words than the clause gives, such as another version's."""
    display_absent: Outcome = REVIEW
    """The words are not on the card: they may stand elsewhere."""
    display_other_version: Outcome = REVIEW
    """The card shows other words than the clause gives, such as another version's."""
    training_outputs: Outcome = REVIEW
    """Outputs of Llama 2 or 3 reach a model of another family (1.b.v)."""
    training_weights: Outcome = REVIEW
    """Weights of Llama 2 or 3 are merged with another family's (1.b.v)."""
    training_other_version: Outcome = REVIEW
    """Llama 2 or 3 in another Llama version's model: a derivative work in the sense of 1.b.v?"""
    commercial_tag: Outcome = REVIEW
    """A tag that allows commercial use on what came from LLaMA 1."""


DEFAULT = Policies()
STRICT = replace(
    DEFAULT,
    adapter_name=FAILED,
    quantised_name=FAILED,
    parents_own_name=FAILED,
    tag_narrower=FAILED,
    tag_older=FAILED,
    tag_beside_rivals=FAILED,
    copy_altered=FAILED,
    copy_paraphrased=FAILED,
    copy_linked=FAILED,
    adapter_duties=FAILED,
    notice_absent=FAILED,
    notice_other_version=FAILED,
    display_other_version=FAILED,
)
LENIENT = replace(
    Policies(**{field.name: INFO for field in fields(Policies)}),
    copy_altered=REVIEW,
    copy_paraphrased=REVIEW,
    copy_other_version=REVIEW,
)
PROFILES: Mapping[str, Policies] = {"default": DEFAULT, "strict": STRICT, "lenient": LENIENT}
