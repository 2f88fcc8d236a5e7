"""The replica: what it serves, how it misbehaves, and what it was asked."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from .answers import HubError, page_answer
from .ask import Ask
from .faults import Faults
from .limits import Limits, Ticket
from .routes import find_route
from .rules import Rules
from .series import Record
from .world import World

LISTS = frozenset({"/api/models", "/api/datasets"})


class Replica:
    """A Hub of the given records; ``app`` is its ASGI application.

    ``renames`` maps old ids to new ones (the Hub redirects them), ``public_host`` is the host
    that links to next pages name (the request's own without it), ``rules`` says what is believed
    of the Hub, ``page_latency`` how many seconds a page of a list takes (None: as ``faults`` say).
    """

    def __init__(
        self,
        records: Iterable[Record],
        faults: Faults | None = None,
        *,
        renames: Mapping[str, str] | None = None,
        public_host: str | None = None,
        rules: Rules | None = None,
        page_latency: float | None = None,
    ) -> None:
        self.faults = faults or Faults()
        if page_latency is not None:
            self.faults.page_seconds = page_latency
        self.rules = rules or Rules()
        self.requests: Counter[str] = Counter()
        self.asked: list[str] = []
        self.downloads: Counter[str] = Counter()
        self.limits = Limits()
        self._renames: dict[str, str] = {}
        self._public_host = public_host
        self.replace(records, renames)

    def replace(self, records: Iterable[Record], renames: Mapping[str, str] | None = None) -> None:
        """Serve other records from now on: time has moved. Cursors given out stay good.

        ``renames`` adds to those known: a renamed record keeps its ``_id``.
        """
        self._renames |= renames or {}
        self.world = World(records, self._renames)

    def count(self, prefix: str = "/") -> int:
        """Return how many requests were made to paths under a prefix, refused ones included."""
        return sum(n for path, n in self.requests.items() if path.startswith(prefix))

    def forget(self) -> None:
        """Count requests and downloads from zero again; the windows of the limits go on."""
        self.requests.clear()
        self.asked.clear()
        self.downloads.clear()

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (ASGI)."""
        request = Request(scope, receive)
        path, query = scope["raw_path"].decode("ascii"), request.url.query
        self.requests[path] += 1
        self.asked.append(f"{path}?{query}" if query else path)
        token = request.headers.get("authorization", "")
        ticket = self.limits.take(path, token, self.faults, self.rules)
        body = await request.body() if request.method == "POST" else b""
        answer = await self._troubled(request, path, ticket, body)
        await answer(scope, receive, send)

    async def _troubled(self, request: Request, path: str, ticket: Ticket, body: bytes) -> Response:
        """Answer as the limits and the faults that are switched on allow."""
        if not ticket.allowed:
            refusal = HubError(self.rules.over_limit_status, "We had to rate limit your IP")
            return _told(refusal.answer(), ticket)
        if path in LISTS and self.faults.page_seconds:
            await asyncio.sleep(self.faults.page_seconds)
        for fault in self.faults.striking(path, request.url.query):
            if fault.kind == "slow":
                await asyncio.sleep(fault.seconds)
                continue
            spoilt = fault.spoil(self._answer(request, path, body), ticket.window)
            return spoilt if fault.hides_limits else _told(spoilt, ticket)
        return _told(self._answer(request, path, body), ticket)

    def _answer(self, request: Request, path: str, body: bytes) -> Response:
        """Answer as the Hub does on a good day."""
        if self.rules.api_content == "html" and path.startswith("/api/"):
            return page_answer(200)
        try:
            handler, match = find_route(request.method, path)
            return handler(self._ask(request, match, body))
        except HubError as refusal:
            return refusal.answer()

    def _ask(self, request: Request, match: re.Match[str], body: bytes) -> Ask:
        return Ask(
            world=self.world,
            request=request,
            match=match,
            renames={old.lower(): new for old, new in self._renames.items()},
            rules=self.rules,
            downloads=self.downloads,
            body=body,
            public_host=self._public_host,
        )


def _told(answer: Response, ticket: Ticket) -> Response:
    """Add to an answer what the ticket says of the limits, unless a fault says otherwise."""
    for name, value in ticket.headers.items():
        answer.headers.setdefault(name, value)
    return answer
