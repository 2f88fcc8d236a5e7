"""Crawls that are killed: the same end state, in both scopes, files included."""

from pathlib import Path

import pytest

from tests.bench.crawl_kills import kill_crawls

KILLS = 10  # in each scope


@pytest.mark.parametrize("scope", ["llama", "hub"])
def test_a_crawl_that_is_killed_again_and_again_comes_to_the_same(
    tmp_path: Path, scope: str
) -> None:
    seen = kill_crawls(tmp_path, scope, KILLS)
    assert seen.differ == []
    assert seen.kills >= KILLS
    assert seen.ends


@pytest.mark.parametrize(
    "faults",
    ["503:8+3 cut:6+9 json:4+7", "429-retry=1:2+5 500:6+20@/a", "cut:9+2@/a 503:9+4@/a"],
    ids=["lists", "limits", "files"],
)
def test_a_crawl_through_troubles_and_kills_comes_to_the_same(tmp_path: Path, faults: str) -> None:
    assert kill_crawls(tmp_path, "llama", 1, faults=faults).differ == []
