"""Which knowledge a record was read with: stored with it, so that new knowledge reads it again."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

_FOLDERS = ("graph.catalogue", "graph.evidence")
_KINDS = (".py", ".toml")


@cache
def version() -> int:
    """Return a number, 31 bits for a column of SQL, of all code and data that records are read by.

    Claims, classifications and declared licences rest on signals and features, these on what the
    catalogue knows of families, names and licences: a change in any file gives another number, on
    every platform the same. Comments count, for which lines are comments depends on who parses
    them; a number that moved for nothing costs time and asks the Hub for nothing, one that stayed
    where it should not leaves wrong claims.
    """
    digest = sha256()
    for folder in _FOLDERS:
        for name, content in sorted(_contents(files(folder), folder)):
            digest.update(f"{name} {len(content)}\n".encode() + content)
    return int.from_bytes(digest.digest()[:4], "big") >> 1


def _contents(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield each file below a folder, with the line ends that it has in the repository."""
    for one in folder.iterdir():
        if one.is_dir():
            yield from _contents(one, f"{name}/{one.name}")
        elif one.name.endswith(_KINDS):
            yield f"{name}/{one.name}", one.read_bytes().replace(b"\r\n", b"\n")
