"""The console's commands and statements, apart from any terminal."""

from pathlib import Path

import pytest

from herdbook.console.commands import Command, CommandError, parse
from herdbook.console.completion import suggestions
from herdbook.console.terminal import statements, typed
from herdbook.console.text import clean, is_blank, is_whole, split


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("MATCH (m) RETURN m.id AS id", ("ask", "MATCH (m) RETURN m.id AS id")),
        (":help", ("help",)),
        (" :queries ", ("queries",)),
        (":saved;", ("saved",)),
        (":params", ("params",)),
        (":schema", ("schema",)),
        (":quit", ("quit",)),
        (":run llama-share", ("run", "llama-share", {})),
        (':run q a=[1, 2]  b = "x y" c=null', ("run", "q", {"a": [1, 2], "b": "x y", "c": None})),
        (":save my-2nd-query", ("save", "my-2nd-query")),
        (":save csv", ("save", "csv")),
        (":save out/My rows.CSV", ("export", Path("out/My rows.CSV"), "csv")),
        (":save /home/x.json;", ("export", Path("/home/x.json"), "json")),
        (':param strengths = ["declared"]', ("param", "strengths", ["declared"])),
        (':param s="a;b"', ("param", "s", "a;b")),
        (":limit 1000000", ("limit", 1_000_000)),
    ],
)
def test_commands_are_read(text: str, command: Command) -> None:
    assert parse(text) == command


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (":nothing", ":help"),
        (":help me", "nothing after"),
        (":run", "NAME"),
        (":run q id=meta-llama/x", "quotes"),
        (":run q id", "name=json"),
        (":param", "JSON"),
        (":param a=1 b=2", "JSON"),
        (":limit 0", "from 1"),
        (":limit 1000001", "from 1"),
        (":limit ten", "from 1"),
        (":limit ²", "from 1"),
        (":save", "a-z"),
        (":save ../../etc/x", "a-z"),
        (":save Über", "a-z"),
        (":save rows.txt", "a-z"),
        (":save " + "x" * 61, "1 to 60"),
    ],
)
def test_other_commands_are_explained(text: str, says: str) -> None:
    with pytest.raises(CommandError, match=says):
        parse(text)


@pytest.mark.parametrize(
    ("text", "whole", "rest"),
    [
        ("RETURN 1 AS x; RETURN 2 AS y", ["RETURN 1 AS x"], " RETURN 2 AS y"),
        ("RETURN ';' AS x, \";\" AS y, `;` AS z;", ["RETURN ';' AS x, \";\" AS y, `;` AS z"], ""),
        ("RETURN 'a\\';' AS x;", ["RETURN 'a\\';' AS x"], ""),
        ("RETURN 1 // no; end\nAS x;", ["RETURN 1 // no; end\nAS x"], ""),
        ("RETURN 1 /* ;\n\n */ AS x;", ["RETURN 1 /* ;\n\n */ AS x"], ""),
        ("RETURN 1 AS x\n \nRETURN", ["RETURN 1 AS x"], "RETURN"),
        ("// a head\n\n;;", [], ""),
        ("RETURN 'open; ", [], "RETURN 'open; "),
    ],
)
def test_statements_end_where_they_are_ended(text: str, whole: list[str], rest: str) -> None:
    assert split(text) == (whole, rest)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("", True),
        (":help", True),
        ("RETURN 1 AS x", False),
        ("RETURN 1 AS x;", True),
        ("RETURN 1 AS x; ", True),
        ("RETURN 1 AS x\n", True),
        ("RETURN ';", False),
    ],
)
def test_enter_ends_what_is_whole(text: str, whole: bool) -> None:
    assert is_whole(text) is whole


def test_what_is_piped_mixes_commands_and_statements() -> None:
    lines = [":limit 3\n", "RETURN 1\n", "AS x;\n", "// a remark\n", ":run q\n", "RETURN 2 AS y"]
    assert list(statements(lines)) == [":limit 3", "RETURN 1\nAS x", ":run q", "RETURN 2 AS y"]


def test_what_is_typed_may_lack_its_end_and_may_be_several() -> None:
    assert typed("RETURN 1 AS x") == ["RETURN 1 AS x"]
    assert typed("RETURN 1 AS x; RETURN 2 AS y\n\nRETURN 3 AS z") == [
        "RETURN 1 AS x",
        " RETURN 2 AS y",
        "RETURN 3 AS z",
    ]


def test_comments_are_nothing() -> None:
    assert is_blank(" // a\n /* b */ ")
    assert not is_blank("// a\nRETURN")


def test_control_characters_are_written_out() -> None:
    assert clean("plain é 中 👩\u200d🚀\n") == "plain é 中 👩\u200d🚀\n"
    assert clean("\x1b[31m\x00\r\t\x7f\x9b") == "\\x1b[31m\\x00\\x0d\\x09\\x7f\\x9b"
    assert clean("\u202egpj.exe\ud800") == "\\u202egpj.exe\\ud800"


@pytest.mark.parametrize(
    ("before", "begun", "some"),
    [
        (":pa", ":pa", {":param", ":params"}),
        (":run llama-s", "llama-s", {"llama-share"}),
        (":run my", "my", {"my-own"}),
        ("MATCH (m:Mo", "Mo", {"Model"}),
        ("MATCH (m:Model|Da", "Da", {"Dataset"}),
        ("MATCH (m)-[d:DER", "DER", {"DERIVED_FROM"}),
        ("MATCH (m)-[:DERIVED_FROM|TR", "TR", {"TRAINED_ON"}),
        ("MATCH (m) RETURN m.dow", "dow", {"downloads", "downloads_all"}),
        ("MATCH (f:Family) RETURN f.t", "t", {"title"}),
        ("MATCH (f:Family {l", "l", {"llama"}),
        ("MATCH ()-[i:IN_FAMILY {confidence: 1, s", "s", {"strength", "source"}),
        ("RETURN coal", "coal", {"coalesce"}),
        ("RETURN 1.", "", set()),
        ("WHERE m.id = $st", "st", {"strengths"}),
        ("MATCH (m) ret", "ret", {"RETURN"}),
        ("MATCH (m) WHERE m.name = 'ret", "", set()),
    ],
)
def test_completion_knows_the_place(before: str, begun: str, some: set[str]) -> None:
    found = suggestions(before, saved=["my-own"], parameters=["strengths"])
    assert (found[0], set(found[1])) == (begun, some)
