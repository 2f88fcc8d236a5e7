"""The replica: what it serves, how it misbehaves, and what it was asked."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from .answers import HubError
from .ask import Ask, World
from .faults import Faults
from .limits import Limits, Ticket
from .routes import find_route
from .series import Record


class Replica:
    """A Hub of the given records; ``app`` is its ASGI application.

    ``renames`` maps old ids to new ones (the Hub redirects them), ``public_host`` is the host
    that links to next pages name (the request's own without it).
    """

    def __init__(
        self,
        records: Iterable[Record],
        faults: Faults | None = None,
        *,
        renames: Mapping[str, str] | None = None,
        public_host: str | None = None,
    ) -> None:
        self.faults = faults or Faults()
        self.requests: Counter[str] = Counter()
        self.asked: list[str] = []
        self.world = World(records)
        self._renames = {old.lower(): new for old, new in (renames or {}).items()}
        self._public_host = public_host
        self._limits = Limits()

    def replace(self, records: Iterable[Record]) -> None:
        """Serve other records from now on: time has moved. Cursors given out stay good."""
        self.world = World(records)

    def count(self, prefix: str = "/") -> int:
        """Return how many requests were made to paths under a prefix, refused ones included."""
        return sum(n for path, n in self.requests.items() if path.startswith(prefix))

    def forget(self) -> None:
        """Count requests from zero again."""
        self.requests.clear()
        self.asked.clear()

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (ASGI)."""
        request = Request(scope, receive)
        path, query = scope["raw_path"].decode("ascii"), request.url.query
        self.requests[path] += 1
        self.asked.append(f"{path}?{query}" if query else path)
        ticket = self._limits.take(path, self.faults)
        answer = await self._troubled(request, path, ticket)
        for name, value in ticket.headers.items():
            answer.headers.setdefault(name, value)
        await answer(scope, receive, send)

    async def _troubled(self, request: Request, path: str, ticket: Ticket) -> Response:
        """Answer as the limits and the faults that are switched on allow."""
        if not ticket.allowed:
            return HubError(429, "We had to rate limit your IP").answer()
        for fault in self.faults.striking(path):
            if fault.kind != "slow":
                return fault.spoil(self._answer(request, path), ticket.window)
            await asyncio.sleep(fault.seconds)
        return self._answer(request, path)

    def _answer(self, request: Request, path: str) -> Response:
        """Answer as the Hub does on a good day."""
        try:
            if request.method not in {"GET", "HEAD"}:
                raise HubError(405, "The replica answers GET and HEAD alone", allow="GET, HEAD")
            if (found := find_route(path)) is None:
                raise HubError(404, "Sorry, we can't find the page you are looking for.")
            handler, match = found
            return handler(Ask(self.world, request, match, self._renames, self._public_host))
        except HubError as refusal:
            return refusal.answer()
