"""CI says early that the locked embedded engine can no longer be installed, and what to do."""

from __future__ import annotations

import os
import subprocess
import tomllib
from pathlib import Path
from zipfile import ZipFile

from tests.places import ROOT

LOCK = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
(LOCKED,) = (package["version"] for package in LOCK["package"] if package["name"] == "kglite")


def index(folder: Path, version: str) -> str:
    """Make a package index that serves one version of the engine; return its address."""
    name, told = f"kglite-{version}-py3-none-any.whl", f"kglite-{version}.dist-info"
    page = folder / "kglite" / "index.html"
    page.parent.mkdir()
    page.write_text(f'<a href="{name}">{name}</a>', encoding="utf-8")
    with ZipFile(page.with_name(name), "w") as made:
        head = f"Metadata-Version: 2.1\nName: kglite\nVersion: {version}"
        made.writestr(f"{told}/METADATA", head)
        made.writestr(f"{told}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any")
        made.writestr(f"{told}/RECORD", "")
    return folder.as_uri()


def asked(folder: Path, address: str) -> subprocess.CompletedProcess[str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("UV_")}
    uv = {"UV_DEFAULT_INDEX": address, "UV_HTTP_RETRIES": "0", "UV_CACHE_DIR": str(folder / "c")}
    return subprocess.run(
        ["make", "--silent", "--no-print-directory", "served"],
        cwd=ROOT,
        env=own | uv,
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_is_said_while_it_is_served(tmp_path: Path) -> None:
    done = asked(tmp_path, index(tmp_path, LOCKED))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_it_is_told_once_it_is_gone(tmp_path: Path) -> None:
    done = asked(tmp_path, index(tmp_path, "0.99.0"))
    assert done.returncode
    assert f"kglite {LOCKED}, which uv.lock names, is no longer served" in done.stderr
    assert "docs/operations.md" in done.stderr
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert "uv lock --upgrade-package kglite" in page


def test_an_index_that_does_not_answer_is_no_proof(tmp_path: Path) -> None:
    done = asked(tmp_path, "http://127.0.0.1:9/")
    assert done.returncode == 0
    assert f"nobody could be asked whether kglite {LOCKED}" in done.stderr


def test_ci_asks_before_it_installs() -> None:
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert run.index("make served\n") < run.index("make check\n")
