"""The query of a listing, read as strictly as a test wants it."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.datastructures import QueryParams

from .answers import HubError
from .catalogue import SORTS, Position
from .fields import Fields, names

LIMIT = 1000
DIRECTIONS = {"-1": False, "1": True}
KNOWN = frozenset(
    names("filter author search sort direction limit full cardData config expand expand[] cursor")
)


@dataclass(frozen=True)
class Query:
    """What a listing asks for; the defaults are the Hub's."""

    tags: tuple[str, ...]
    author: str | None
    search: tuple[str, ...]
    sort: str
    ascending: bool
    limit: int
    after: Position | None
    fields: tuple[str, ...]


def read_query(params: QueryParams, fields: Fields) -> Query:
    """Read a listing's parameters; HubError says what is wrong with them.

    A parameter of the Hub that the replica lacks is refused (501): passing over it would give a
    wrong list without a word.
    """
    if unknown := sorted(set(params) - KNOWN):
        raise HubError(501, f"The replica does not implement: {', '.join(unknown)}")
    sort = params.get("sort", "trendingScore")
    if sort not in SORTS:
        raise _invalid("sort", SORTS)
    direction = params.get("direction", "-1")
    if direction not in DIRECTIONS:
        raise _invalid("direction", tuple(DIRECTIONS))
    filters = ",".join(params.getlist("filter")).split(",")
    return Query(
        tags=tuple(tag for tag in filters if tag),
        author=params.get("author") or None,
        search=tuple(params.getlist("search")),
        sort=sort,
        ascending=DIRECTIONS[direction],
        limit=_limit(params.get("limit")),
        after=read_cursor(params["cursor"], sort) if "cursor" in params else None,
        fields=listed_fields(params, fields),
    )


def listed_fields(params: QueryParams, fields: Fields) -> tuple[str, ...]:
    """Return the fields that a list's rows show."""
    if expand := expanded_fields(params, fields):
        if _is_true(params, "full"):
            raise HubError(400, '"expand" and "full" cannot be asked for together')
        return expand
    shown = fields.listed
    if _is_true(params, "full"):
        shown += fields.full
    return shown + tuple(name for name in ("cardData", "config") if _is_true(params, name))


def expanded_fields(params: QueryParams, fields: Fields) -> tuple[str, ...]:
    """Return the fields asked for by name, every one of which the Hub must know."""
    asked = (*params.getlist("expand"), *params.getlist("expand[]"))
    if not set(asked) <= set(fields.expandable):
        raise _invalid("expand", fields.expandable)
    return asked


def write_cursor(sort: str, last: Position) -> str:
    """Return an opaque cursor: the place of a page's last row, right whatever comes or goes."""
    return base64.b64encode(orjson.dumps({"sort": sort, "after": last})).decode()


def read_cursor(cursor: str, sort: str) -> Position:
    """Return the place a cursor speaks of; it is good for the sort that it was made for."""
    try:
        read: Any = orjson.loads(base64.b64decode(cursor, validate=True))
        value, repo = read["after"]
    except (binascii.Error, ValueError, KeyError, TypeError):
        raise HubError(400, "Invalid cursor") from None
    known = str if isinstance(SORTS[sort], str) else (int, float)
    if read.get("sort") != sort or not isinstance(value, known) or not isinstance(repo, str):
        raise HubError(400, f"Invalid cursor: it was not made for sort={sort}")
    return value, repo


def _limit(text: str | None) -> int:
    if text is None:
        return LIMIT
    if not text.isdecimal() or int(text) < 1:
        raise HubError(400, "Invalid limit: expected a number of at least 1")
    return min(int(text), LIMIT)


def _is_true(params: QueryParams, name: str) -> bool:
    return params.get(name, "").lower() in {"true", "1"}


def _invalid(name: str, options: Sequence[str] | dict[str, Any]) -> HubError:
    listed = "|".join(f'"{option}"' for option in options)
    return HubError(400, f"Invalid option: expected one of {listed} at {name}")
