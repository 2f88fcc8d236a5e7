"""A check: what its file declares of it, and how it is held against a case."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from graph.catalogue.licences import Licence, Obligation
from graph.catalogue.model import Kind, Outcome, Relation, Strength
from graph.compliance.case import Case, Verdict, not_applicable
from graph.compliance.policies import Policy

LICENSOR = "The licensor's own repository: the duty is a licensee's."
_OWED = frozenset({Outcome.FAILED, Outcome.REVIEW, Outcome.INFO})

ADAPTER_DUTIES = Policy(
    "adapter_duties",
    "Copy, notice and display for an adapter, which may hold no Llama Materials; the milder "
    'of this and what would be said of a fine-tune counts. "With any such Llama Materials" '
    "may have no object.",
)


class Sees(Enum):
    """What a check looks at beside the lineage: verdicts on artifacts alike in it are the same."""

    NOTHING = "nothing"
    TEXTS = "texts"
    TAGS = "tags"
    ALL = "all"


class Beyond(NamedTuple):
    """Why a duty does not reach the licensor, data sets and outputs; None where it does."""

    licensor: str | None = LICENSOR
    dataset: str | None = "No Llama licence speaks of data sets."
    outputs: str | None = "No weights of the licensed model arrive."

    def why(self, case: Case) -> str | None:
        """Return why the duty does not reach a case; None where it does."""
        if case.licensor and self.licensor:
            return self.licensor
        if case.kind is Kind.DATASET and self.dataset:
            return self.dataset
        return self.outputs if self.outputs and case.by_outputs else None


OF_HANDING_ON = Beyond()  # a duty of those who hand weights on


class Release(NamedTuple):
    """A model before its release, for a check to say what to paste: for which duty, and what all
    checks together suggest as its name and as the front matter of its card."""

    licence: Licence
    duty: Obligation
    name: str
    card: str


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of duty: all that Herdbook knows of it, declared by its file as ``CHECK``.

    ``judge`` says what a case comes to, ``remedy`` what to do where something is owed. Those with
    no ``order`` come last, by id. With ``weights`` the duty goes with the Llama Materials, of which
    an adapter may hold none; with ``grant`` a finding rests on the licence's grant as well.

    Before a release ``paste`` says what to do and gives the text for it; ``renamed`` returns a
    name as it must be for the words that licences ask for (None: words that are not known);
    ``front_matter`` the lines of the card that name licences.
    """

    id: str
    judge: Callable[[Case], Verdict]
    remedy: Callable[[Case], str]
    order: int = 1000
    beyond: Beyond = OF_HANDING_ON
    sees: Sees = Sees.ALL
    weights: bool = False
    grant: bool = False
    paste: Callable[[Release], tuple[str, str]] | None = None
    renamed: Callable[[str, Collection[str | None]], str] | None = None
    front_matter: Callable[[Sequence[Licence]], dict[str, object]] | None = None

    def verdict(self, case: Case) -> Verdict:
        """Say what a case comes to, and what to do about it."""
        if (why := self.beyond.why(case)) is not None:
            return not_applicable(why)
        found = self.judge(case)
        if found.outcome not in _OWED:
            return found
        if self.weights and case.relation is Relation.ADAPTER:
            found = _of_an_adapter(case, found)
        outcome, message, evidence, _ = found
        if outcome is Outcome.FAILED and case.inherited.strength is Strength.INFERRED:
            outcome = Outcome.REVIEW  # a lineage that is only inferred fails nobody
            message = f"{message} The lineage is inferred, so this is for review."
        return Verdict(outcome, message, evidence, self.remedy(case))


def _of_an_adapter(case: Case, found: Verdict) -> Verdict:
    """Say of an adapter that it may hold no Llama Materials, and what the clause binds.

    Llama 3 binds what uses the Materials, later versions what contains them, Llama 2 derivative
    works; the notice goes with copies.
    """
    if found.outcome is Outcome.INFO:
        return found
    said = " ".join(duty.quote for duty in case.licence.obligations.values())
    if "all copies of the Llama Materials" in case.obligation.quote:
        binds = "copies of"
    elif "uses any of them" in said:
        binds = "what uses"
    else:
        binds = "what contains" if "contains any of them" in said else "works derived from"
    told = f"{found.message} An adapter may hold no Llama Materials; the clause binds {binds} them."
    milder = max(found.outcome, case.chosen(ADAPTER_DUTIES), key=lambda one: one.rank)
    return found._replace(outcome=milder, message=told)
