"""A Llama generation is one file, and so is its licence: with both added, and nothing else edited,
an import takes in the official model, finds its children, judges them and shows them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.grafted import LICENCE as COMMON
from tests.grafted import Grafted

FAMILY = """
maker = "Meta"
licensors = ["meta-llama"]
source = "made up"
as_of = 2027-01-01

[[family]]
id = "llama-9"
title = "Llama 9"
licence = "llama9"
released = 2027-01-01
llama = true
within = "llama"
official = ["meta-llama/Llama-9-23B"]

[family.name]
version = "9"
short = ["l9"]

[family.weights]
totals = [23_456_789_012]
sizes = [23]
model_types = ["llama9"]
"""
LICENCE = f"""
id = "llama9"
title = "Llama 9 Community License Agreement"
hub_ids = ["llama9"]
names = ["llama-9"]
links = ["meta-llama/llama-9"]
{COMMON}
[[obligation]]
check = "name-prefix"
section = "1.b"
quote = 'Begin the name with "Llama 9".'
quote_source = "licence"
triggers = ["weights", "outputs"]
required = "Llama 9"

[[obligation]]
check = "licence-copy"
section = "1.b"
quote = "Give a copy."
quote_source = "licence"
triggers = ["weights"]
"""
OFFICIAL, DECLARED = "meta-llama/Llama-9-23B", "acme/Support"
BY_NAME, BY_SIZE = "birch/Chatty-Llama-9-23B", "cedar/helper"


def model(one: str, *tags: str, **told: Any) -> dict[str, Any]:
    return {"id": one, "tags": ["region:us", *tags], "createdAt": "2027-02-01T00:00:00Z", **told}


HERD = (
    model(OFFICIAL, "license:llama9", safetensors={"total": 23_456_789_012}),
    model(
        DECLARED,
        f"base_model:{OFFICIAL}",
        f"base_model:finetune:{OFFICIAL}",
        siblings=[{"rfilename": "LICENSE"}],
        files={"LICENSE": "The Llama 9 Community License Agreement. You may use it."},
    ),
    model(BY_NAME),
    model(BY_SIZE, "llama9", safetensors={"total": 23_456_789_012}),
)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Import the herd into a product with the two files added, and show each of it."""
    folder = tmp_path_factory.mktemp("grafted")
    product = Grafted(folder)
    product.add("graph/catalogue/families/llama-9.toml", FAMILY)
    product.add("graph/catalogue/licences/llama9.toml", LICENCE)
    herd = folder / "herd.jsonl"
    herd.write_text("".join(json.dumps(one) + "\n" for one in HERD), "utf-8")
    product.herdbook("import", str(herd))
    ids = [one["id"] for one in HERD]
    return {one: json.loads(product.herdbook("show", one, "--json")) for one in ids}


@pytest.mark.parametrize(
    ("one", "strength"),
    [(OFFICIAL, "declared"), (DECLARED, "declared"), (BY_NAME, "inferred"), (BY_SIZE, "inferred")],
)
def test_each_stands_in_the_family_and_under_its_licence(
    shown: dict[str, dict[str, Any]], one: str, strength: str
) -> None:
    told = shown[one]
    assert [(m["family"], m["strength"]) for m in told["memberships"]] == [("llama-9", strength)]
    assert told["licence"]["concluded"] == ["llama9"]


def test_the_licence_is_judged_and_a_text_of_unknown_words_is_unknown(
    shown: dict[str, dict[str, Any]],
) -> None:
    outcomes = {f["check"]: f["outcome"] for f in shown[DECLARED]["findings"] if f["licence"]}
    assert outcomes == {"name-prefix": "failed", "licence-copy": "unknown"}


@pytest.mark.parametrize("one", [BY_NAME, BY_SIZE])
def test_what_is_inferred_never_fails(shown: dict[str, dict[str, Any]], one: str) -> None:
    outcomes = [f["outcome"] for f in shown[one]["findings"] if f["licence"] == "llama9"]
    assert outcomes
    assert "failed" not in outcomes
