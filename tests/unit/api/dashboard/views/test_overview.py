"""What the first page draws of a question's rows."""

from __future__ import annotations

from typing import Any

import pytest

from api.dashboard.views import overview
from api.dashboard.views.overview import Piece, card
from graph.catalogue.model import Source, Strength
from graph.catalogue.roster import load
from graph.engines.queries.query import Question, read
from graph.footprint import questions

HEAD = """// title: T
// topic: t
// about: A
// shares: share
// footprint: 1 made-up
// chart: {chart}
// word null: none read
RETURN a AS label, b AS value, c AS share, d AS failed, e AS other, f AS month"""


def asked(chart: str) -> Question:
    """Return a question that is charted in a way."""
    return read("made-up.cypher", HEAD.format(chart=chart))


def drawn(chart: str, *rows: dict[str, Any], at_least: Strength = Strength.INFERRED) -> Any:
    """Return what is drawn of rows."""
    return card(asked(chart), rows, at_least).drawn


def growth(*told: tuple[str | None, int]) -> overview.Growth:
    """Return the growth of one family by month."""
    rows = [{"month": m, "family": "llama-3", "models": n} for m, n in told]
    found: overview.Growth = card(questions()["growth"], rows, Strength.INFERRED).drawn
    return found


def test_growth_counts_apart_what_has_no_month_that_can_be() -> None:
    found = growth(("0001-01", 1), ("9999-12", 1), ("2025-13", 1), ("2025-01", 2), (None, 3))
    assert found.columns is not None
    assert found.columns.total == 2
    assert (found.earlier, found.undated) == (0, 6)
    assert card(questions()["growth"], [], Strength.INFERRED).drawn is None


def test_what_is_older_than_the_hubs_floor_makes_no_column_and_no_spike() -> None:
    found = growth(("before 2022-03", 900), ("2022-03", 1), ("2022-05", 2))
    assert found.columns is not None
    assert [(s.label, s.total) for s in found.columns.stacks] == [
        ("2022-03", 1),
        ("2022-04", 0),
        ("2022-05", 2),
    ]
    assert found.columns.lines[0][1] == 2
    assert (found.earlier, found.undated) == (900, 0)
    assert growth(("before 2022-03", 4)) == overview.Growth(None, {}, 4, 0)


def test_series_are_in_the_families_order_with_their_hues_or_else_by_their_place() -> None:
    rows = [
        {"month": "2025-01", "family": family, "models": 1}
        for family in ("qwen-2.5", "llama-3.1", "llama-2")
    ]
    legend = card(questions()["growth"], rows, Strength.INFERRED).drawn.legend
    assert list(legend) == ["llama-2", "llama-3.1", "qwen-2.5"]
    assert [one.words for one in legend.values()] == ["Llama 2", "Llama 3.1", "Qwen2.5"]
    assert len({one.mark for one in legend.values()}) == 3
    made_up = [{"month": "2025-01", "label": one, "value": 2} for one in ("b", None, "b")]
    found = drawn("columns x=month series=label value=value", *made_up)
    assert [(s.words, s.mark) for s in found.legend.values()] == [
        ("b", "llama-0"),
        ("none read", "llama-1"),
    ]
    assert found.columns.stacks[0].value("b") == 4


def test_rivals_keep_none_of_these_for_the_end_without_a_bar() -> None:
    rows = [
        {"line": "none", "members": 90, "share": 0.9},
        {"line": "qwen-2.5", "members": 20, "share": 0.2},
        {"line": "llama", "members": 10, "share": 0.1},
    ]
    found = card(questions()["rivals"], rows, Strength.DECLARED).drawn
    assert [(b.label, b.width, b.kind, b.href) for b in found.rows] == [
        ("Qwen2.5", 100.0, "rival", "/models?family=qwen-2.5&strength=declared"),
        ("Llama", 50.0, "", None),
        ("none of these", 0, "rest", None),
    ]
    assert found.heads == ("Line", "models", "share", "")


def test_every_llama_family_has_its_bar() -> None:
    rows = [
        {"family": "llama-3", "models": 7, "data_sets": 1},
        {"family": "qwen-2.5", "models": 9, "data_sets": 0},
    ]
    found = card(questions()["families"], rows, Strength.STATED).drawn
    assert [bar.label for bar in found.rows] == [f.title for f in load().llama_families()]
    assert found.rows[0].href.endswith("strength=stated")
    assert found.heads == ("Family", "models", "", "data sets")
    assert found.left == 0


