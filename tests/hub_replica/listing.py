"""``/api/models`` and ``/api/datasets``: a page of what matches, and the link to the next."""

from __future__ import annotations

import time
from bisect import bisect_left, bisect_right
from urllib.parse import urlencode

from starlette.responses import Response

from .answers import encoded_answer
from .ask import Ask
from .catalogue import Position
from .cursor import Cursor
from .query import Query, read_query
from .rows import spoil


def list_repositories(ask: Ask) -> Response:
    """Answer one page of a listing."""
    params, rules = ask.request.query_params, ask.rules
    query = read_query(params, ask.kind, ask.fields, rules, private=ask.sees_private)
    page, more = _page(ask.catalogue.ordered(query.selection), query)
    repos = [repo for _, repo in page]
    rows = spoil(ask.world.rows[ask.kind].encoded(repos, query.fields, rules), rules)
    body = b"[" + b",".join(rows) + b"]"
    if rules.list_shape == "object":
        body = b'{"items":' + body + b"}"
    return encoded_answer(body, headers=_link(ask, query, page) if more else None)


def _page(found: list[Position], query: Query) -> tuple[list[Position], bool]:
    """Cut the page that follows the cursor out of an ascending list; say if more follows."""
    after = query.cursor and query.cursor.after
    if query.ascending:
        start = bisect_right(found, after) if after else 0
        stop = start + query.limit
        return found[start:stop], stop < len(found)
    stop = bisect_left(found, after) if after else len(found)
    start = max(stop - query.limit, 0)
    return found[start:stop][::-1], start > 0


def _link(ask: Ask, query: Query, page: list[Position]) -> dict[str, str]:
    """Return the header that leads to the next page, as the rules have it."""
    number, rule = query.cursor.page if query.cursor else 1, ask.rules.next_link
    if rule == "missing" or 0 < ask.rules.cursor_ends_after <= number:
        return {}
    again = min(ask.rules.duplicates, len(page) - 1)
    following = Cursor(query.selection.sort, page[-1 - again], number + 1, time.time())
    if rule == "same-cursor" and query.cursor is not None:
        following = query.cursor
    if rule == "malformed":
        return {"link": f"next: cursor={following.write()}"}
    host = {"relative": "", "other-host": ask.rules.other_host}.get(rule, ask.host)
    return {"link": f'<{host}/api/{ask.kind}?{_repeated(ask, following)}>; rel="next"'}


def _repeated(ask: Ask, following: Cursor) -> str:
    """Repeat the request's own parameters with the next cursor, percent-encoded throughout."""
    params = [(k, v) for k, v in ask.request.query_params.multi_items() if k != "cursor"]
    return urlencode([*params, ("cursor", following.write())])
