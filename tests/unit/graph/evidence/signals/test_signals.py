"""Signals that name parents: tags, the card, and the two together."""

from __future__ import annotations

from typing import Any

import pytest

from graph.catalogue.model import Claim, Strength
from graph.evidence import signals
from graph.evidence.record import HubRecord, read

Told = tuple[str, str, str]


def record(repo: str = "acme/Child", **fields: Any) -> HubRecord:
    notes: list[str] = []
    told = read({"id": repo, **fields}, notes.append)
    assert notes == []
    return told


def claims(repo: str = "acme/Child", **fields: Any) -> list[Claim]:
    return list(signals.claims(record(repo, **fields)))


def edges(repo: str = "acme/Child", **fields: Any) -> list[Told]:
    return sorted({(c.child, c.relation.value, c.parent) for c in claims(repo, **fields)})


def tags(*parents: str) -> list[str]:
    return [f"base_model:{parent}" for parent in parents]


@pytest.mark.parametrize("relation", ["finetune", "adapter", "merge", "quantized"])
def test_a_typed_tag_is_a_declared_claim_of_that_relation(relation: str) -> None:
    (claim,) = claims(tags=tags("b/Base", f"{relation}:b/Base"), sha="f00")
    assert (claim.child, claim.relation.value, claim.parent) == ("acme/Child", relation, "b/Base")
    assert (claim.strength, claim.confidence) == (Strength.DECLARED, 1.0)
    assert (claim.evidence.field, claim.evidence.value, claim.evidence.revision) == (
        "tags", f"base_model:{relation}:b/Base", "f00",
    )  # fmt: skip


def test_two_relations_to_one_parent_are_two_claims() -> None:
    told = edges(tags=tags("b/Base", "adapter:b/Base", "quantized:b/Base"))
    assert told == [("acme/Child", "adapter", "b/Base"), ("acme/Child", "quantized", "b/Base")]


def test_an_unknown_relation_is_part_of_the_id_that_somebody_wrote() -> None:
    assert edges(tags=tags("distill:b/Base")) == [("acme/Child", "finetune", "distill:b/Base")]


def test_a_tag_without_parent_and_other_tags_claim_nothing() -> None:
    assert edges(tags=["base_model:", "base_model: ", "llama", "license:llama3"]) == []


def test_card_and_tag_that_agree_are_two_evidences_of_one_edge() -> None:
    told = claims(tags=tags("adapter:b/Base"), cardData={"base_model": "b/Base"})
    assert {(c.relation.value, c.parent) for c in told} == {("adapter", "b/Base")}
    assert [c.evidence.field for c in told] == ["tags", "cardData.base_model"]


def test_a_card_alone_is_a_declared_claim() -> None:
    (claim,) = claims(cardData={"base_model": " b/Base "})
    assert (claim.parent, claim.strength) == ("b/Base", Strength.DECLARED)


@pytest.mark.parametrize(
    "key", ["base-model", "Base_Model", "base model", "base_models", "basemodel", "base_model_id",
            "finetuned_from", "fine-tuned from", "finetuned_from_model", "parent_model"]
)  # fmt: skip
def test_a_key_that_a_reader_understands_is_read_where_the_hubs_is_not_there(key: str) -> None:
    assert edges(cardData={key: "b/Base"}) == [("acme/Child", "finetune", "b/Base")]
    assert edges(cardData={key: "b/Other", "base_model": "b/Base"})[0][2] == "b/Base"


@pytest.mark.parametrize("key", ["model", "base", "base_model_relation", "datasets", "model_name"])
def test_other_keys_name_no_parent(key: str) -> None:
    assert [e for e in edges(cardData={key: "b/Base"}) if e[1] != "trained_on"] == []


def test_a_cards_list_names_each_parent_once_and_passes_over_what_is_no_text() -> None:
    told = edges(cardData={"base_model": ["b/One", "b/Two", "b/One", 3, None, "", "x\0y"]})
    assert told == [("acme/Child", "merge", "b/One"), ("acme/Child", "merge", "b/Two")]


@pytest.mark.parametrize(
    "value",
    [
        None,
        3,
        {},
        {"size": "b/Base"},
        [],
        "",
        "  ",
        "a\x00b",
        "x" * 300,
        "None",
        "N/A",
        "-",
        "[More Information Needed]",
        "from scratch",
        [[[["b/Base"]]]],
    ],
)
def test_a_base_model_that_is_no_reference_claims_nothing(value: object) -> None:
    assert edges(cardData={"base_model": value}) == []


def test_where_card_and_tag_differ_the_cards_is_the_older_name() -> None:
    told = claims(tags=tags("finetune:b/New"), cardData={"base_model": "b/Old"})
    assert {(c.child, c.relation.value, c.parent) for c in told} == {
        ("acme/Child", "finetune", "b/New"),
        ("b/Old", "renamed", "b/New"),
    }
    assert [c.evidence.value for c in told] == [
        "base_model:finetune:b/New", "b/Old", "b/Old, where the tag has b/New",
    ]  # fmt: skip


def test_older_names_go_number_for_number_equal_names_first() -> None:
    told = edges(
        tags=tags("merge:new/Beta", "merge:new/Other", "merge:b/Same", "merge:new/alpha"),
        cardData={"base_model": ["old/Alpha", "b/Same", "old/Beta", "old/Gamma"]},
    )
    assert [one for one in told if one[1] == "renamed"] == [
        ("old/Alpha", "renamed", "new/alpha"),
        ("old/Beta", "renamed", "new/Beta"),
        ("old/Gamma", "renamed", "new/Other"),
    ]
    assert {parent for _, relation, parent in told if relation == "merge"} == {
        "new/Beta", "new/Other", "b/Same", "new/alpha",
    }  # fmt: skip


def test_where_the_numbers_differ_nothing_is_an_older_name() -> None:
    told = edges(tags=tags("merge:b/New"), cardData={"base_model": ["b/Old", "b/Older"]})
    assert told == [
        ("acme/Child", "merge", "b/New"),
        ("acme/Child", "merge", "b/Old"),
        ("acme/Child", "merge", "b/Older"),
    ]


@pytest.mark.parametrize(
    "parent",
    ["/cache/models/x", "C:\\models\\x", "Nonesuch", "./out/checkpoint-1", "a/b/c", "Llama 3"],
)
def test_a_garbage_parent_stays_what_its_author_wrote(parent: str) -> None:
    typed = edges(tags=tags(f"finetune:{parent}"))
    assert typed == [("acme/Child", "finetune", parent)]
    assert edges(cardData={"base_model": parent}) == typed


def test_a_repository_that_names_itself_says_so_and_the_store_counts_it() -> None:
    told = edges("acme/Self", tags=tags("finetune:acme/Self"))
    assert told == [("acme/Self", "finetune", "acme/Self")]


def test_a_removed_record_claims_what_its_name_tells_and_nothing_else() -> None:
    fields: dict[str, Any] = {"tags": tags("finetune:b/Base"), "cardData": {"base_model": "b/Base"}}
    assert edges(removed=True, **fields) == []
    assert edges("meta-llama/Meta-Llama-3.1-8B", removed=True, **fields) == [
        ("meta-llama/Meta-Llama-3.1-8B", "renamed", "meta-llama/Llama-3.1-8B")
    ]


def test_a_data_set_may_name_a_model_too() -> None:
    told = edges("acme/Data", kind="dataset", tags=tags("finetune:b/Base"))
    assert told == [("datasets/acme/Data", "finetune", "b/Base")]
