"""Which address is answered by what.

Routes match the raw path, since a revision may hold an encoded slash (``refs%2Fpr%2F1``).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from starlette.responses import Response

from .answers import HubError
from .ask import Ask
from .files import resolve_file, send_cached, send_file
from .listing import list_repositories
from .repository import show_repository
from .tree import show_paths, show_tree

Handler = Callable[[Ask], Response]

_API = r"/api/(?P<kind>models|datasets)"
_REPO = r"(?P<repo>[^/]+(?:/[^/]+)?)"
_FILE = rf"/(?:(?P<kind>datasets)/)?{_REPO}"
_READ = ("GET", "HEAD")
_ROUTES: tuple[tuple[tuple[str, ...], re.Pattern[str], Handler], ...] = (
    (
        _READ,
        re.compile(
            rf"/api/resolve-cache/(?P<kind>models|datasets)/{_REPO}/[0-9a-f]{{40}}/(?P<file>.+)"
        ),
        send_cached,
    ),
    (_READ, re.compile(_API), list_repositories),
    (_READ, re.compile(rf"{_API}/{_REPO}/revision/[^/]+"), show_repository),
    (_READ, re.compile(rf"{_API}/{_REPO}/tree/[^/]+(?:/(?P<path>.*))?"), show_tree),
    (("POST",), re.compile(rf"{_API}/{_REPO}/paths-info/[^/]+"), show_paths),
    (_READ, re.compile(rf"{_API}/{_REPO}"), show_repository),
    (_READ, re.compile(rf"{_FILE}/resolve/(?P<rev>[^/]+)/(?P<file>.+)"), resolve_file),
    (_READ, re.compile(rf"{_FILE}/raw/[^/]+/(?P<file>.+)"), send_file),
)


def find_route(method: str, path: str) -> tuple[Handler, re.Match[str]]:
    """Return what answers a raw path, with the parts of the path; HubError if nothing does."""
    allowed: list[str] = []
    for methods, pattern, handler in _ROUTES:
        if (match := pattern.fullmatch(path)) is not None:
            if method in methods:
                return handler, match
            allowed += methods
    if allowed:
        raise HubError(405, f"Method not allowed: {method}", allow=", ".join(allowed))
    raise HubError(404, "Sorry, we can't find the page you are looking for.")
