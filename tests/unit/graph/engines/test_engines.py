"""An engine is one folder: found by what it declares, imported when it is asked for, apart."""

from __future__ import annotations

import pkgutil
import tomllib
from importlib import import_module
from pathlib import Path

import grimp
import pytest

from graph import engines as folder
from graph.engines import engines, open_graph
from graph.engines.port.ports import StoreError
from tests.grafted import Grafted
from tests.places import ROOT

MEMORY = ROOT / "graph" / "engines" / "memory"
ASKED = """
from graph.engines import engines, open_graph, without_secrets
from graph.engines.port.ports import Batch
store = open_graph("made-up:anywhere")
store.write("first", [Batch(nodes={"Model": [{"id": "a/b", "name": "b"}]})], fresh=True)
print(type(store).__module__, store.state().build, *store.lineage("a/b", "up", 1, 1, 9).nodes)
print(without_secrets("made-up:anywhere"), len(engines()))
"""
DRIVERS = """
import sys
import herdbook.cli
from graph.engines import engines, open_graph
engines(), open_graph("memory://")
print([name for name in ("neo4j", "kglite") if name in sys.modules])
"""


def test_a_folder_more_is_an_engine_more_with_nothing_else_edited(tmp_path: Path) -> None:
    product = Grafted(tmp_path)
    for path in MEMORY.glob("*.py"):
        text = path.read_text(encoding="utf-8").replace("engines.memory", "engines.made_up")
        added = text.replace('("memory",)', '("made-up",)')
        product.add(f"graph/engines/made_up/{path.name}", added)
    assert product.run(ASKED).split() == [
        *("graph.engines.made_up.store", "first", "a/b"),
        *("made-up:anywhere", str(len(engines()) + 1)),
    ]


def test_a_driver_is_imported_when_its_url_asks_for_it(tmp_path: Path) -> None:
    assert Grafted(tmp_path).run(DRIVERS) == "[]\n"


def test_a_url_of_no_engine_is_told_those_that_there_are() -> None:
    with pytest.raises(StoreError, match="HERDBOOK_GRAPH_URL: file names no engine") as refused:
        open_graph("file:///graph.kgl")
    for form in ("bolt://HOST:7687", "kglite:///PATH", "memory://"):
        assert form in str(refused.value)


def test_each_folder_is_a_layer_that_all_share_or_an_engine_that_imports_no_other() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (shared,) = (
        contract["layers"]
        for contract in settings["tool"]["importlinter"]["contracts"]
        if contract.get("containers") == ["graph.engines"]
    )
    apart = {module.name for module in pkgutil.iter_modules(folder.__path__)} - set(shared)
    declared = [import_module(f"graph.engines.{name}").ENGINE for name in sorted(apart)]
    assert set(engines().values()) == set(declared)
    assert sum(len(engine.schemes) for engine in declared) == len(engines())
    broken = grimp.build_graph("graph").find_illegal_dependencies_for_layers(
        layers=[apart, *shared], containers={"graph.engines"}
    )
    assert not broken
