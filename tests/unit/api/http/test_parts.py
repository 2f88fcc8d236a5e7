"""The parts of the API that are plain values: parameters, cursors, GraphML, measures."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Self

import networkx as nx
import orjson
import pytest
from fastapi import Request, Response
from prometheus_client import generate_latest
from sqlalchemy.exc import OperationalError

from api.http import graphml, metrics
from api.http.errors import Problem
from api.http.metrics import Metrics
from api.http.paging import Paging
from api.schemas.base import Listing, Schema
from graph.storage.filters.declaration import clean, one_of


class Letter(Schema):
    letter: str

    @classmethod
    def of(cls, letter: str) -> Self:
        return cls(letter=letter)


class Letters(Listing[Letter]):
    pass


def paging(query: str = "", cursor: str | None = None, path: str = "/v1/models") -> Paging:
    scope = {"type": "http", "path": path, "query_string": query.encode(), "headers": []}
    return Paging(2, Request(scope), Response(), cursor)


def cursor_of(page: Paging, place: tuple[str | int, ...] = ("b",)) -> str:
    told = page.page(Letters, ["a", "b", "c"], lambda _: place, Letter.of)
    return str(told.next)


@pytest.mark.parametrize("text", ["", "a/b", "Llama 3", "é", "<script>", "'; --", ".."])
def test_texts_without_control_characters_stay_as_they_are(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize("text", ["\0", "a\n", "\x7f", "\x85", "\u2028", "\ud800"])
def test_control_characters_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="control characters"):
        clean(text)


def test_a_word_outside_the_vocabulary_names_the_known_ones() -> None:
    assert one_of(["a", "b"], "a") == "a"
    with pytest.raises(ValueError, match="a, b"):
        one_of(["a", "b"], "c")


def test_a_page_shows_its_limit_and_leads_on() -> None:
    page = paging("search=x")
    told = page.page(Letters, ["a", "b", "c"], lambda row: (row,), Letter.of)
    assert told.items == [Letter(letter="a"), Letter(letter="b")]
    assert page.response.headers["link"].startswith("</v1/models?search=x&limit=2&cursor=")


def test_the_last_page_leads_nowhere() -> None:
    page = paging()
    told = page.page(Letters, ["a", "b"], lambda row: (row,), Letter.of)
    assert told.next is None
    assert "link" not in page.response.headers


def test_a_cursor_is_good_for_the_question_it_came_from_whatever_the_limit() -> None:
    cursor = cursor_of(paging("search=x&limit=2"))
    assert paging("limit=9&search=x", cursor).after(str) == ("b",)


@pytest.mark.parametrize(
    "other", [paging("search=y"), paging(), paging("search=x", path="/v1/datasets")]
)
def test_a_cursor_of_another_question_is_refused(other: Paging) -> None:
    cursor = cursor_of(paging("search=x"))
    wrong = Paging(2, other.request, Response(), cursor)
    with pytest.raises(Problem) as refused:
        wrong.after(str)
    assert refused.value.status == 400


@pytest.mark.parametrize(
    "cursor", ["", "x", "é", "%%%", "e30", "bnVsbA", "W10", "WzFd", "////", "W1tbW1tbW1tbW1s" * 90]
)
def test_a_cursor_that_is_none_is_refused(cursor: str) -> None:
    with pytest.raises(Problem) as refused:
        paging(cursor=cursor).after(str)
    assert refused.value.kind == "wrong-cursor"


@pytest.mark.parametrize("place", [(1,), ("a", "b"), (), (True,)])
def test_a_cursor_with_a_place_of_another_kind_is_refused(place: tuple[str | int, ...]) -> None:
    with pytest.raises(Problem):
        paging(cursor=cursor_of(paging(), place)).after(str)


def test_a_cursor_with_a_number_beyond_the_databases_is_refused() -> None:
    with pytest.raises(Problem):
        paging(cursor=cursor_of(paging(), (1 << 63,))).after(int)


def test_graphml_keeps_parallel_edges_and_joins_families() -> None:
    lineage: nx.MultiDiGraph[str] = nx.MultiDiGraph(truncated=True)
    for node, families in (("c", ["llama-2", "llama-3"]), ("p", [])):
        lineage.add_node(node, kind="model", crawled=True, families=families)
    for relation in ("finetune", "merge"):
        told = {"relation": relation, "strength": "declared", "confidence": 1.0}
        lineage.add_edge("c", "p", key=relation, **told)
    read = nx.read_graphml(BytesIO(graphml.write(lineage)), force_multigraph=True)
    assert read.nodes["c"]["families"] == "llama-2, llama-3"
    assert {data["relation"] for _, _, data in read.edges(data=True)} == {"finetune", "merge"}
    assert read.graph["truncated"] is True


class CountedReadModel:
    """Counts how often it is asked; cannot be read while ``broken``."""

    def __init__(self) -> None:
        self.asked = 0
        self.broken = False

    def counts(self) -> dict[str, int]:
        self.asked += 1
        if self.broken:
            raise OperationalError("SELECT", {}, Exception("gone"))
        return {"artifacts": 7}

    def last_crawl(self) -> dict[str, Any] | None:
        if self.broken:
            raise OperationalError("SELECT", {}, Exception("gone"))
        return None


def test_the_register_is_counted_once_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    read_model = CountedReadModel()
    registry = Metrics(read_model).registry  # type: ignore[arg-type]  # a fake with what is asked
    now = 100.0
    monkeypatch.setattr(metrics, "monotonic", lambda: now)
    assert read_model.asked == 0
    for _ in range(3):
        assert b"herdbook_artifacts 7.0" in generate_latest(registry)
    assert read_model.asked == 1
    now, read_model.broken = 200.0, True
    assert b"herdbook_artifacts 7.0" in generate_latest(registry)
    assert read_model.asked == 2


def test_methods_and_addresses_that_strangers_make_up_are_no_labels() -> None:
    measured = Metrics(CountedReadModel())  # type: ignore[arg-type]  # a fake with what is asked
    measured.observe({"type": "http", "method": "HACK", "path": "/secret"}, 404, 0.1)
    text = generate_latest(measured.registry).decode()
    assert 'method="other",route="other",status="404"' in text
    assert "HACK" not in text


def test_a_problem_without_a_kind_goes_by_its_status() -> None:
    assert orjson.dumps(Problem(404, "x").more) == b"{}"
    assert Problem(404, "x").headers == {"Cache-Control": "no-store"}
