"""The fields: those that the client documents, dropped where the Hub refuses them."""

from __future__ import annotations

import re

import pytest
from huggingface_hub import HfApi

from crawler.hub import Fields, HubError
from crawler.hub.fields import ESSENTIAL, WANTED, lacking
from graph.catalogue.model import Kind

LISTS = {Kind.MODEL: HfApi.list_models, Kind.DATASET: HfApi.list_datasets}
ONES = {Kind.MODEL: HfApi.model_info, Kind.DATASET: HfApi.dataset_info}
DROPPABLE = {"baseModels"}  # allowed on lists by what others read back (docs/hub.md)


def documented(function: object) -> set[str]:
    text = re.search(r"expand \(.*?Possible values are (.*?)\n", function.__doc__ or "", re.DOTALL)
    assert text is not None
    return set(re.findall(r'"([\w\-]+)"', text[1]))


def refusal(*valid: str) -> str:
    return "✖ Invalid option: expected one of " + "|".join(f'"{name}"' for name in valid)


@pytest.mark.parametrize("kind", Kind)
def test_what_is_asked_of_lists_is_what_the_client_documents_for_lists(kind: Kind) -> None:
    assert set(WANTED[kind, "list"]) - DROPPABLE <= documented(LISTS[kind])
    assert not {"childrenModelCount", "usedStorage"} & set(WANTED[kind, "list"])


@pytest.mark.parametrize("kind", Kind)
def test_what_is_asked_of_one_is_what_the_client_documents_for_one(kind: Kind) -> None:
    assert set(WANTED[kind, "one"]) <= documented(ONES[kind])


def test_a_refused_name_is_dropped_for_that_kind_and_form_alone() -> None:
    fields = Fields()
    valid = set(WANTED[Kind.MODEL, "list"]) - {"config", "baseModels"}
    assert fields.drop(Kind.MODEL, "list", refusal(*valid)) == ["baseModels", "config"]
    assert set(fields.asked(Kind.MODEL, "list")) == valid
    assert fields.asked(Kind.MODEL, "one") == WANTED[Kind.MODEL, "one"]
    assert fields.asked(Kind.DATASET, "list") == WANTED[Kind.DATASET, "list"]


@pytest.mark.parametrize("words", ["", "no", refusal("something", "else"), "✖ Invalid limit"])
def test_a_refusal_that_names_no_valid_field_drops_nothing(words: str) -> None:
    fields = Fields()
    assert fields.drop(Kind.MODEL, "list", words) == []
    assert fields.asked(Kind.MODEL, "list") == WANTED[Kind.MODEL, "list"]


@pytest.mark.parametrize("names", [{"tags"}, {"private"}, {"sha", "lastModified"}])
def test_what_cannot_be_done_without_is_an_error_that_names_it(names: set[str]) -> None:
    valid = set(WANTED[Kind.MODEL, "list"]) - names
    with pytest.raises(HubError, match=f"gives {', '.join(sorted(names))} of models no more"):
        Fields().drop(Kind.MODEL, "list", refusal(*valid))


def test_one_way_to_tell_a_revision_is_enough() -> None:
    valid = set(WANTED[Kind.MODEL, "list"]) - {"sha"}
    assert Fields().drop(Kind.MODEL, "list", refusal(*valid)) == ["sha"]
    assert set(WANTED[Kind.MODEL, "list"]) >= ESSENTIAL


def test_a_field_that_no_row_holds_is_lacking() -> None:
    rows = [{"id": "a/b", "tags": []}, None, {"id": "c/d", "sha": "x"}]
    assert lacking(("tags", "sha", "likes"), rows) == ["likes"]
