"""``/api/models`` and ``/api/datasets``: a page of what matches, and the link to the next."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from urllib.parse import urlencode

from starlette.responses import Response

from .answers import json_answer
from .ask import Ask
from .catalogue import Position
from .fields import shape
from .query import Query, read_query, write_cursor


def list_repositories(ask: Ask) -> Response:
    """Answer one page of a listing."""
    query = read_query(ask.request.query_params, ask.fields)
    found = ask.catalogue.ordered(
        query.sort, tags=query.tags, author=query.author, search=query.search
    )
    page, more = _page(found, query)
    records = [ask.catalogue.get(repo) for _, repo in page]
    rows = [shape(r, query.fields, ask.world.models) for r in records if r is not None]
    return json_answer(rows, headers=_link(ask, query.sort, page[-1]) if more else None)


def _page(found: list[Position], query: Query) -> tuple[list[Position], bool]:
    """Cut the page that follows the cursor out of an ascending list; say if more follows."""
    if query.ascending:
        start = bisect_right(found, query.after) if query.after else 0
        stop = start + query.limit
        return found[start:stop], stop < len(found)
    stop = bisect_left(found, query.after) if query.after else len(found)
    start = max(stop - query.limit, 0)
    return found[start:stop][::-1], start > 0


def _link(ask: Ask, sort: str, last: Position) -> dict[str, str]:
    """Repeat the request's own parameters with the next cursor, percent-encoded throughout."""
    params = [(k, v) for k, v in ask.request.query_params.multi_items() if k != "cursor"]
    params.append(("cursor", write_cursor(sort, last)))
    return {"link": f'<{ask.host}/api/{ask.kind}?{urlencode(params)}>; rel="next"'}
