"""What is written of a batch over a graph that is there: only what differs."""

from typing import Any

from graph.engines.bolt.renewal import Known, Renewal, difference
from graph.engines.port.ports import EdgeRows

SURE = {"relation": "finetune", "strength": "declared", "confidence": 1.0}
UNSURE = {"relation": "finetune", "strength": "inferred", "confidence": 0.8}


def derived(*rows: tuple[str, str, dict[str, Any]]) -> EdgeRows:
    made = [{"from": child, "to": parent, **told} for child, parent, told in rows]
    return EdgeRows("DERIVED_FROM", "Model", "Model", made)


def found(*rows: tuple[str, str]) -> EdgeRows:
    return EdgeRows("HAS_FINDING", "Model", "Finding", [{"from": a, "to": f} for a, f in rows])


def test_what_is_the_same_is_left_alone() -> None:
    held = [Known("DERIVED_FROM", "a", "b", SURE, "e1"), Known("HAS_FINDING", "a", "f", {}, "e2")]
    wanted = [derived(("a", "b", SURE)), found(("a", "f"))]
    assert difference(wanted, held) == Renewal([derived(), found()])


def test_another_strength_is_a_change_and_another_relation_another_edge() -> None:
    held = [
        Known("DERIVED_FROM", "a", "b", SURE, "e1"),
        Known("DERIVED_FROM", "a", "c", SURE, "e2"),
    ]
    merged = {**SURE, "relation": "merge"}
    told = difference([derived(("a", "b", UNSURE), ("a", "c", merged))], held)
    assert told == Renewal([derived(("a", "c", merged))], [("e1", UNSURE)], ["e2"])


def test_a_property_without_a_value_is_none() -> None:
    held = [Known("DERIVED_FROM", "a", "b", SURE, "e1")]
    assert difference([derived(("a", "b", {**SURE, "note": None}))], held) == Renewal([derived()])


def test_two_parents_of_one_relation_and_two_relations_to_one_parent() -> None:
    merged = {**SURE, "relation": "merge"}
    held = [
        Known("DERIVED_FROM", "a", "b", SURE, "e1"),
        Known("DERIVED_FROM", "a", "b", merged, "e2"),
    ]
    told = difference([derived(("a", "b", merged), ("a", "c", merged))], held)
    assert told == Renewal([derived(("a", "c", merged))], [], ["e1"])


def test_a_finding_that_is_no_longer_goes_with_its_node() -> None:
    held = [Known("HAS_FINDING", "a", "f", {}, "e1"), Known("HAS_FINDING", "a", "g", {}, "e2")]
    assert difference([found(("a", "g"))], held) == Renewal([found()], [], [], ["f"])


def test_an_edge_that_is_there_twice_is_dropped_once() -> None:
    held = [Known("HAS_FINDING", "a", "f", {}, "e1"), Known("HAS_FINDING", "a", "f", {}, "e2")]
    assert difference([found(("a", "f"))], held) == Renewal([found()], [], ["e1"])
