"""The library's loader: heads, defaults, and what a question sends to a console."""

import re
from collections.abc import Mapping
from itertools import groupby
from math import inf
from pathlib import Path
from typing import Any

import pytest

from graph.engines.port.ports import Table
from graph.engines.queries import chart, query
from graph.engines.queries.query import Question, WrongHead, library, read


class Echo:
    """A console that answers with the parameters it was given."""

    def cypher(
        self, query: str, parameters: Mapping[str, Any], *, seconds: float, rows: int | None
    ) -> Table:
        return Table(sorted(parameters), [[parameters[name] for name in sorted(parameters)]])


def test_the_library_is_in_order_of_topics_and_those_of_the_footprints_places() -> None:
    questions = list(library().values())
    topics = [topic for topic, _ in groupby(q.topic for q in questions)]
    assert len(topics) == len(set(topics))
    for topic in topics:
        own = [q for q in questions if q.topic == topic]
        assert own == sorted(own, key=lambda q: (q.figure.place if q.figure else inf, q.title))
    first = [min((q.figure.place for q in questions if q.figure and q.topic == t), default=inf)
             for t in topics]  # fmt: skip
    assert first == sorted(first)
    assert [q.name for q in questions] == list(library())


def test_titles_are_told_apart() -> None:
    titles = [q.title for q in library().values()]
    assert len(set(titles)) == len(titles)


def test_the_head_is_no_part_of_the_query() -> None:
    for question in library().values():
        assert "//" not in question.cypher
        assert question.cypher.startswith(("MATCH", "OPTIONAL MATCH", "CALL"))


def test_defaults_fill_what_is_not_given() -> None:
    question = library()["most-downloaded-findings"]
    asked = next(question.ask(Echo(), {"check": "licence-tag"}).records())
    assert asked == question.defaults() | {"check": "licence-tag"}
    assert question.defaults()["check"] is None
    assert question.defaults()["outcome"] == "failed"


@pytest.mark.parametrize("question", library().values(), ids=lambda one: one.name)
def test_every_column_that_is_a_share_is_declared_as_one(question: Question) -> None:
    computed = set(re.findall(r"\bAS (\w*share)\b", question.cypher))
    assert set(question.shares) == computed


def test_parameters_say_what_they_mean() -> None:
    assert all(p.about for question in library().values() for p in question.parameters)


HEAD = """// title: Likes
// topic: makers
// about: Likes of models.
// footprint: 5 likes
// chart: {chart}
MATCH (m:Model) RETURN m.author AS author, sum(m.likes) AS likes, m.kind ORDER BY likes"""


def test_a_head_says_how_a_question_of_the_footprint_is_charted() -> None:
    told = HEAD.format(chart='bars label=author value=likes head="Who is liked" link=/models')
    figure = read("likes.cypher", told).figure
    assert figure is not None
    assert (figure.place, figure.name, figure.words) == (5, "likes", {})
    assert figure.chart == chart.Bars(
        label="author", value="likes", head="Who is liked", link="/models"
    )
    without = read("likes.cypher", told.replace("// chart: ", "// word null: ")).figure
    assert without is not None
    assert isinstance(without.chart, chart.Plain)


@pytest.mark.parametrize(
    ("drawn", "said"),
    [
        ("pie label=author", "no chart is called 'pie'; there are headline, bars, stack, columns"),
        ("bars label=author", "bars lacks value"),
        ("bars lable=author value=likes", "bars has no lable; it has label, value"),
        ("bars label=author value=links", "the query returns no links; it returns author, likes"),
        ("bars label=author value=likes share", "'share' is not NAME=VALUE"),
        ("bars label=author value=likes only=qwen", "only is llama, not 'qwen'"),
        ("bars label=author value=likes hue=author", "hue is family, not 'author'"),
        ("bars label=author value=likes link=//evil.example", "link is an address of this site"),
        ("bars label=author value=likes link=javascript:x", "link is an address of this site"),
        ("bars label=author value=likes link=/models?a={name}", "the query returns no name"),
        ('bars label=author value=likes head="Who', "No closing quotation"),
        ("stack label=author parts=likes,dislikes", "the query returns no dislikes"),
        ("columns x=month series=author value=likes", "the query returns no month"),
        ("headline Of {all} models", "the query returns no all"),
        ("headline", "headline lacks sentence"),
        ("headline Many models", "a sentence tells a number"),
        ("table wide=yes", "table has no wide; it has nothing"),
    ],
)
def test_a_wrong_chart_is_an_error_with_its_line(drawn: str, said: str) -> None:
    with pytest.raises(WrongHead, match=re.escape(f"likes.cypher, line 5: {said}")):
        read("likes.cypher", HEAD.format(chart=drawn))


@pytest.mark.parametrize(
    ("line", "number", "said"),
    [
        ("// tilte: Likes", 1, "'// tilte: Likes' is no line of a head"),
        ("// topic: makers", 3, "topic stands there twice"),
        ("// footprint: likes", 1, "is no line of a head"),
        ("// param limit = fifty: how many", 1, ""),
        ("// shares: part", 1, "the query returns no part"),
    ],
)
def test_a_wrong_line_is_an_error_with_its_number(line: str, number: int, said: str) -> None:
    with pytest.raises(WrongHead, match=re.escape(f"likes.cypher, line {number}: ")) as error:
        read("likes.cypher", f"{line}\n{HEAD.format(chart='table')}")
    assert said in str(error.value)


def test_a_head_must_say_what_the_question_is() -> None:
    with pytest.raises(WrongHead, match="the head lacks title, about"):
        read("likes.cypher", "// topic: makers\nRETURN 1 AS one")
    with pytest.raises(WrongHead, match="line 4: a chart is for the footprint"):
        read("likes.cypher", HEAD.format(chart="table").replace("// footprint: 5 likes\n", ""))


def test_a_short_name_is_taken_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.cypher").write_text(HEAD.format(chart="table"), "utf-8")
    monkeypatch.setattr(query, "FOLDER", tmp_path)
    with pytest.raises(WrongHead, match=r"b\.cypher: a is 'likes' already"):
        library.__wrapped__()
