"""Queries that a person has saved: files in a folder, one each."""

from __future__ import annotations

from pathlib import Path

from herdbook.console.commands import CommandError, is_name, saved_name


class Saved:
    """The saved queries of one folder, which is made when the first is saved."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> list[str]:
        """Return the names in order."""
        found = (path.stem for path in self._folder.glob("*.cypher"))
        return sorted(name for name in found if is_name(name))

    def read(self, name: str) -> str | None:
        """Return a saved query, or None where none has this name. Raises CommandError."""
        path = self._path(name)
        try:
            return path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{path} cannot be read: {error}") from None

    def write(self, name: str, query: str) -> Path:
        """Save a query, in the place of one of the same name. Raises CommandError."""
        path = self._path(name)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_text(query.strip() + "\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error}") from None
        return path

    def _path(self, name: str) -> Path:
        return self._folder / f"{saved_name(name)}.cypher"
