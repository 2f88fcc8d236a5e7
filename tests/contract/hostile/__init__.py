"""Hostile queries for the console, by theme: each file says what must come of them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Theme:
    """Queries that must all be ``refused``, ``unanswered``, or only done ``in time``."""

    name: str
    expect: str
    queries: tuple[str, ...]


def themes() -> list[Theme]:
    """Return what stands in the files."""
    return [_theme(path) for path in sorted(FOLDER.glob("*.toml"))]


def _theme(path: Path) -> Theme:
    told = tomllib.loads(path.read_text("utf-8"))
    return Theme(path.stem, told["expect"], tuple(_queries(told)))


def _queries(told: dict[str, Any]) -> Iterator[str]:
    yield from told.get("queries", ())
    for harm in told.get("harms", ()):
        yield from (place.replace("<>", harm) for place in told["places"])
    for one in told.get("grown", ()):
        yield one["start"] + one["part"] * one["times"] + one["end"]
