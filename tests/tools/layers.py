"""Write the map of the layers into docs/architecture.md, from the import contract.

The contract's levels are the folders; a folder's words are the first line of its docstring. Run:
.venv/bin/python -m tests.tools.layers
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.places import ROOT

PAGE = ROOT / "docs" / "architecture.md"
BEGIN = "<!-- Written by `make docs` from the import contract; a test compares. -->"
END = "<!-- The end of what is written. -->"
WIDTH = 22


def contracts() -> list[dict[str, Any]]:
    """Return the contracts of layers, as pyproject.toml has them."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [c for c in told["tool"]["importlinter"]["contracts"] if c["type"] == "layers"]


def section() -> str:
    """Return the map: what stands higher may import what stands lower, never the reverse."""
    inside = {c["containers"][0]: c for c in contracts() if "containers" in c}
    (outermost,) = (c for c in contracts() if "containers" not in c)
    lines = [line for level in outermost["layers"] for line in _level("", level, inside, 0)]
    return "\n".join((BEGIN, "```", *lines, "```", END))


def _level(
    container: str, level: str, inside: dict[str, dict[str, Any]], depth: int
) -> Iterator[str]:
    """Yield a level: its folders, which are strangers to each other, and what is in each."""
    for number, name in enumerate(level.split(" | ")):
        full = f"{container}.{name}".lstrip(".")
        place = ROOT / full.replace(".", "/")
        beside = "| " if number else ""
        shown = "  " * depth + beside + (f"{name}/" if place.is_dir() else f"{name}.py")
        yield f"{shown:{WIDTH}} {_words(place)}".rstrip()
        for lower in inside.get(full, {}).get("layers", ()):
            yield from _level(full, lower, inside, depth + 1)


def _words(place: Path) -> str:
    file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    told = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return told.partition("\n")[0].replace("``", "")


def written(text: str) -> str:
    """Return the page with the map as it is now."""
    made = re.sub(
        f"{re.escape(BEGIN)}.*?{re.escape(END)}", lambda _: section(), text, flags=re.DOTALL
    )
    if BEGIN not in made:
        raise ValueError(f"{PAGE.name} has no place for the map: {BEGIN}")
    return made


def main() -> None:
    """Write the page."""
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
