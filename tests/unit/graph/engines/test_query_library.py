"""The library's loader: heads, defaults, and what a question sends to a console."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from graph.engines.port.ports import Table
from graph.engines.queries.query import Question, library


class Echo:
    """A console that answers with the parameters it was given."""

    def cypher(
        self, query: str, parameters: Mapping[str, Any], *, seconds: float, rows: int | None
    ) -> Table:
        return Table(sorted(parameters), [[parameters[name] for name in sorted(parameters)]])


def test_the_library_is_in_order_of_topic_and_title() -> None:
    questions = list(library().values())
    assert questions == sorted(questions, key=lambda q: (q.topic, q.title))
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
