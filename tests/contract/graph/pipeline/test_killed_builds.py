"""A graph server and its builder, killed in the middle of builds."""

from pathlib import Path

import pytest

from tests.bench.kills import kill_builds
from tests.services.neo4j import Neo4j

MODELS, KILLS = 10_000, 2


@pytest.mark.neo4j
def test_nothing_is_ever_missing_and_the_next_build_repairs(tmp_path: Path) -> None:
    with Neo4j.start(tmp_path) as server:
        seen = kill_builds(server, MODELS, KILLS)
    assert not seen.wrong
    assert seen.looks
    assert (seen.builders_killed, seen.servers_killed) == (KILLS, KILLS)
    for said in seen.refusals:
        assert said.startswith("HERDBOOK_GRAPH_URL: bolt://")
