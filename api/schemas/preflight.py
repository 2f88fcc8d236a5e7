"""What is said of a planned model."""

from __future__ import annotations

from typing import Self

from pydantic import Field

from api.schemas.base import Schema
from api.schemas.findings import CheckResult
from api.schemas.lineage import EdgeView
from graph.catalogue.model import Outcome
from graph.preflight import Answer
from graph.preflight.duties import card, duties, suggested_name


class DutyView(Schema):
    """One duty that is not seen to."""

    check: str = Field(examples=["name-prefix"])
    outcome: Outcome
    licence: str | None = Field(examples=["llama3.1"])
    section: str | None
    quote: str | None = Field(description="The words of the clause.")
    todo: str = Field(description="What to do, in one sentence.")
    paste: str = Field(description="Text to paste; empty where there is none.")


class ReferenceView(Schema):
    """A text that names what a model is made from, and why it is not known what that is."""

    reference: str = Field(description="As it was written.", examples=["acme/X"])
    why: str = Field(
        description="Why, and what to do, in one sentence.",
        examples=["The base acme/X is not in the register: crawl or import it."],
    )


class PreflightResult(Schema):
    """What is said of a planned model. It is no legal advice."""

    verdict: str = Field(examples=["2 duties are failed: name-prefix, licence-tag"])
    outcome: Outcome = Field(
        description="The worst of all findings; `unknown` at the best where anything is unresolved "
        "or guessed."
    )
    id: str = Field(description="The id that findings speak of.", examples=["planned/support-8b"])
    name: str
    families: list[str] = Field(examples=[["llama-3.1"]])
    parents: list[EdgeView] = Field(
        description="What it is made from and trained on, as a build would have it."
    )
    failed: list[str] = Field(description="The checks that are failed.", examples=[["name-prefix"]])
    known: list[str] = Field(description="Those that fail as a baseline has them; REST has none.")
    unresolved: list[ReferenceView] = Field(
        description="Bases, data sets and files of which nobody could tell what they are."
    )
    guessed: list[ReferenceView] = Field(
        description="Bases that are only taken for something, by a name, a path or what they show."
    )
    duties: list[DutyView] = Field(description="The worst first.")
    suggested_name: str = Field(examples=["Llama-support-8b"])
    card: str = Field(description="Lines for the card's front matter (YAML).")
    findings: list[CheckResult] = Field(description="Every check.")

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """Return the judgement of a plan as it is shown."""
        plan, findings = answer.plan, answer.findings
        return super().of(
            plan,
            answer,
            families=[m.family for m in answer.memberships],
            duties=duties(plan, findings),
            suggested_name=suggested_name(plan, findings),
            card=card(plan, findings),
            findings=[CheckResult.of(finding) for finding in findings],
        )
