"""The query of a listing, read as strictly as the rules want it."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import QueryParams

from .answers import HubError
from .catalogue import Selection
from .cursor import Cursor
from .fields import Fields, names
from .refusals import invalid_option
from .rules import Asked, Rules

KNOWN = frozenset(
    names("filter author search sort direction limit full cardData config expand expand[] cursor")
)
NOBODY = "\n"
"""No tag and in no id: what a filter or a search that finds nothing looks for."""


@dataclass(frozen=True)
class Query:
    """What a listing asks for; the defaults are the Hub's."""

    selection: Selection
    ascending: bool
    limit: int
    cursor: Cursor | None
    fields: tuple[str, ...]


def read_query(
    params: QueryParams, kind: str, fields: Fields, rules: Rules, *, private: bool
) -> Query:
    """Read a listing's parameters; HubError says what is wrong with them.

    A parameter of the Hub that the replica lacks is refused (501): passing over it would give a
    wrong list without a word.
    """
    if unknown := sorted(set(params) - KNOWN):
        raise HubError(501, f"The replica does not know the parameter {unknown[0]}")
    sort = _sort(params, rules)
    return Query(
        selection=Selection(
            sort=sort,
            tags=_tags(params, rules),
            author=params.get("author") or None,
            search=_followed(tuple(params.getlist("search")), rules.search, "search"),
            private=private,
            any_case=rules.filter_case == "insensitive",
        ),
        ascending=_ascending(params.get("direction"), rules),
        limit=_limit(params.get("limit"), rules),
        cursor=_cursor(params.get("cursor"), sort, rules),
        fields=listed_fields(params, kind, fields, rules),
    )


def listed_fields(params: QueryParams, kind: str, fields: Fields, rules: Rules) -> tuple[str, ...]:
    """Return the fields that a list's rows show."""
    if expand := expanded_fields(params, rules.expandable(kind, one=False), rules):
        if _is_true(params, "full"):
            raise HubError(400, '"expand" and "full" cannot be asked for together')
        return expand
    shown = fields.listed
    if _is_true(params, "full"):
        shown += fields.full
    return shown + tuple(name for name in ("cardData", "config") if _is_true(params, name))


def expanded_fields(params: QueryParams, allowed: tuple[str, ...], rules: Rules) -> tuple[str, ...]:
    """Return the fields asked for by name; one that is not allowed refuses the whole request."""
    spellings = {"plain": ("expand",), "brackets": ("expand[]",)}.get(
        rules.expand_spelling, ("expand", "expand[]")
    )
    asked = tuple(name for spelling in spellings for name in params.getlist(spelling))
    if rules.unknown_expand == "refuse" and not set(asked) <= set(allowed):
        raise invalid_option(allowed, rules)
    return tuple(name for name in asked if name in allowed)


def _sort(params: QueryParams, rules: Rules) -> str:
    sort = params.get("sort", "trendingScore")
    if "sort" in params and sort not in rules.sorts:
        raise invalid_option(rules.sorts, rules)
    return sort if rules.sort == "followed" else ""


def _tags(params: QueryParams, rules: Rules) -> tuple[str, ...]:
    tags = tuple(tag for tag in ",".join(params.getlist("filter")).split(",") if tag)
    if rules.filter_case == "refused" and any(tag != tag.lower() for tag in tags):
        raise HubError(400, "Invalid filter: expected lower case")
    return _followed(tags, rules.filter, "filter")


def _followed(asked: tuple[str, ...], rule: Asked, name: str) -> tuple[str, ...]:
    """Return what is looked for of what was asked, as far as the rule lets it count."""
    if asked and rule == "refused":
        raise HubError(400, f"Invalid parameter: {name}")
    if asked and rule == "empty":
        return (NOBODY,)
    return () if rule == "ignored" else asked


def _ascending(direction: str | None, rules: Rules) -> bool:
    if direction is None:
        return False
    if rules.direction == "refused" or direction not in {"1", "-1"}:
        raise HubError(400, "Invalid direction: expected -1")
    return direction == "1" and rules.direction == "both"


def _cursor(text: str | None, sort: str, rules: Rules) -> Cursor | None:
    return None if text is None else Cursor.read(text, sort, rules.cursor_expires)


def _limit(text: str | None, rules: Rules) -> int:
    if text is None:
        return rules.max_limit
    if not text.isdecimal() or int(text) < 1:
        raise HubError(400, "Invalid limit: expected a number of at least 1")
    if int(text) > rules.max_limit and rules.over_max_limit == "refuse":
        raise HubError(400, f"Invalid limit: expected at most {rules.max_limit}")
    return min(int(text), rules.max_limit)


def _is_true(params: QueryParams, name: str) -> bool:
    return params.get(name, "").lower() in {"true", "1"}
