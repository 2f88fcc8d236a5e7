"""The product can be imported, and its console asked, where the system is no Unix."""

from __future__ import annotations

import logging
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

from graph.engines import open_graph
from graph.engines.port.ports import CypherConsole
from tests.places import ROOT

PACKAGES = ("api", "crawler", "graph", "herdbook", "migrations")
RUN_AT_ONCE = ("__main__", "migrations.env")  # by being imported
WITHOUT = """
import sys
sys.modules |= dict.fromkeys(("fcntl", "resource"))  # importing one raises ImportError
from importlib import import_module
for name in sys.argv[1:]:
    import_module(name)
"""


def modules() -> list[str]:
    """Every module of the product."""
    found = [
        module.name
        for package in PACKAGES
        for module in pkgutil.walk_packages([str(ROOT / package)], f"{package}.")
    ]
    assert len(found) > 200
    return [name for name in found if not name.endswith(RUN_AT_ONCE)]


def test_every_module_is_imported_without_what_only_a_unix_has() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, "herdbook.cli", *modules()],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_console_that_the_system_does_not_confine_answers_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "resource.py").write_text("raise ImportError\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)  # the process is given what is on the path
    store = open_graph(f"kglite:///{tmp_path}/graph.kgl")
    store.write("first", [], fresh=True)
    assert isinstance(store, CypherConsole)
    with caplog.at_level(logging.WARNING):
        assert store.cypher("RETURN 1 AS one", {}, seconds=30, rows=1).rows == [[1]]
    store.close()
    assert "not confined" in caplog.text
