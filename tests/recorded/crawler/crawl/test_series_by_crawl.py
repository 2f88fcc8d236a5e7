"""The same end by crawl as by import: the replica of the series, asked at two moments."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.crawl.crawl import crawl
from crawler.hub import Hub
from crawler.ingest.importer import import_file
from crawler.ingest.snapshot import expand
from graph.engines.queries.query import library
from tests.home import Home
from tests.hub_replica import Replica, load_series, serve

pytestmark = pytest.mark.shared
THEN, NOW = "2026-08-19T2000Z", "2026-08-21T2000Z"
LLAMAS = (  # of a model in several families the firmest comes last
    "MATCH (m)-[i:IN_FAMILY]->(f:Family {llama: true}) WHERE m.crawled "
    "RETURN m.id AS id, i.strength AS s ORDER BY s DESC"
)


def opened(factory: pytest.TempPathFactory, name: str) -> Home:
    folder = factory.mktemp(name)
    return Home(folder, f"kglite:///{folder}/graph.kgl")


@pytest.fixture(scope="module")
def imported(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    home = opened(tmp_path_factory, "imported")
    for path in expand(shared / "hub" / "series"):
        import_file(home.engine, path)
    home.build()
    yield home
    home.close()


@pytest.fixture(scope="module")
def replica(shared: Path) -> Iterator[tuple[Replica, Hub]]:
    served = Replica(load_series(shared / "hub" / "series", THEN))
    with serve(served.app) as url:
        yield served, Hub(url)


def test_two_crawls_of_the_hub_end_where_importing_the_series_does(
    shared: Path,
    imported: Home,
    replica: tuple[Replica, Hub],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    served, hub = replica
    home = opened(tmp_path_factory, "crawled")
    crawl(home.engine, hub, "hub")
    home.build()
    served.replace(load_series(shared / "hub" / "series", NOW))
    crawl(home.engine, hub, "hub")
    crawl(home.engine, hub, "hub")  # what is gone is gone when two lists do not hold it
    assert not home.build().fresh
    assert home.live() == imported.live()
    assert home.edges() == imported.edges()
    found, expected = home.found(), imported.found()
    for name in ("findings", "members"):
        assert found[name] == expected[name]
    assert [row[:-1] for row in found["standings"]] == [row[:-1] for row in expected["standings"]]
    home.close()


def test_scope_llama_keeps_every_llama_descendant_that_the_whole_list_holds(
    shared: Path,
    imported: Home,
    replica: tuple[Replica, Hub],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    served, hub = replica
    served.replace(load_series(shared / "hub" / "series", NOW))
    home = opened(tmp_path_factory, "llama")
    crawl(home.engine, hub, "llama")
    llamas = {row[0] for row in imported.cypher(LLAMAS)}
    assert len(llamas) > 300
    assert llamas <= home.live()
    assert len(home.live()) < 2 * len(llamas)
    home.close()


def test_shares_are_the_same_in_both_scopes(
    shared: Path,
    replica: tuple[Replica, Hub],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    served, hub = replica
    served.replace(load_series(shared / "hub" / "series", NOW))
    rows = {}
    for scope in ("hub", "llama"):
        home = opened(tmp_path_factory, f"shares-{scope}")
        crawl(home.engine, hub, "hub" if scope == "hub" else "llama")
        home.build()
        asked = library()["llama-share"].ask(home.console, {"strengths": ["declared"]})
        (rows[scope],) = asked.records()
        home.close()
    assert rows["hub"] == rows["llama"]
    assert rows["hub"]["models"] == 13_192
