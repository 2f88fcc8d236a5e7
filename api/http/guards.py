"""What is turned away before any route is looked for: control characters, endless bodies."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.errors import Problem, answer
from graph.storage.filters.declaration import clean

MAX_BODY = 1 << 20  # bytes; the longest query with generous parameters is far below


class CleanPath:
    """Refuses a path with control characters.

    Here and not at the parameters: to the patterns of routes a line break ends the path, so that
    an id with one at its end would be answered as the id without it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on if its path is clean."""
        try:
            clean(scope.get("path", ""))
        except ValueError as error:
            problem = Problem(422, f"path: {error}", kind="invalid-request")
            return await answer(Request(scope), problem)(scope, receive, send)
        return await self._app(scope, receive, send)


class BodyLimit:
    """Refuses a body that is longer than `MAX_BODY`, whatever its length is said to be."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on while its body stays within the limit."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        told = Headers(scope=scope).get("content-length", "")
        taken = 0

        async def limited() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > MAX_BODY or (told.isdecimal() and int(told) > MAX_BODY):
                raise HTTPException(413, f"A body may be {MAX_BODY} bytes long at most.")
            return message

        return await self._app(scope, limited, send)
