"""The opaque cursor of a list: where its page ended, so that it is right whatever comes or goes."""

from __future__ import annotations

import base64
import binascii
import time
from dataclasses import dataclass
from typing import Any

import orjson

from .answers import HubError
from .catalogue import SORTS, Position


@dataclass(frozen=True)
class Cursor:
    """The place after which a page begins, which page it is, and when the cursor was given out."""

    sort: str
    after: Position
    page: int
    since: float

    def write(self) -> str:
        """Return the cursor as text, base64 of JSON like the Hub's own."""
        value = [self.sort, self.after, self.page, self.since]
        return base64.b64encode(orjson.dumps({"_id": {"$lt": value}})).decode()

    @classmethod
    def read(cls, text: str, sort: str, lasts: float) -> Cursor:
        """Read a cursor; it is good for the sort that it was made for, and ``lasts`` seconds."""
        try:
            read: Any = orjson.loads(base64.b64decode(text, validate=True))
            made_for, (value, repo), page, since = read["_id"]["$lt"]
        except (binascii.Error, ValueError, KeyError, TypeError):
            raise HubError(400, "Invalid cursor") from None
        known = str if isinstance(SORTS[sort], str) else (int, float)
        if made_for != sort or not isinstance(value, known) or not isinstance(repo, str):
            raise HubError(400, f"Invalid cursor: it was not made for sort={sort}")
        if lasts and time.time() - float(since) > lasts:
            raise HubError(400, "Invalid cursor: it has expired")
        return cls(sort, (value, repo), int(page), float(since))


def page_of(cursor: str | None) -> int:
    """Return which page a cursor leads to; 1 without one, 2 for one that nobody gave out."""
    if cursor is None:
        return 1
    try:
        return int(orjson.loads(base64.b64decode(cursor, validate=True))["_id"]["$lt"][2])
    except (binascii.Error, ValueError, KeyError, TypeError, IndexError):
        return 2
