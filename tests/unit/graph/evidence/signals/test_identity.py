"""What a name alone tells: renames, re-uploads, other case, cache paths; and data sets named."""

from __future__ import annotations

from typing import Any

import pytest

from graph.catalogue.model import Strength
from graph.evidence.record import read
from graph.evidence.reference.folder import CACHED
from graph.evidence.signals import identity, training_data


def known(artifact_id: str) -> list[tuple[str, str, str, float]]:
    return [
        (c.parent, c.relation.value, c.strength.word, c.confidence)
        for c in identity.of_id(artifact_id)
    ]


def datasets(repo: str = "acme/Child", **fields: Any) -> list[tuple[str, str]]:
    record = read({"id": repo, **fields}, lambda line: None)
    return [(c.parent, c.evidence.field) for c in training_data.claims(record)]


@pytest.mark.parametrize(
    ("artifact_id", "parent", "relation"),
    [
        ("meta-llama/Meta-Llama-3.1-8B", "meta-llama/Llama-3.1-8B", "renamed"),
        ("meta-llama/llama-3.1-8b", "meta-llama/Llama-3.1-8B", "renamed"),
        ("META-LLAMA/META-LLAMA-3.1-8B", "meta-llama/Meta-Llama-3.1-8B", "renamed"),
        ("NousResearch/Meta-Llama-3-8B", "meta-llama/Meta-Llama-3-8B", "mirror"),
        ("nousresearch/meta-llama-3-8b", "NousResearch/Meta-Llama-3-8B", "renamed"),
        ("RedHatAI/Llama-3.1-8B-Instruct-FP8", "meta-llama/Llama-3.1-8B-Instruct", "quantized"),
    ],
    ids=["renamed", "other-case", "other-case-of-old", "copy", "other-case-of-copy", "quantised"],
)
def test_what_the_rosters_know_of_a_name_is_declared(
    artifact_id: str, parent: str, relation: str
) -> None:
    assert known(artifact_id) == [(parent, relation, "declared", 1.0)]


@pytest.mark.parametrize(
    "path",
    [
        "/cache/models--meta-llama--Llama-3.1-8B/snapshots/0e9e39f249a16976918f6564b8830bc894c89659",
        "/root/.cache/huggingface/hub/models--meta-llama--Llama-3.1-8B",
        "C:\\cache\\models--meta-llama--Llama-3.1-8B\\snapshots\\0e9e39f",
        "/data/meta-llama--Llama-3.1-8B",
        "/cache/models--meta-llama--llama-3.1-8b",
    ],
)
def test_a_cache_path_of_a_repository_is_inferred_to_be_it(path: str) -> None:
    assert known(path) == [("meta-llama/Llama-3.1-8B", "mirror", "inferred", CACHED)]


@pytest.mark.parametrize(
    "name",
    ["meta-llama/Llama-3.1-8B", "acme/Llama-3.1-8B", "acme/a--b", "None", "/cache/models/llama",
     "C:\\x", "/cache/models--a..b--c", ""],
)  # fmt: skip
def test_nothing_is_known_of_other_names(name: str) -> None:
    assert known(name) == []


def test_a_claim_by_name_belongs_to_the_name() -> None:
    (claim,) = identity.of_id("meta-llama/Meta-Llama-3.1-8B")
    assert (claim.child, claim.evidence.repository) == ("meta-llama/Meta-Llama-3.1-8B",) * 2
    assert (claim.evidence.field, claim.evidence.value) == ("roster", "roster: renamed")


def test_data_sets_are_told_by_tag_and_card() -> None:
    told = datasets(
        tags=["dataset:acme/One", "dataset:datasets/acme/Two"],
        cardData={"datasets": ["acme/One", "acme/Three", 3, "bad\0name"]},
    )
    assert told == [
        ("datasets/acme/One", "tags"),
        ("datasets/acme/Two", "tags"),
        ("datasets/acme/One", "cardData.datasets"),
        ("datasets/acme/Three", "cardData.datasets"),
    ]


def test_a_single_data_set_may_be_a_text() -> None:
    assert datasets(cardData={"datasets": "squad"}) == [("datasets/squad", "cardData.datasets")]


@pytest.mark.parametrize("value", [None, 3, {"size": "x"}, "", "None"])
def test_datasets_that_are_none_claim_nothing(value: object) -> None:
    assert datasets(cardData={"datasets": value}) == []


def test_only_models_are_trained() -> None:
    assert datasets("acme/Data", kind="dataset", tags=["dataset:acme/One"]) == []


def test_training_is_declared() -> None:
    record = read({"id": "acme/Child", "tags": ["dataset:acme/One"]}, lambda line: None)
    (claim,) = training_data.claims(record)
    assert (claim.strength, claim.relation.value) == (Strength.DECLARED, "trained_on")
