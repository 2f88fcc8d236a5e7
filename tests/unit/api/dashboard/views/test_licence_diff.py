"""The page that compares two licences, and the ways to it."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from graph.catalogue.licences import load
from tests import pages

DIFF = "/licences/llama3/diff/llama3.1"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return TestClient(pages.application(tmp_path_factory.mktemp("pages")))


def test_the_words_that_changed_are_marked(client: TestClient) -> None:
    text = client.get(DIFF).text
    assert "<li>four changes in 1.b.i</li><li>1.b.v deleted</li>" in text
    assert "<ins>or any outputs or results of the Llama Materials</ins>" in text
    assert "<del>&#34;Llama 3&#34;</del> <ins>&#34;Llama&#34;</ins>" in text
    assert "<del>You will not use the Llama Materials or any output" in text
    assert 'The same words as under <a href="#licence-copy">' in text


def test_the_essentials_need_no_script(client: TestClient) -> None:
    text = client.get(DIFF).text
    assert "hidden" not in text[text.index("<main") :]
    assert text.index("What differs") < text.index("The grant") < text.index("Notes")


@pytest.mark.parametrize("licence", load().licences)
def test_a_licence_held_against_itself_is_the_same(client: TestClient, licence: str) -> None:
    text = client.get(f"/licences/{licence}/diff/{licence}").text
    assert "The clauses that are judged are the same." in text
    assert "What differs" not in text


def test_a_paragraph_that_still_stands_is_not_called_deleted(client: TestClient) -> None:
    text = client.get("/licences/llama3.2/diff/llama3.3").text
    assert "no longer listed" in text
    assert ">deleted<" not in text
    assert "the release holds none" in text  # the licence's own note says why


def test_a_licence_leads_to_its_neighbours(client: TestClient) -> None:
    middle = client.get("/licences/llama3.1").text
    assert 'href="/licences/llama3/diff/llama3.1"' in middle
    assert 'href="/licences/llama3.1/diff/llama3.2"' in middle
    first = client.get("/licences/llama1").text
    assert "What changed next" in first
    assert "since" not in first[first.index("<dl") : first.index("</dl>")].split("What changed")[0]


@pytest.mark.parametrize("pair", ["none/diff/llama3", "llama3/diff/%3Cscript%3E"])
def test_an_unknown_licence_is_a_page_that_names_the_known(client: TestClient, pair: str) -> None:
    answer = client.get(f"/licences/{pair}")
    assert answer.status_code == 404
    assert "llama3.2" in answer.text
    assert "<script>" not in answer.text
