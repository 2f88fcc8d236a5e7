"""The plain facts: declared once, the same everywhere."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime

from crawler.ingest.stored import digest
from graph.catalogue.facts import COUNTERS, FACTS, NAMES, Facts, counters, untold, values
from graph.catalogue.model import Artifact
from graph.engines.port.schema import NODES, TYPES
from graph.evidence.record import HubRecord, read
from graph.storage.tables import RecordRow, Words

TOLD = {
    "downloads": 3,
    "downloadsAllTime": 9,
    "likes": 0,
    "createdAt": "2024-05-01T10:00:00.000Z",
    "disabled": True,
}


def record(**told: object) -> HubRecord:
    return read({"id": "acme/Model", **told}, lambda _line: None)


def test_a_record_and_an_artifact_have_each_of_them() -> None:
    for made in (HubRecord, Artifact):
        assert set(NAMES) <= {one.name for one in fields(made)}
    told: dict[str, object] = {"downloads": 3, "downloads_all": 9, "likes": 0, "disabled": True}
    told |= {"created": datetime(2024, 5, 1, 10, tzinfo=UTC)}
    assert told.items() <= values(record(**TOLD)).items()


def test_their_types_are_those_of_columns_and_of_the_graph() -> None:
    columns = RecordRow.__table__.c
    of = {int: ("BIGINT", "long"), bool: ("BOOLEAN", "boolean"), str: ("TEXT", None)}
    for fact in FACTS:
        column, imported = of.get(fact.type, ("DATETIME", None))
        assert str(columns[fact.name].type) == column
        assert columns[fact.name].nullable == (fact.type is not bool)
        assert (fact.name in NODES["Model"].properties) == fact.node
        assert not fact.node or TYPES.get(fact.name) == imported
    assert all(isinstance(columns[f.name].type, Words) for f in FACTS if f.type is str)


def test_counters_are_all_counts_and_no_part_of_the_answer_that_is_kept() -> None:
    assert {fact.type for fact in FACTS if fact.counter} == {int}
    hubs = {fact.hub for fact in FACTS if fact.counter}
    assert hubs >= {"downloads", "downloadsAllTime", "likes"}
    made = record(**TOLD)
    assert made.raw.keys().isdisjoint(hubs)
    assert digest(made) == digest(record(**TOLD | {"downloads": 4}))
    assert counters(made) == tuple(values(made)[name] for name in COUNTERS)


def test_a_counter_that_is_told_no_more_is_as_it_was() -> None:
    then = counters(Facts(downloads=1, downloads_all=2, likes=3))
    kept = untold(Facts(likes=4), then)
    assert (kept["downloads"], kept["downloads_all"], "likes" in kept) == (1, 2, False)
