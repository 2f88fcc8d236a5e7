"""Snapshot files: JSON Lines, plain or gzip, in the Hub's list shape."""

from __future__ import annotations

import gzip
import re
import zlib
from codecs import BOM_UTF8
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import orjson

MAX_LINE = 64 << 20  # bytes; a line is one repository with its small files
_STAMP = re.compile(r"(\d{4})-(\d{2})-(\d{2})T(\d{2})(\d{2})Z")
_SUFFIXES = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")


class SnapshotError(ValueError):
    """A file that cannot be read as a snapshot at all."""


def expand(path: Path) -> list[Path]:
    """Return the snapshot files a path stands for: itself, or a folder's, in order of name."""
    if not path.exists():
        raise SnapshotError(f"{path} does not exist")
    if path.is_file():
        return [path]
    found = sorted(p for p in path.iterdir() if p.name.endswith(_SUFFIXES))
    if not found:
        raise SnapshotError(f"{path} holds no snapshot ({', '.join(_SUFFIXES)})")
    return found


def moment(path: Path) -> datetime:
    """Return the moment a snapshot speaks of: the stamp in its name, else when it was written."""
    if found := _STAMP.search(path.name):
        return datetime(*map(int, found.groups()), tzinfo=UTC)  # type: ignore[arg-type,misc]  # five ints
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def lines(path: Path) -> Iterator[tuple[int, Any, str | None]]:
    """Yield (line number, decoded object, error) for each line; blank lines are passed over.

    One of object and error is None. Raises SnapshotError where the file itself is broken, with
    the number of the last line that could be read.
    """
    number = 0
    try:
        with _open(path) as stream:
            while line := stream.readline(MAX_LINE):
                number += 1
                if len(line) == MAX_LINE and not line.endswith(b"\n"):
                    _skip_line(stream)
                    yield number, None, f"the line is longer than {MAX_LINE >> 20} MiB"
                elif line.strip():
                    yield number, *_decode(line.removeprefix(BOM_UTF8) if number == 1 else line)
    except (OSError, EOFError, zlib.error) as error:
        raise SnapshotError(f"{path} cannot be read past line {number}: {error}") from None


def _open(path: Path) -> BinaryIO | gzip.GzipFile:
    with path.open("rb") as probe:
        packed = probe.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if packed else path.open("rb")


def _skip_line(stream: BinaryIO | gzip.GzipFile) -> None:
    while (rest := stream.readline(MAX_LINE)) and not rest.endswith(b"\n"):
        pass


def _decode(line: bytes) -> tuple[Any, str | None]:
    try:
        return orjson.loads(line), None
    except orjson.JSONDecodeError as error:
        return None, f"not JSON: {error.msg} at character {error.pos}"
