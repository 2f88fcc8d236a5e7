from __future__ import annotations

import re

import orjson
import pytest

from api.dashboard.page import links
from api.dashboard.page.text import cell, json_block, number, shorten, visible
from api.dashboard.views.console import fields, values
from graph.catalogue.model import Kind
from graph.engines.port.ports import Table
from graph.engines.queries.export import as_csv
from graph.engines.queries.query import library


@pytest.mark.parametrize(
    ("artifact_id", "path"),
    [
        ("meta-llama/Llama-3.1-8B", "/models/meta-llama/Llama-3.1-8B"),
        ("gpt2", "/models/_/gpt2"),
        ("datasets/squad", "/datasets/_/squad"),
        ("datasets/a/b", "/datasets/a/b"),
        ("a/b?c#d", "/models/a/b%3Fc%23d"),
        ('a/<b>"', "/models/a/%3Cb%3E%22"),
    ],
)
def test_an_artifact_has_a_path_that_leads_back_to_it(artifact_id: str, path: str) -> None:
    assert links.artifact(artifact_id) == path
    assert "%" in path or links.id_from(Kind.of(artifact_id), path.split("/", 2)[2]) == artifact_id


@pytest.mark.parametrize(
    "artifact_id", ["/root/x", "a/../b", "./m", "a//b", "a/b\n", "_/x", "a\\b"]
)
def test_an_id_that_no_path_can_hold_goes_in_the_query(artifact_id: str) -> None:
    assert links.artifact(artifact_id).startswith("/artifact?id=")
    assert links.api(artifact_id) is None


def test_a_query_leaves_out_what_is_not_set() -> None:
    assert links.with_query("/models", {"family": "", "author": None, "search": "a&b"}) == (
        "/models?search=a%26b"
    )


def test_invisible_characters_are_written_out() -> None:
    assert visible("a\u202eb\0") == "a[U+202E]b[U+0000]"
    assert visible("naïve 模型 🦙") == "naïve 模型 🦙"


def test_a_long_text_keeps_its_ends() -> None:
    short = shorten("a" * 50 + "z" * 50, 20)
    assert len(short) == 20
    assert short[0] == "a"
    assert short[-1] == "z"


def test_json_in_a_page_cannot_end_its_block() -> None:
    hostile = {"id": "</script><!--<script>&\u2028"}
    text = str(json_block(hostile))
    assert not re.search("[<>&\u2028]", text)
    assert orjson.loads(text) == hostile


def test_numbers_and_cells() -> None:
    assert number(1234567) == "1\u202f234\u202f567"
    assert number(None) == "–"
    assert cell(value=True) == "true"
    assert cell(["a", None]) == '["a",null]'


def test_csv_holds_no_formula() -> None:
    text = as_csv(Table(["id", "n"], [["=1+1", -1], ["@x", None]]), cell)
    assert text.splitlines() == ["id,n", "'=1+1,-1", "'@x,"]


def test_parameters_come_from_what_was_given_or_the_library() -> None:
    question = library()["ancestors-of"]
    told = {f.name: f.value for f in fields(question.cypher, {"id": '"a/b"'}, library())}
    assert values(told) == {
        "id": "a/b",
        "strengths": ["declared", "stated", "inferred"],
        "sources": ["author", "hub", "annotator", "register"],
    }
    assert values({"x": "no json", "n": "3"}) == {"x": "no json", "n": 3}
