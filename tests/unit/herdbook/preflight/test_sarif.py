"""SARIF: the keys that the standard requires, and what readers of it use."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from graph.catalogue.model import Outcome
from graph.preflight import Answer, Asked, plan
from graph.preflight.gate import key
from graph.preflight.resolution import Reference
from herdbook.preflight import sarif
from tests.inherited_licences import artifact, found, inherited

FAILED = found("name-prefix", artifact("acme/x"), inherited("llama3.1", "finetune"))
REVIEW = found("licence-tag", artifact("acme/x"), inherited("llama3.1", "finetune"))
INFO = found("use-policy", artifact("acme/x"), inherited("llama3.1", "finetune"))
PASSED = found("name-prefix", artifact("acme/Llama-x"), inherited("llama3.1", "finetune"))


def results(*findings: Any, **more: Any) -> list[Any]:
    return list(sarif.document(findings, **more)["runs"][0]["results"])


def test_a_document_has_what_the_standard_requires() -> None:
    told = sarif.document([*FAILED, *REVIEW, *INFO])
    assert told["version"] == "2.1.0"
    assert told["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = told["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "Herdbook"
    assert [rule["id"] for rule in driver["rules"]] == ["name-prefix", "licence-tag", "use-policy"]
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["helpUri"].startswith("https://")
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        assert result["locations"]
        assert all(isinstance(v, str) for v in result["partialFingerprints"].values())


def test_the_clause_stands_in_the_rules_help() -> None:
    (rule,) = sarif.document(FAILED)["runs"][0]["tool"]["driver"]["rules"]
    assert 'include "Llama" at the beginning' in rule["help"]["text"]
    assert "no legal advice" in rule["help"]["text"]


def test_levels_follow_outcomes_and_what_passed_is_left_out() -> None:
    assert [one.outcome for one in (*FAILED, *REVIEW, *INFO)] == [
        Outcome.FAILED,
        Outcome.REVIEW,
        Outcome.INFO,
    ]
    shown = results(*FAILED, *REVIEW, *INFO, *PASSED)
    assert [one["level"] for one in shown] == ["error", "warning", "note"]


def test_a_place_is_the_card_or_else_the_id() -> None:
    (here,) = results(*FAILED, card="model/README.md")[0]["locations"]
    assert here["physicalLocation"]["artifactLocation"]["uri"] == "model/README.md"
    (nowhere,) = results(*FAILED)[0]["locations"]
    assert nowhere["logicalLocations"][0]["fullyQualifiedName"] == "acme/x"


def test_a_baseline_tells_new_from_unchanged() -> None:
    before = {key(FAILED[0]): Outcome.FAILED}
    states = [one["baselineState"] for one in results(*FAILED, *REVIEW, before=before)]
    assert states == ["unchanged", "new"]
    assert "baselineState" not in results(*FAILED)[0]


def test_no_finding_is_a_document_without_results() -> None:
    assert sarif.document(PASSED)["runs"][0]["results"] == []


def test_what_stops_a_run_is_an_error() -> None:
    levels = [one["level"] for one in results(*FAILED, *REVIEW, *INFO, level=Outcome.REVIEW)]
    assert levels == ["error", "error", "note"]


def test_a_reference_that_nobody_could_resolve_is_a_result() -> None:
    told = Answer(
        plan(Asked("x", ("nobody/thing",)), datetime(2026, 11, 25, tzinfo=UTC)),
        (),
        unresolved=(Reference("nobody/thing", "The base nobody/thing is not in the register."),),
    )
    (run,) = sarif.of_plans([told], Outcome.UNKNOWN)["runs"]
    (result,) = run["results"]
    assert result["ruleId"] == run["tool"]["driver"]["rules"][0]["id"] == "unresolved-reference"
    assert "nobody/thing is not in the register" in result["message"]["text"]
    assert result["level"] == "error"
    (milder,) = sarif.of_plans([told], Outcome.FAILED)["runs"][0]["results"]
    assert milder["level"] == "note"
