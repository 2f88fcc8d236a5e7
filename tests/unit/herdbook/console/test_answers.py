"""Answers and errors as they reach a terminal, and what a session does with them."""

import io
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from graph.engines.port.ports import QueryFailed, QueryTimeout, Table
from herdbook.console.error import render_error
from herdbook.console.once import print_answer, run_once
from herdbook.console.saved import Saved
from herdbook.console.session import Session
from herdbook.console.table import fits, render, summary
from herdbook.console.terminal import converse, run_piped


class Fake:
    """A console that answers a table, or raises what it is told to."""

    def __init__(self, answer: Table | Exception) -> None:
        self.answer = answer
        self.asked: list[tuple[str, dict[str, Any], float, int | None]] = []

    def cypher(
        self, query: str, parameters: Mapping[str, Any], *, seconds: float, rows: int | None
    ) -> Table:
        self.asked.append((query, dict(parameters), seconds, rows))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


ONE = Table(["n"], [[1]])


def screen() -> tuple[Console, io.StringIO]:
    file = io.StringIO()
    return Console(file=file, width=100, force_terminal=True, markup=False, highlight=False), file


def session(fake: Fake, folder: Path) -> tuple[Session, io.StringIO]:
    out, file = screen()
    return Session(fake, Saved(folder / "queries"), out, out, seconds=5, rows=100), file


def shown(table: Table) -> str:
    out, file = screen()
    out.print(render(table))
    return file.getvalue()


def test_cells_are_plain_text() -> None:
    text = shown(Table(["[red]c"], [["[bold]x[/bold]\x1b]0;title\x07"]]))
    assert "[red]c" in text
    assert "[bold]x[/bold]\\x1b]0;title\\x07" in text
    assert "\x07" not in text
    assert "\x1b]" not in text


def test_numbers_have_separators_and_stand_right() -> None:
    table = Table(
        ["id", "n", "flag"], [["a", 1234567, True], ["b", None, False], ["c", 0.25, None]]
    )
    assert [column.justify for column in render(table).columns] == ["left", "right", "left"]
    text = shown(table)
    assert "1,234,567" in text
    assert "0.25" in text
    assert re.search(r"\x1b\[2m *null", text)


def test_long_texts_are_folded_and_lists_are_json() -> None:
    text = shown(Table(["t", "l"], [["x" * 300, ["a", {"b": None}]]]))
    assert text.count("x") == 300
    assert '["a", {"b": null}]' in text


@pytest.mark.parametrize(
    ("table", "line"),
    [
        (ONE, "1 row in 0.250 s"),
        (Table([], []), "0 rows in 0.250 s"),
        (Table(["n"], [[1], [2]], truncated=True), "2 rows in 0.250 s; cut off at 2 rows"),
    ],
)
def test_the_line_below_tells_rows_and_seconds(table: Table, line: str) -> None:
    assert summary(table, 0.25).plain == line


def test_an_error_marks_its_place() -> None:
    error = QueryFailed("Syntax error at line 2, col 8: Expected By\n  the engine's own excerpt")
    text = render_error(error, "MATCH (m)\nRETURN x\x1b").plain
    assert text == "Syntax error at line 2, col 8: Expected By\n  RETURN x\\x1b\n         ^"


def test_an_error_without_a_place_in_the_query_stays_whole() -> None:
    assert render_error(QueryFailed("line 9, column 9: odd\nmore"), "RETURN").plain.endswith("more")
    assert render_error(QueryTimeout("took \x1b[0m long")).plain == "took \\x1b[0m long"


def test_an_answer_too_wide_for_a_table_is_shown_row_by_row() -> None:
    wide = Table([f"column_{n}" for n in range(12)], [["a value"] * 12, [None] * 12])
    assert fits(wide, 200)
    assert not fits(wide, 100)
    assert fits(Table(["text"], [["x" * 500]]), 40)
    assert not fits(Table(["a", "b"], [[10**20, 10**20]]), 40)
    out, file = screen()
    print_answer(wide, 0, out)
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line).split() for line in file.getvalue().splitlines()]
    assert lines[:2] == [["--", "1", "--"], ["column_0", "a", "value"]]
    assert lines[13:15] == [["--", "2", "--"], ["column_0", "null"]]


def test_an_error_that_names_a_word_marks_it() -> None:
    text = render_error(QueryFailed("Unknown function: foo"), "MATCH (m)\nRETURN foo(m)").plain
    assert text.splitlines() == ["Unknown function: foo", "  RETURN foo(m)", "         ^"]


def test_nodes_and_paths_are_drawn_in_words() -> None:
    one = {"id": 1, "labels": ["Model"], "properties": {"id": "a/\x1b[31mb", "likes": 1}}
    other = {"id": 2, "labels": ["Model"], "properties": {"id": "c"}}
    edge = {"id": 7, "type": "X", "start": 2, "end": 1, "properties": {}}
    path = {"nodes": [one, other], "relationships": [edge]}
    text = re.sub(r"\x1b\[[0-9;]*m", "", shown(Table(["m", "p"], [[one, path]])))
    assert '(:Model {id: "a/\\u001b[31mb"})<-[:X]-(:Model {id: "c"})' in text


