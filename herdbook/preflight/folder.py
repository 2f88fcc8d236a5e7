"""A folder that is to be uploaded: its file list, and the small texts that a judgement reads."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from graph.compliance.repository_texts import could_hold
from graph.evidence.record import MAX_CARD, MAX_FILE
from graph.preflight import PlanRefused

MAX_FOLDER = 100_000  # files; a folder with more is not one that is to be uploaded
_DATA = (".json", ".yml", ".yaml")  # in the folder itself: what signals may read
_PASSED_OVER = frozenset({".git", ".cache", "__pycache__"})


def names(folder: Path) -> Iterator[str]:
    """Yield the paths of a folder's files, in order. Raises PlanRefused."""
    if not folder.is_dir():
        raise PlanRefused(f"{folder} is no folder")
    count = 0
    for place, inside, files in os.walk(folder):
        inside[:] = sorted(set(inside) - _PASSED_OVER)
        for name in sorted(files):
            count += 1
            if count > MAX_FOLDER:
                raise PlanRefused(f"{folder} holds more than {MAX_FOLDER:,} files")
            yield (Path(place) / name).relative_to(folder).as_posix()


def texts(folder: Path, listed: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the small texts that a judgement reads; the rest counts as seen and not read."""
    for name in listed:
        path, limit = folder / name, MAX_CARD if name == "README.md" else MAX_FILE
        data = "/" not in name and name.endswith(_DATA)
        if not (could_hold(name) or data) or not path.is_file():
            continue
        if path.stat().st_size <= limit:
            yield name, path.read_text(encoding="utf-8", errors="replace")
