"""The map in docs/architecture.md is the import contract, and the contract is the folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.places import ROOT
from tests.tools.layers import PAGE, contracts, written

MOST = 14  # files of one folder, its __init__ not counted
PRODUCT = ("api", "crawler", "graph", "herdbook")


def test_the_map_is_the_one_of_the_contract() -> None:
    page = PAGE.read_text("utf-8")
    assert page == written(page), "run `make docs`"


def test_every_contract_inside_a_package_is_exhaustive() -> None:
    # Each engine is a folder that no list names: tests/unit/graph/engines/test_engines.py finds it.
    listed = [c for c in contracts() if c.get("containers", ["graph.engines"]) != ["graph.engines"]]
    assert all(c.get("exhaustive") for c in listed)
    assert {c["containers"][0] for c in contracts() if "containers" in c} >= set(PRODUCT)


@pytest.mark.parametrize("package", PRODUCT)
def test_no_folder_is_a_heap(package: str) -> None:
    folders = [p for p in (ROOT / package).rglob("*") if p.is_dir()] + [ROOT / package]
    held = {str(f.relative_to(ROOT)): _modules(f) for f in folders}
    assert {name: n for name, n in held.items() if n > MOST} == {}


def _modules(folder: Path) -> int:
    return sum(path.name != "__init__.py" for path in folder.glob("*.py"))
