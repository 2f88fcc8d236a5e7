"""Every query of the library runs, on a small graph and on the real one, and reads as it says."""

import re

import pytest

from graph.catalogue.model import Strength
from graph.engines.port.ports import CypherConsole, Row
from graph.engines.queries.favourites import favourite
from graph.engines.queries.query import Question, library, returned
from graph.footprint import ask, questions
from tests.places import ROOT

FOLDER = ROOT / "graph" / "engines" / "queries" / "library"
TOPICS = {"footprint", "lineage", "brand", "compliance", "data", "growth", "makers"}
QUERIES = [pytest.param(question, id=question.name) for question in library().values()]


def one(console: CypherConsole, name: str, **given: object) -> Row:
    (record,) = library()[name].ask(console, given).records()
    return record


@pytest.mark.parametrize("question", QUERIES)
def test_the_head_is_whole(question: Question) -> None:
    text = (FOLDER / f"{question.name}.cypher").read_text("utf-8")
    head = re.findall(r"^// (title|topic|about): \S.*$", text, re.MULTILINE)
    assert head == ["title", "topic", "about"]
    assert question.topic in TOPICS
    assert re.fullmatch(r"[a-z0-9-]{1,60}", question.name)
    parameters = {p.name for p in question.parameters}
    assert text.count("// param ") == len(parameters)
    assert parameters == set(re.findall(r"\$(\w+)", question.cypher))


@pytest.mark.parametrize("question", QUERIES)
def test_lineage_is_counted_at_the_strengths_that_are_asked(question: Question) -> None:
    assert question.defaults()["strengths"]
    assert "strength" in question.cypher


@pytest.mark.parametrize("question", QUERIES)
def test_the_order_of_the_rows_is_settled(question: Question) -> None:
    assert re.search(r"^ORDER BY .+\n?(LIMIT \$limit)?\Z", question.cypher, re.MULTILINE)


@pytest.mark.parametrize("question", QUERIES)
def test_the_order_in_lists_is_settled(question: Question) -> None:
    before, collects, _ = question.cypher.partition("collect(")
    assert not collects or "{" in question.cypher or "ORDER BY" in before


@pytest.mark.parametrize("question", QUERIES)
def test_it_runs_on_a_small_graph(question: Question, small: CypherConsole) -> None:
    assert question.ask(small).columns == returned(question.cypher)


@pytest.mark.parametrize("question", QUERIES)
def test_as_a_favourite_it_gives_the_same(question: Question, small: CypherConsole) -> None:
    told = small.cypher(favourite(question), {}, seconds=20, rows=None)
    assert told == question.ask(small)


@pytest.mark.shared
@pytest.mark.parametrize("question", QUERIES)
def test_it_runs_on_the_real_series(question: Question, series: CypherConsole) -> None:
    found = question.ask(series)  # in the console's time, or QueryTimeout
    assert found.columns == returned(question.cypher)


@pytest.mark.shared
def test_shares_of_the_real_series_add_up(series: CypherConsole) -> None:
    share = one(series, "llama-share")
    glance = one(series, "at-a-glance")
    for name in ("brand-in-name", "licence-of-llama-descendants", "strength-of-lineage"):
        rows = list(library()[name].ask(series).records())
        assert sum(row["models"] for row in rows) == share["descendants"] == glance["descendants"]
        assert sum(row["share"] for row in rows) == pytest.approx(1, abs=0.01)
    assert glance["declared_share"] == pytest.approx(
        one(series, "at-a-glance", strengths=["declared"])["descendants"] / share["descendants"],
        abs=1e-4,
    )


@pytest.mark.parametrize("name", questions())
def test_the_footprint_is_answered_at_every_strength(name: str, small: CypherConsole) -> None:
    for strength in Strength:
        assert ask(small, name, strength).name == name


def test_a_model_of_several_families_counts_once_in_shares(small: CypherConsole) -> None:
    assert one(small, "llama-share") == {
        "models": 4,
        "descendants": 2,
        "share": 0.5,
        "downloads": 200,
        "llama_downloads": 40,
        "download_share": 0.2,
    }
    lines = library()["rivals-share"].ask(small).rows
    assert lines == [["llama", 3, 0.75, 140], ["none", 1, 0.25, 60], ["rival", 1, 0.25, 30]]
    assert one(small, "several-families")["families"] == ["llama-2", "llama-3", "rival"]


def test_a_check_counts_an_artifact_once_with_its_worst_outcome(small: CypherConsole) -> None:
    found = one(small, "outcomes-by-check")
    assert (found["artifacts"], found["failed"], found["passed"]) == (1, 1, 0)


def test_a_strength_that_nothing_has_gives_nothing(small: CypherConsole) -> None:
    assert one(small, "llama-share", strengths=["inferred"])["descendants"] == 0
    assert one(small, "at-a-glance", strengths=["inferred"])["declared_share"] == 0
    assert library()["ancestors-of"].ask(small, {"strengths": ["inferred"]}).rows == []


def test_descent_leads_through_data_sets_and_names_each_once(small: CypherConsole) -> None:
    up = library()["ancestors-of"].ask(small, {"id": "b/merge"}).records()
    assert [row["id"] for row in up] == ["datasets/d/set", "meta/Llama-3", "x/unread"]
    down = library()["descendants-of"].ask(small, {"id": "meta/Llama-3"}).records()
    assert [row["id"] for row in down] == ["a/Llama-3-child", "b/merge", "datasets/d/set"]
