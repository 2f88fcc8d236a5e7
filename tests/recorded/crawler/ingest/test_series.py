"""The whole series of real snapshots, imported and built once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.ingest.importer import import_file
from crawler.ingest.snapshot import expand
from graph.catalogue.model import HUB_RELATIONS
from graph.evidence.record import clean_reference
from graph.lineage.edges import RELATIONS
from tests.home import Home
from tests.hub_replica import load_series

pytestmark = pytest.mark.shared
TYPED = tuple(f"base_model:{relation.value}:" for relation in HUB_RELATIONS)
SELF_PARENTS = 22  # models of the series whose typed tag names the model itself


@pytest.fixture(scope="module")
def home(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = tmp_path_factory.mktemp("series")
    opened = Home(folder, f"kglite:///{folder}/graph.kgl")
    for path in expand(shared / "hub" / "series"):
        import_file(opened.engine, path)
    opened.build()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def typed(shared: Path) -> set[tuple[str, str, str]]:
    """The typed tags of the live records, read off the files themselves."""
    found: set[tuple[str, str, str]] = set()
    for record in load_series(shared / "hub" / "series", None):
        for tag in record.get("tags") or ():
            if tag.startswith(TYPED):
                _, relation, parent = tag.split(":", 2)
                if parent and clean_reference(parent) == parent:
                    found.add((record["id"], relation, parent))
    return found


def test_13192_models_are_live(home: Home) -> None:
    assert len(home.live()) == 13_192
    assert home.cypher("MATCH (m:Model) WHERE m.crawled RETURN count(m)") == [[13_192]]


def test_every_typed_tag_that_names_another_is_a_declared_edge_of_exactly_that_id(
    home: Home, typed: set[tuple[str, str, str]]
) -> None:
    wanted = {one for one in typed if one[0] != one[2]}
    declared = {(c, r, p) for c, r, p, strength in home.edges() if strength == "declared"}
    assert len(wanted) > 5000
    assert wanted - declared == set()


def test_every_declared_edge_has_a_claim_behind_it(home: Home) -> None:
    query = """
    select c.id, claims.relation, p.id, claims.strength from claims
    join artifacts c on c.key = claims.child join artifacts p on p.key = claims.parent
    """
    claimed = {
        (c, RELATIONS[r].value, p) for c, r, p, strength in home.rows(query) if strength == 3
    }
    declared = {(c, r, p) for c, r, p, strength in home.edges() if strength == "declared"}
    assert declared - claimed == set()


def test_a_live_records_other_declared_edges_come_from_untyped_tags_or_cards_alone(
    home: Home, typed: set[tuple[str, str, str]]
) -> None:
    query = """
    select o.id, c.id, claims.relation, p.id, claims.value from claims
    join artifacts o on o.key = claims.owner
    join artifacts c on c.key = claims.child join artifacts p on p.key = claims.parent
    where claims.signal = 'base_model_tag'
    """
    for owner, child, relation, parent, value in home.rows(query):
        assert owner == child
        if "(relation from: " not in value:
            assert (child, RELATIONS[relation].value, parent) in typed


def test_nobody_is_its_own_parent_and_the_runs_count_who_says_so(
    home: Home, typed: set[tuple[str, str, str]]
) -> None:
    assert [edge for edge in home.edges() if edge[0] == edge[2]] == []
    told = {
        notice["place"]
        for run in home.read_model.runs()
        for notice in home.read_model.notices(run["number"], 10_000)
        if notice["kind"] == "self-parent"
    }
    assert {one[0] for one in typed if one[0] == one[2]} <= told
    assert len(told) >= SELF_PARENTS
    assert sum(run["counts"]["self_parents"] for run in home.read_model.runs()) >= len(told)


def test_no_run_refused_or_dropped_anything(home: Home) -> None:
    runs = home.read_model.runs()
    assert [(r["state"], r["counts"]["refused"], r["counts"]["dropped"]) for r in runs] == (
        [("done", 0, 0)] * 10
    )


def test_the_llama_families_are_there_and_nothing_inferred_failed(home: Home) -> None:
    members = home.rows("select family, count(*) from members group by family")
    llama = {family: count for family, count in members if "llama" in family}
    assert {"llama-2", "llama-3", "llama-3.1", "llama-3.2"} <= set(llama)
    assert sum(llama.values()) >= 400
    failed = "select count(*) from findings where outcome = 'failed' and strength = 1"
    assert home.rows(failed) == [(0,)]


def test_a_second_import_of_the_last_file_changes_nothing(home: Home, shared: Path) -> None:
    counts = import_file(home.engine, expand(shared / "hub" / "series")[-1])
    assert (counts.new, counts.changed, counts.removed) == (0, 0, 0)
    assert home.build().id is None
