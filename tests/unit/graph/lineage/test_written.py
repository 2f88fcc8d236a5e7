"""What is written where an id is wanted: the text stands for the id, and has no name of its own."""

from __future__ import annotations

import pytest

from graph.lineage.inherited import InheritedLicences
from graph.lineage.output_provenance import every_inherited
from tests.unit.graph.lineage.test_families import families

DATA, ADDRESS = "datasets/d/D", "datasets/https://huggingface.co/datasets/d/D"


@pytest.mark.parametrize("text", ["https://hf.co/m/Llama-3.1/", "m/Llama-3.1/tree/main", "/x/y"])
def test_a_text_that_is_no_id_is_nobodys_name(text: str) -> None:
    found = families(f"a/A quantized {text}", f"{text} renamed m/Llama-3.1")
    (inherited,) = InheritedLicences(found).at(found.ids.index("a/A"))
    assert set(inherited.parent_names) == {"Llama-3.1", "Old-Llama-3.1"}


def test_outputs_arrive_from_a_data_set_under_its_present_name_too() -> None:
    found = families(
        f"a/A trained_on {ADDRESS}", f"{ADDRESS} renamed {DATA}", f"{DATA} generated_by m/Llama-3.1"
    )
    (inherited,) = every_inherited(InheritedLicences(found), found.ids.index("a/A"))
    assert (inherited.licence, [step.parent for step in inherited.path]) == (
        "llama3.1", [ADDRESS, DATA, "m/Llama-3.1"],
    )  # fmt: skip


def test_data_sets_in_a_circle_of_names_end() -> None:
    found = families(
        f"a/A trained_on {ADDRESS}", f"{ADDRESS} renamed {DATA}", f"{DATA} renamed {ADDRESS}"
    )
    assert every_inherited(InheritedLicences(found), found.ids.index("a/A")) == []
