"""The licence that tags and card declare, and how ``other`` reads."""

from __future__ import annotations

from typing import Any

import pytest

from graph.evidence.licence import MAX_LICENCES, Declared, declared
from graph.evidence.record import read


def told(*tags: str, **card: Any) -> Declared:
    fields = {"tags": [f"license:{tag}" for tag in tags], "cardData": card}
    return declared(read({"id": "acme/Child", **fields}, lambda line: None))


def test_without_tags_and_card_it_is_not_known() -> None:
    assert declared(read({"id": "a/b"}, lambda line: None)) == Declared(None)


def test_with_tags_or_card_that_name_none_there_is_none() -> None:
    assert told() == Declared(())
    assert declared(read({"id": "a/b", "tags": []}, lambda line: None)) == Declared(())


@pytest.mark.parametrize(
    ("tags", "card", "ids"),
    [
        (["llama3"], {}, ["llama3"]),
        ([], {"license": "llama3"}, ["llama3"]),
        (["llama3"], {"license": "llama3"}, ["llama3"]),
        (["apache-2.0"], {"license": "Apache 2.0"}, ["apache-2.0"]),
        (["mit"], {"license": "llama3"}, ["mit", "llama3"]),
        (["apache-2.0", "mit"], {}, ["apache-2.0", "mit"]),
        ([], {"license": ["mit", "llama3.1"]}, ["mit", "llama3.1"]),
        ([], {"license": "My  Own\nTerms"}, ["my own terms"]),
        (["other"], {"license": "other"}, ["other"]),
        (["unknown"], {}, ["unknown"]),
    ],
    ids=[
        "tag",
        "card",
        "agree",
        "spelling",
        "disagree",
        "tags",
        "list",
        "prose",
        "other",
        "unknown",
    ],
)
def test_what_is_declared_is_kept_each_once_tags_first(
    tags: list[str], card: dict[str, Any], ids: list[str]
) -> None:
    assert told(*tags, **card).ids == tuple(ids)


@pytest.mark.parametrize(
    ("card", "licence"),
    [
        ({"license_name": "llama3"}, "llama3"),
        ({"license_name": "Llama 3.1 Community License"}, "llama3.1"),
        ({"license_name": "llama-license"}, "llama1"),
        ({"license_name": "code-llama"}, "codellama"),
        ({"license_name": "apache-2.0"}, "apache-2.0"),
        ({"license_link": "https://hf.co/meta-llama/Llama-2-7b/blob/main/LICENSE"}, "llama2"),
        ({"license_name": "my-own", "license_link": "https://hf.co/meta-llama/Meta-Llama-3-8B"},
         "llama3"),
        ({"license_name": "my-own", "license_link": "LICENSE"}, "other"),
        ({"license_name": 3, "license_link": ["x"]}, "other"),
    ],
)  # fmt: skip
def test_other_is_resolved_by_its_name_then_its_link(card: dict[str, Any], licence: str) -> None:
    assert told("other", license="other", **card).ids == (licence,)


def test_name_and_link_are_kept_as_they_were_written() -> None:
    found = told("other", license_name=" My  Terms ", license_link="LICENSE")
    assert (found.name, found.link) == ("My Terms", "LICENSE")


def test_a_licences_name_in_the_card_stands_for_the_hubs_other() -> None:
    assert told("other", license="Llama 3 Community License").ids == ("llama3",)
    assert told("other", license="some words").ids == ("some words",)


def test_a_name_counts_for_other_alone() -> None:
    assert told("mit", license_name="llama3").ids == ("mit",)


def test_a_flood_of_licences_is_cut() -> None:
    found = told(*(f"own-{n}" for n in range(MAX_LICENCES * 2))).ids
    assert found is not None
    assert len(found) == MAX_LICENCES
