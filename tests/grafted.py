"""A copy of the product with files added, to run code in: what one more file brings by itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.places import ROOT

PACKAGES = ("api", "crawler", "graph", "herdbook", "migrations")
LICENCE = """
kind = "open-weight"
released = 2027-01-01
hub_listed = 2027-01-02
url = "https://example.org/licence"
source = "made up"
notes = ""

[grant]
section = "1.a"
quote = "You may use it."
"""  # of a made-up licence, what stands in each; its own keys come before, its obligations after
_NO_PRODUCT = shutil.ignore_patterns("node_modules", "__pycache__")


class Grafted:
    """The product in a folder of its own; its home, with an empty register, stands beside it."""

    def __init__(self, folder: Path) -> None:
        self.root, self.home = folder / "product", folder / "home"
        for package in PACKAGES:
            shutil.copytree(ROOT / package, self.root / package, ignore=_NO_PRODUCT)

    def add(self, place: str, text: str) -> None:
        """Write a file, given by its place in the repository; one that is there grows by it."""
        path = self.root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(text)

    def run(self, code: str, *words: str) -> str:
        """Run Python code in the copy and return what it prints; `tests` are the repository's."""
        return self._said("-c", code, *words)

    def herdbook(self, *words: str, code: int = 0) -> str:
        """Run the command line in the copy, which ends with a code, and return what it prints."""
        return self._said("-m", "herdbook", *words, code=code)

    def _said(self, *words: str, code: int = 0) -> str:
        own = {name: value for name, value in os.environ.items() if not name.startswith("HERDBOOK")}
        own |= {"PYTHONPATH": os.pathsep.join((str(self.root), str(ROOT)))}
        own |= {"HERDBOOK_HOME": str(self.home), "HERDBOOK_GRAPH_URL": "memory://"}
        done = subprocess.run(
            [sys.executable, *words], cwd=self.root, env=own, capture_output=True, text=True
        )
        assert done.returncode == code, f"{done.stdout}\n{done.stderr}"
        return done.stdout