def test_what_counts_by_the_authors_word_alone_leads_to_that() -> None:
    rows = [{"family": "llama-3", "models": 7, "data_sets": 1}]
    found = card(questions()["families"], rows, Strength.INFERRED, Source.AUTHOR)
    assert found.drawn.rows[0].href.endswith("source=author")
    assert "strength=" not in found.drawn.rows[0].href
    assert "p.sources=%5B%22author%22%5D" in found.ask
    assert "p.strengths" not in found.ask


def test_bars_say_how_many_are_left_out_and_held_shares_have_no_column() -> None:
    rows = [{"label": f"a{n}", "value": n, "share": None, "failed": 1_000} for n in range(15)]
    found = drawn("bars label=label value=value share=share more=failed", *rows)
    assert (len(found.rows), found.left) == (overview.MOST, 3)
    assert found.heads == ("Label", "value", "", "failed")
    assert found.rows[0].note == "1\u202f000"


def test_a_label_with_words_of_its_own_links_nowhere() -> None:
    told = "bars label=label value=value link=/models?author={label}&x={other}"
    found = drawn(told, *({"label": one, "value": 1, "other": None} for one in ("a&b=c", None)))
    assert [(bar.label, bar.href) for bar in found.rows] == [
        ("a&b=c", "/models?author=a%26b%3Dc&x=None"),
        ("none read", None),
    ]


def test_a_value_in_a_path_stays_one_folder_of_it() -> None:
    found = drawn(
        "bars label=label value=value link=/models/{label}", {"label": "../x", "value": 1}
    )
    assert found.rows[0].href == "/models/..%2Fx"


def test_a_stack_links_its_label_and_each_of_its_numbers() -> None:
    told = "stack label=label parts=failed,other link=/f?c={label} each=/f?c={label}&o={part}"
    found = drawn(told, {"label": "tag", "failed": 3, "other": 0})
    (row,) = found.rows
    assert (row.label.href, row.hrefs["failed"]) == ("/f?c=tag", "/f?c=tag&o=failed")
    assert [one.mark for one in found.legend.values()] == ["is-failed", "llama-1"]
    assert [part.name for part in row.stack.parts] == ["failed"]


def test_a_sentence_leaves_out_what_is_held_back() -> None:
    told = "headline Of {value}| ({share})| are [{failed}](/f?o=x&s={strength}) bad."
    row = {"value": 1_200, "share": 0.5, "failed": 0}
    assert drawn(told, row) == [
        Piece("Of "), Piece("1\u202f200", None, "number"), Piece(" ("), Piece("50.0 %"),
        Piece(") are "), Piece("0", href="/f?o=x"), Piece(" bad."),
    ]  # fmt: skip
    held = drawn(told, row | {"share": None}, at_least=Strength.DECLARED)
    assert [one.words for one in held] == ["Of ", "1\u202f200", " are ", "0", " bad."]
    assert held[3].href == "/f?o=x&s=declared"
    assert drawn(told, row | {"value": 0}) is None


def test_a_question_without_a_chart_is_a_table_without_held_shares() -> None:
    row = {"label": None, "value": 2_000, "share": 0.25, "failed": "<b>"}
    found = drawn("table", *[row] * 60)
    assert [(one.words, one.mark) for one in found.heads] == [
        ("Label", ""), ("Value", "n"), ("Share", "n"), ("Failed", ""),
    ]  # fmt: skip
    assert [one.words for one in found.rows[0]] == ["–", "2\u202f000", "25.0 %", "<b>"]
    assert (len(found.rows), found.left) == (overview.LONGEST, 10)
    held = drawn("table", row | {"share": None})
    assert [one.words for one in held.heads] == ["Label", "Value", "Failed"]


@pytest.mark.parametrize("at_least", list(Strength))
def test_the_console_asks_what_the_page_asked(at_least: Strength) -> None:
    address = card(questions()["brand"], [], at_least).ask
    assert address.startswith("/console?q=MATCH")
    assert ("p.strengths" in address) is (at_least is not Strength.INFERRED)


def test_what_the_graph_cannot_answer_is_not_nothing() -> None:
    assert not card(questions()["brand"], None, Strength.INFERRED).answered
    assert card(questions()["brand"], [], Strength.INFERRED).answered
