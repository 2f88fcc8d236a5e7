"""Which address is answered by what.

Routes match the raw path, since a revision may hold an encoded slash (``refs%2Fpr%2F1``).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from starlette.responses import Response

from .ask import Ask
from .files import send_file
from .listing import list_repositories
from .repository import show_repository, show_tree

Handler = Callable[[Ask], Response]

_API = r"/api/(?P<kind>models|datasets)"
_REPO = r"(?P<repo>[^/]+(?:/[^/]+)?)"
_ROUTES: tuple[tuple[re.Pattern[str], Handler], ...] = (
    (re.compile(_API), list_repositories),
    (re.compile(rf"{_API}/{_REPO}/revision/[^/]+"), show_repository),
    (re.compile(rf"{_API}/{_REPO}/tree/[^/]+(?:/(?P<path>.*))?"), show_tree),
    (re.compile(rf"{_API}/{_REPO}"), show_repository),
    (
        re.compile(rf"/(?:(?P<kind>datasets)/)?{_REPO}/(?:resolve|raw)/[^/]+/(?P<file>.+)"),
        send_file,
    ),
)


def find_route(path: str) -> tuple[Handler, re.Match[str]] | None:
    """Return what answers a raw path, with the parts of the path."""
    for pattern, handler in _ROUTES:
        if (match := pattern.fullmatch(path)) is not None:
            return handler, match
    return None
