"""The page of a planned model: its form, the first line of the answer, and what it refuses."""

from __future__ import annotations

import shlex
from html import unescape
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.dashboard.page.links import with_query
from api.dashboard.views.check import Form
from tests import pages


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return TestClient(pages.application(tmp_path_factory.mktemp("pages")))


def shown(client: TestClient, status: int = 200, **form: Any) -> str:
    answer = client.get(with_query("/check", form))
    assert answer.status_code == status
    assert answer.headers["cache-control"] == "no-store"
    return unescape(answer.text[answer.text.index("<main") :])


def test_a_form_that_was_not_sent_is_empty_and_says_nothing(client: TestClient) -> None:
    text = shown(client)
    assert "<textarea" in text
    assert "verdict" not in text
    assert 'role="alert"' not in text


def test_the_first_thing_said_is_the_verdict(client: TestClient) -> None:
    text = shown(client, name="support-8b", base=pages.ROOT, license="mit")
    assert "2 duties are failed: name-prefix, licence-tag." in text
    assert text.index('id="verdict"') < text.index("What it comes from") < text.index("Clause")
    assert "license: llama3.1" in text
    assert 'value="support-8b"' in text  # the form keeps what was typed


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"base": "nobody/thing"}, "The base nobody/thing is not in the register"),
        ({"base": "/workspace/step-1"}, "The base /workspace/step-1 is no id on the Hub"),
        (
            {"base": pages.ROOT, "dataset": "acme/talk"},
            "The card of the data set acme/talk was not",
        ),
        (
            {"base": pages.ROOT, "dataset": "no/where"},
            "The data set no/where is not in the register",
        ),
        ({"base": "nobody/llama-3.1-8b"}, "is taken for llama-3.1 by its name alone"),
    ],
)
def test_what_is_not_known_stands_in_the_verdict(
    client: TestClient, form: dict[str, Any], words: str
) -> None:
    text = shown(client, name="Llama-x", license="llama3.1", **form)
    verdict = text[text.index('id="verdict"') : text.index("What it comes from")]
    assert words in verdict
    assert "stands in the way" not in verdict


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"name": "x"}, "No base is given"),
        ({"name": "x", "base": pages.ROOT, "from_scratch": "true"}, "has no base"),
        ({"name": "a/b/c", "base": pages.ROOT}, "no model's name"),
        ({"name": "x", "base": "\n".join(f"a/b{n}" for n in range(61))}, "more than 60"),
    ],
)
def test_what_cannot_be_judged_is_said_above_the_form(
    client: TestClient, form: dict[str, Any], words: str
) -> None:
    text = shown(client, 422, **form)
    assert words.lower() in text[: text.index("<form")].lower()
    assert 'id="verdict"' not in text


def test_hostile_words_stay_words(client: TestClient) -> None:
    answer = client.get(
        with_query("/check", {"name": "x", "base": pages.SCRIPT, "dataset": pages.ATTRIBUTE})
    )
    assert pages.SCRIPT not in answer.text
    assert pages.ATTRIBUTE not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_the_command_asks_the_same() -> None:
    form = Form("x", "a/b\n/my models/c\n", "d/e", "merge", "mit")
    assert shlex.split(form.command()) == [
        *("herdbook", "check", "--name=x", "--base=a/b", "--base=/my models/c"),
        *("--dataset=d/e", "--relation=merge", "--license=mit"),
    ]
    assert form.asked().bases == ("a/b", "/my models/c")
