"""Runs as lines of a list. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

COUNTS = ("records", "new", "changed", "removed", "refused", "dropped", "self_parents")
WORDS = {"self_parents": "own parent"}


def line(run: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a list shows of a run; an import's source without its folder."""
    counts = {name: int((run["counts"] or {}).get(name, 0)) for name in COUNTS}
    source = str(run["source"])
    return {
        **{k: run[k] for k in ("id", "kind", "scope", "state", "as_of", "started", "finished")},
        "source": source.rpartition("/")[2] if run["kind"] == "import" else source,
        "counts": [(WORDS.get(name, name), value) for name, value in counts.items()],
    }
