"""1.b.v of Llama 2 and 3: outputs and weights in models of another family."""

from __future__ import annotations

import pytest

from graph.catalogue.model import InheritedLicence
from tests.inherited_licences import found, inherited, outcome
from tests.tools.holding import holding

CHECK = "outputs-training"


def by_outputs(licence: str, *own: str) -> list[InheritedLicence]:
    return [inherited(licence, outputs=True), *(inherited(one, "finetune") for one in own)]


@pytest.mark.parametrize(
    ("licence", "own", "rivals", "expected"),
    [
        ("llama3", (), True, "review"),
        ("llama2", (), True, "review"),
        ("codellama", (), True, "review"),
        ("llama3", (), False, "review"),
        ("llama3", ("llama3",), False, "passed"),
        ("llama2", ("llama2",), False, "passed"),
        ("llama2", ("codellama",), False, "passed"),
        ("codellama", ("llama2",), False, "passed"),
        ("llama3", ("llama3",), True, "review"),
        ("llama3", ("llama3.1",), False, "review"),
        ("llama2", ("llama3",), False, "review"),
        ("llama3", ("llama3", "llama3.1"), False, "review"),
        ("llama3.1", (), True, "not-applicable"),
        ("llama4", (), True, "not-applicable"),
        ("llama1", (), True, "not-applicable"),
    ],
)
def test_outputs_are_for_review_outside_the_own_family(
    licence: str, own: tuple[str, ...], rivals: bool, expected: str
) -> None:
    findings = found(CHECK, holding(), *by_outputs(licence, *own), rivals=rivals)
    by = [f for f in findings if f.licence == licence and not f.path]
    assert by[0].outcome == expected


@pytest.mark.parametrize(
    ("licences", "relation", "rivals", "expected"),
    [
        (("llama2",), "finetune", False, "not-applicable"),
        (("llama3",), "merge", False, "not-applicable"),
        (("llama2",), "merge", True, "review"),
        (("llama3",), "finetune", True, "review"),
        (("llama3",), "adapter", True, "review"),
        (("llama3",), "quantized", True, "not-applicable"),
        (("llama3",), "mirror", True, "not-applicable"),
        (("llama2", "llama3"), "merge", False, "review"),
        (("llama3", "llama3.1"), "merge", False, "review"),
        (("llama2", "codellama"), "merge", False, "not-applicable"),
        (("llama3.1", "llama3.2"), "merge", True, "not-applicable"),
    ],
)
def test_weights_are_for_review_in_a_model_with_anothers(
    licences: tuple[str, ...], relation: str, rivals: bool, expected: str
) -> None:
    told = [inherited(licence, relation) for licence in licences]
    assert outcome(CHECK, holding(), *told, rivals=rivals) == expected


def test_data_sets_and_the_licensor_are_not_meant() -> None:
    one = holding(name="datasets/acme/outputs")
    assert outcome(CHECK, one, *by_outputs("llama3"), rivals=True) == "not-applicable"
    told = inherited("llama3", "merge")
    assert outcome(CHECK, holding(), told, rivals=True, licensor=True) == "not-applicable"
