"""Cursor pagination: where the next page begins, packed so that nobody builds on its form.

A cursor holds the place where its page ended and a mark of the question it belongs to, so that
one taken to another list or to other filters is refused and not answered wrongly.
"""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Annotated, Any, TypeVar
from urllib.parse import quote, urlencode

import orjson
from fastapi import Depends, Query, Request, Response

from api.http.errors import Problem
from api.schemas.base import Listing, Schema

Place = tuple[str | int, ...]
T = TypeVar("T")
L = TypeVar("L", bound=Listing[Any])
_PAGING = ("cursor", "limit")
_LARGEST = (1 << 63) - 1  # what the databases take as a whole number


@dataclass(frozen=True, slots=True)
class Paging:
    """One page asked for: how long, and after which place."""

    limit: int
    request: Request
    response: Response
    cursor: str | None

    @property
    def take(self) -> int:
        """How many rows to read: one more than shown tells whether a next page is there."""
        return self.limit + 1

    def after(self, *types: type) -> Any:
        """Return the place to go on from, or None for the first page.

        Raises Problem (400) for a cursor that this list did not give out.
        """
        if self.cursor is None:
            return None
        place = _unpacked(self.cursor, self._mark())
        fits = place is not None and tuple(map(type, place)) == types
        if not fits or any(isinstance(p, int) and abs(p) > _LARGEST for p in place or ()):
            detail = "The cursor is not one that this list gave out."
            raise Problem(400, detail, kind="wrong-cursor")
        return place

    def page(
        self,
        kind: type[L],
        rows: Sequence[T],
        place: Callable[[T], Place],
        of: Callable[[T], Schema],
    ) -> L:
        """Return rows, of which one more than the limit was read, as a page with its cursor.

        ``of`` makes an item of a row.
        """
        shown = rows[: self.limit]
        more = len(rows) > len(shown)
        cursor = _packed(self._mark(), place(shown[-1])) if more else None
        if cursor:
            self.response.headers["Link"] = f'<{self._next(cursor)}>; rel="next"'
        return kind(items=[of(row) for row in shown], next=cursor)

    def _question(self) -> list[tuple[str, str]]:
        asked = self.request.query_params.multi_items()
        return sorted((name, value) for name, value in asked if name not in _PAGING)

    def _mark(self) -> str:
        question = repr((self.request.scope["path"], self._question()))
        return blake2b(question.encode("utf-8", "backslashreplace"), digest_size=6).hexdigest()

    def _next(self, cursor: str) -> str:
        """Return the next page's address, relative: a Host header from outside is not repeated."""
        query = [*self._question(), ("limit", str(self.limit)), ("cursor", cursor)]
        return f"{quote(self.request.scope['path'])}?{urlencode(query)}"


def _packed(mark: str, place: Place) -> str:
    return urlsafe_b64encode(orjson.dumps([mark, *place])).rstrip(b"=").decode()


def _unpacked(cursor: str, mark: str) -> Place | None:
    try:
        told = orjson.loads(urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError):
        return None
    good = isinstance(told, list) and told[:1] == [mark]
    return tuple(told[1:]) if good else None


def _paging(
    request: Request,
    response: Response,
    limit: Annotated[int, Query(ge=1, le=500, description="Items on a page.")] = 50,
    cursor: Annotated[
        str | None,
        Query(
            max_length=2048,
            description="The `next` of the page before, with the same filters.",
            examples=["WyI0ZjE2NjE0MzVmNTIiLCJhY21lL0xsYW1hLTMuMS04QiJd"],
        ),
    ] = None,
) -> Paging:
    return Paging(limit, request, response, cursor)


Page = Annotated[Paging, Depends(_paging)]
