"""A handful of records for tests of the replica itself."""

from __future__ import annotations

from typing import Any

from .series import Record


def model(repo: str, *tags: str, **more: Any) -> Record:
    """Return a model of an owner, with tags and whatever else."""
    return {"id": repo, "author": repo.partition("/")[0], "tags": list(tags), **more}


def numbered(count: int, **more: Any) -> list[Record]:
    """Return models ``o/00000`` and on; the higher the number, the later created."""
    return [
        model(
            f"o/{n:05}", createdAt=f"2024-01-{n // 1440 % 28 + 1:02}T{n // 60 % 24:02}:{n % 60:02}"
        )
        | more
        for n in range(count)
    ]


def files_of(repo: str, **more: Any) -> Record:
    """Return a model with a few small files."""
    files = {"README.md": "# It\n", "config.json": "{}", "sub/a.txt": "a"}
    return model(repo, sha="a" * 40, files=files, **more)
