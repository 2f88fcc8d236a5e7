"""People's annotations to findings: what they rest on, when they count, what is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from graph.catalogue.model import Derivation, Evidence, Finding, Outcome, Relation, Strength
from graph.compliance import triage
from graph.compliance.triage import Annotation, AnnotationKind, AnnotationRefused, AnnotationState

NOW = datetime(2026, 8, 1, tzinfo=UTC)
SEEN = Evidence("acme/support", "cardData.license", "mit", "abc", 3)
PATH = (Derivation("acme/support", "z/Base", Relation.FINETUNE, Strength.DECLARED, 1.0),)
FINDING = Finding(
    "acme/support",
    "licence-tag",
    Outcome.FAILED,
    "llama3.1",
    Strength.DECLARED,
    section="1.b.i",
    message="It says mit.",
    evidence=(SEEN,),
    path=PATH,
)


def annotation(finding: Finding = FINDING, until: datetime | None = None) -> Annotation:
    return Annotation(
        number=1,
        artifact=finding.artifact,
        check=finding.check,
        licence=finding.licence,
        kind=AnnotationKind.WAIVED,
        reason="agreed",
        by="legal",
        at=NOW - timedelta(days=9),
        until=until,
        rests_on=triage.digest(finding),
    )


@pytest.mark.parametrize(
    "later",
    [
        FINDING._replace(message="It says the licence is mit.", remedy="Change it.", quote="…"),
        FINDING._replace(evidence=(SEEN._replace(revision="def", line=9),)),
        FINDING._replace(path=(PATH[0]._replace(confidence=0.9),)),
    ],
)
def test_other_words_and_another_commit_let_a_reply_stand(later: Finding) -> None:
    assert triage.state(annotation(), later, NOW) is AnnotationState.STANDING


@pytest.mark.parametrize(
    "later",
    [
        FINDING._replace(outcome=Outcome.REVIEW),
        FINDING._replace(evidence=(SEEN._replace(value="apache-2.0"),)),
        FINDING._replace(evidence=(SEEN, SEEN._replace(field="tags"))),
        FINDING._replace(path=(PATH[0]._replace(parent="y/Base"),)),
        FINDING._replace(path=(PATH[0]._replace(strength=Strength.STATED),)),
        FINDING._replace(section="1.b.iii"),
    ],
)
def test_a_reply_lapses_when_what_it_rests_on_is_another(later: Finding) -> None:
    assert triage.state(annotation(), later, NOW) is AnnotationState.LAPSED


def test_a_reply_counts_until_its_moment() -> None:
    one = annotation(until=NOW)
    assert triage.state(one, FINDING, NOW - timedelta(seconds=1)) is AnnotationState.STANDING
    assert triage.state(one, FINDING, NOW) is AnnotationState.EXPIRED


def test_a_reply_belongs_to_one_check_and_licence() -> None:
    others = [FINDING._replace(check="name-prefix"), FINDING._replace(licence="llama3")]
    told = [annotation(other) for other in others] + [annotation()]
    assert triage.of(FINDING, told) == (annotation(),)


def test_a_finding_is_chosen_by_its_check_and_where_needed_its_licence() -> None:
    other = FINDING._replace(licence="llama3")
    nothing = Finding("acme/support", "notice-file", Outcome.NOT_APPLICABLE)
    found = [FINDING, other, nothing]
    assert triage.chosen(found, "licence-tag", "llama3") is other
    assert triage.chosen([FINDING, nothing], "licence-tag", None) is FINDING
    for check, licence, said in [
        ("licence-tag", None, "name one: llama3.1, llama3"),
        ("licence-tag", "llama2", "no finding of licence-tag under llama2"),
        ("notice-file", None, "no finding of notice-file"),
    ]:
        with pytest.raises(AnnotationRefused, match=said):
            triage.chosen(found, check, licence)


@pytest.mark.parametrize(
    ("reason", "by", "until", "named"),
    [
        (" ", "x", None, "reason"),
        ("x", "", None, "by"),
        ("x" * 2001, "x", None, "reason"),
        ("x", "y" * 201, None, "by"),
        ("\x1b[2J", "x", None, "reason"),
        ("x", "\ud800", None, "by"),
        ("x", "x", NOW, "until"),
    ],
)
def test_a_reply_that_cannot_be_taken_says_why(
    reason: str, by: str, until: datetime | None, named: str
) -> None:
    with pytest.raises(AnnotationRefused, match=f"^{named}: "):
        triage.checked(reason, by, until, NOW)
