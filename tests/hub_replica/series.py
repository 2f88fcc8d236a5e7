"""Snapshot files to the records that were live at a moment."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

Record = dict[str, Any]
SUFFIXES = (".jsonl.gz", ".jsonl")


def load_series(path: Path, at: str | None) -> list[Record]:
    """Return what was live after the files of a folder up to and including the stamp ``at``.

    A stamp is a file's name without its suffix; a moment between two stamps means the earlier.
    ``None`` takes every file. A single file has no series, so ``at`` says nothing of it.
    """
    if path.is_file():
        return live(_lines(path))
    files = sorted(f for f in path.iterdir() if f.name.endswith(SUFFIXES))
    chosen = [f for f in files if at is None or _stamp(f) <= at]
    if not chosen:
        known = ", ".join(map(_stamp, files)) or "no snapshot file at all"
        raise ValueError(f"nothing in {path} is as old as {at}: it has {known}")
    return live(line for file in chosen for line in _lines(file))


def live(lines: Iterable[Record]) -> list[Record]:
    """Apply lines in order: a removed one takes its repository away, others insert or replace."""
    state: dict[tuple[bool, str], Record] = {}
    for line in lines:
        key = (is_dataset(line), line["id"])
        if line.get("removed"):
            state.pop(key, None)
        else:
            state[key] = line
    return list(state.values())


def is_dataset(record: Record) -> bool:
    """Say whether a line is of a data set; without a kind it is of a model."""
    return record.get("kind") == "dataset"


def _stamp(file: Path) -> str:
    return file.name.partition(".jsonl")[0]


def _lines(file: Path) -> Iterator[Record]:
    reader = gzip.open if file.suffix == ".gz" else open
    with reader(file, "rb") as stream:
        yield from (orjson.loads(line) for line in stream if line.strip())
