"""What a page was asked for: query parameters as values, empty ones as not given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from graph.catalogue.model import Strength

LONGEST = 500  # characters of a filter; ids are shorter
_BIGGEST = 2**62

E = TypeVar("E", bound=StrEnum)


class Refused(Exception):
    """A page that cannot be shown as asked: the status and what to say."""

    def __init__(self, status: int, title: str, message: str) -> None:
        super().__init__(message)
        self.status, self.title, self.message = status, title, message


@dataclass(frozen=True, slots=True)
class Asked:
    """The query parameters of one page."""

    values: Mapping[str, str]

    def text(self, name: str) -> str | None:
        """Return a parameter's text without what no id holds; None for an empty one."""
        return self.values.get(name, "").replace("\0", "").strip()[:LONGEST] or None

    def number(self, name: str) -> int | None:
        """Return a whole number from 0 on."""
        text = self.text(name)
        if text is None:
            return None
        if not (text.isascii() and text.isdigit()):
            raise Refused(400, "Not a number", f"{name} must be a whole number.")
        return min(int(text[:19]), _BIGGEST)

    def one_of(self, name: str, kind: type[E]) -> E | None:
        """Return a word of an enumeration."""
        text = self.text(name)
        if text is None:
            return None
        try:
            return kind(text)
        except ValueError:
            raise Refused(400, "Not known", f"{name} is one of: {', '.join(kind)}.") from None

    def strength(self) -> Strength:
        """Return the least strength that counts; inferred when none is given."""
        text = self.text("strength")
        if text is None:
            return Strength.INFERRED
        try:
            return Strength.parse(text)
        except ValueError as error:
            raise Refused(400, "Not known", f"{error}.") from None

    def place(self, name: str) -> tuple[int, int] | None:
        """Return a place in a list, two numbers with a comma; the first may be -1."""
        text = self.text(name)
        if text is None:
            return None
        try:
            first, second = (int(part) for part in text.split(","))
        except ValueError:
            raise Refused(400, "Not a place", f"{name} must be two numbers.") from None
        return max(-1, min(first, _BIGGEST)), max(0, min(second, _BIGGEST))
