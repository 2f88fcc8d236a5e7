"""The whole series on PostgreSQL comes to the same findings and edges as on SQLite."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crawler.ingest.importer import import_file
from crawler.ingest.snapshot import expand
from tests.home import Home

pytestmark = pytest.mark.shared


def outcome(home: Home, series: Path) -> dict[str, Any]:
    """Import and build, and return all that was found; SQL's own numbers aside."""
    for path in expand(series):
        import_file(home.engine, path)
    home.build()
    found = home.found()
    found["standings"] = [row[:-1] for row in found["standings"]]
    runs = [
        {**run, "id": None, "started": None, "finished": None} for run in home.read_model.runs()
    ]
    told = {"runs": runs, "live": sorted(home.live()), "edges": sorted(home.edges()), **found}
    home.close()
    return told


def test_both_databases_find_the_same(shared: Path, tmp_path: Path, postgres_url: str) -> None:
    here, there = tmp_path / "sqlite", tmp_path / "postgresql"
    here.mkdir()
    there.mkdir()
    one = outcome(Home(here), shared / "hub" / "series")
    other = outcome(Home(there, database=postgres_url), shared / "hub" / "series")
    for what, told in one.items():
        assert other[what] == told, what
    assert len(one["edges"]) > 10_000
    assert len(one["findings"]) > 3_000
