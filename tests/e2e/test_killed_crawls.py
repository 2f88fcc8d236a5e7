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


ONE_PAGE_IN_TEN = " ".join(f"503+{n}@/api/" for n in range(5, 400, 9))
EVERY_TWENTIETH_CUT = " ".join(f"cut+{n}" for n in range(12, 800, 19))
THREE_FILES_IN_A_ROW = "500:3+4@/a 500:3+25@/a 500:3+60@/a"


@pytest.mark.parametrize(
    "faults",
    [
        f"{ONE_PAGE_IN_TEN} {EVERY_TWENTIETH_CUT}",
        THREE_FILES_IN_A_ROW,
        "429-retry=1:2+5 json:4+7 500:6+20@/a",
    ],
    ids=["one-page-in-ten", "three-files-in-a-row", "limits"],
)
def test_a_crawl_through_troubles_and_kills_comes_to_the_same(tmp_path: Path, faults: str) -> None:
    assert kill_crawls(tmp_path, "llama", 1, faults=faults).differ == []
