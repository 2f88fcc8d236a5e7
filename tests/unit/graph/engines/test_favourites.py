"""The query library as Neo4j Browser keeps it: every query whole, its values written in."""

from __future__ import annotations

import io
import zipfile
from urllib.parse import parse_qs, urlsplit

import pytest

from graph.engines.queries import favourites
from graph.engines.queries.cypher import filled, literal, named
from graph.engines.queries.query import library

QUESTIONS = list(library().values())


def test_the_file_can_be_read_back_query_by_query() -> None:
    head, *blocks = favourites.as_text(QUESTIONS).strip().split("\n\n")
    assert head == favourites.HEAD
    assert len(blocks) == len(QUESTIONS)
    for block, question in zip(blocks, QUESTIONS, strict=True):
        lines = block.splitlines()
        assert lines[0] == f"// {question.title}"
        body = "\n".join(line for line in lines if not line.startswith("//"))
        assert body == filled(question.cypher, question.defaults()) + ";"
        assert named(body) == []


def test_the_archive_holds_a_file_each_and_is_the_same_each_time() -> None:
    made = favourites.as_archive(QUESTIONS)
    assert made == favourites.as_archive(QUESTIONS)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.namelist() == [f"{q.topic}/{q.name}.cypher" for q in QUESTIONS]
        for question in QUESTIONS:
            text = archive.read(f"{question.topic}/{question.name}.cypher").decode()
            assert text == favourites.favourite(question) + "\n"


def test_given_values_take_the_defaults_place() -> None:
    text = favourites.favourite(library()["ancestors-of"], {"id": 'a/"b\n'})
    assert '{id: "a/\\"b\\n"}' in text
    assert text.count("\n") == favourites.favourite(library()["ancestors-of"]).count("\n")


def test_an_address_holds_the_query_whatever_is_in_it() -> None:
    text = "// 100 % & more\nRETURN '#' AS x;"
    for browser in ("http://h:7474/browser/", "http://h:7474/browser"):
        parts = urlsplit(favourites.address(browser, text))
        assert parts.path == "/browser/"
        assert parse_qs(parts.query) == {"cmd": ["edit"], "arg": [text]}


def test_parameters_are_found_where_they_are_parameters() -> None:
    query = 'RETURN $a, \'$b\', "\\"$c", `$d`, $a /* $e */, $f // $g\n+ $h'
    assert named(query) == ["a", "f", "h"]
    assert filled("RETURN '$a', $a, $b", {"a": 1}) == "RETURN '$a', 1, $b"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, "null"),
        (True, "true"),
        (1.5, "1.5"),
        ("' \\ \" \n", '"\' \\\\ \\" \\n"'),
        (["a", [1]], '["a", [1]]'),
        ({"a b": {"c": None}, "`": 1}, "{`a b`: {c: null}, ````: 1}"),
    ],
)
def test_values_are_written_as_cypher_does(value: object, told: str) -> None:
    assert literal(value) == told