@pytest.mark.parametrize(
    ("name", "told"),
    [("rows.csv", 'n,t\r\n1,\'=1\r\n,"[1, ""\\x07""]"\r\n'), ("rows.json", None)],
)
def test_an_answer_is_written_to_a_file_and_over_none(
    tmp_path: Path, name: str, told: str | None
) -> None:
    table = Table(["n", "t"], [[1, "=1"], [None, [1, "\x7f"]]])
    one, screened = session(Fake(table), tmp_path)
    path = tmp_path / name
    assert not one.handle(f":save {path}")
    assert "ask a query first" in screened.getvalue()
    assert one.handle("RETURN 1")
    assert one.handle(f":save {path}")
    text = path.read_bytes().decode()
    if told is None:
        assert json.loads(text) == list(table.records())
    else:
        assert text == told.replace("\\x07", "\\x7f")
    assert not one.handle(f":save {path}")
    assert "is there already" in screened.getvalue()
    assert not one.handle(f":save {tmp_path}/nowhere/{name}")
    assert "cannot be written" in screened.getvalue()
    assert path.read_bytes().decode() == text


def test_json_is_a_list_keyed_by_column(capsys: pytest.CaptureFixture[str]) -> None:
    table = Table(["id", "x"], [["é\x1b\x7f\x9b", float("nan")], ["b", [1, None]]])
    assert run_once(Fake(table), "q", {}, seconds=1, rows=None, as_json=True) == 0
    out = capsys.readouterr().out
    assert json.loads(out) == [{"id": "é\x1b\x7f\x9b", "x": None}, {"id": "b", "x": [1, None]}]
    assert out.isascii()
    assert out.replace("\n", "").isprintable()


def test_no_rows_are_an_empty_list() -> None:
    out, file = screen()
    print_answer(Table(["id"], []), 0.1, out, as_json=True)
    assert json.loads(file.getvalue()) == []


def test_once_tells_errors_apart(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_once(Fake(QueryFailed("no such thing")), "q", {}, seconds=1, rows=1) == 1
    captured = capsys.readouterr()
    assert (captured.out, "no such thing" in captured.err) == ("", True)


def test_parameters_and_limits_reach_the_query(tmp_path: Path) -> None:
    fake = Fake(ONE)
    sitting, _ = session(fake, tmp_path)
    for text in (":param a = 1", ":limit 7", "RETURN $a AS n", ":run top-authors limit=3"):
        assert sitting.handle(text)
    first, second = fake.asked
    assert first[0] == "RETURN $a AS n"
    assert (first[1], first[3]) == ({"a": 1}, 7)
    assert second[1]["limit"] == 3
    assert "a" not in second[1]


def test_a_saved_query_runs_by_its_name(tmp_path: Path) -> None:
    fake = Fake(ONE)
    sitting, file = session(fake, tmp_path)
    for text in ("RETURN 1 AS n", ":save mine", ":saved", ":run mine"):
        assert sitting.handle(text)
    assert (tmp_path / "queries" / "mine.cypher").read_text("utf-8") == "RETURN 1 AS n\n"
    assert [asked[0].strip() for asked in fake.asked] == ["RETURN 1 AS n"] * 2
    assert "mine" in file.getvalue()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (":save mine", "no query has been asked"),
        (":run nobody", "no query is named nobody"),
        (":run llama-share limit=3", "has no parameter limit"),
        (":bogus", "no command"),
    ],
)
def test_what_cannot_be_done_is_told(tmp_path: Path, text: str, says: str) -> None:
    sitting, file = session(Fake(ONE), tmp_path)
    assert not sitting.handle(text)
    assert says in file.getvalue()


@pytest.mark.parametrize("page", [":help", ":queries", ":saved", ":params", ":schema"])
def test_pages_are_shown(tmp_path: Path, page: str) -> None:
    sitting, file = session(Fake(ONE), tmp_path)
    assert sitting.handle(page)
    assert file.getvalue().strip()


def test_what_is_piped_ends_at_the_first_error(tmp_path: Path) -> None:
    fake = Fake(QueryFailed("bad"))
    sitting, file = session(fake, tmp_path)
    assert not run_piped(sitting, ["RETURN 1 AS n;\n", "RETURN 2 AS n;\n"])
    assert len(fake.asked) == 1
    assert "bad" in file.getvalue()


def test_a_conversation_goes_on_after_errors_and_ctrl_c(tmp_path: Path) -> None:
    fake = Fake(QueryFailed("bad"))
    sitting, _ = session(fake, tmp_path)
    keys: list[str | BaseException] = [
        KeyboardInterrupt(),
        "RETURN 1 AS n;",
        "RETURN 2;",
        EOFError(),
    ]

    def ask() -> str:
        match keys.pop(0):
            case str(text):
                return text
            case BaseException() as pressed:
                raise pressed

    converse(sitting, ask, lambda: None)
    assert [asked[0] for asked in fake.asked] == ["RETURN 1 AS n", "RETURN 2"]
    assert keys == []


def test_quit_ends_a_conversation(tmp_path: Path) -> None:
    sitting, _ = session(Fake(ONE), tmp_path)
    converse(sitting, lambda: ":quit", lambda: None)
    assert sitting.ended
