"""Bodies that do not come at once, or not whole."""

from __future__ import annotations

import asyncio

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

PIECES = 16


class CutResponse(Response):
    """An answer that promises its whole length, sends half and lets the connection close."""

    def __init__(self, whole: Response) -> None:
        super().__init__(whole.body, whole.status_code, dict(whole.headers))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send half; returning without an end makes uvicorn close the connection."""
        await send(_start(self))
        half = bytes(self.body)[: len(self.body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})


class DripResponse(Response):
    """An answer whose body takes so many seconds, piece by piece."""

    def __init__(self, whole: Response, seconds: float) -> None:
        super().__init__(whole.body, whole.status_code, dict(whole.headers))
        self._pause = seconds / PIECES

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the pieces, each after a pause, until the client has them or has gone."""
        await send(_start(self))
        body = bytes(self.body)
        size = len(body) // PIECES + 1
        for start in range(0, PIECES * size, size):
            await asyncio.sleep(self._pause)
            piece = body[start : start + size]
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def _start(answer: Response) -> dict[str, object]:
    return {
        "type": "http.response.start",
        "status": answer.status_code,
        "headers": answer.raw_headers,
    }
