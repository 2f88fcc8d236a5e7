"""What may go wrong with a request, on demand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from .answers import HubError

SYNTAX = "KIND[=SECONDS][:TIMES][+AFTER][@PREFIX]"
_SPEC = re.compile(
    r"(?P<kind>429|5\d\d|slow|cut|json)(?:=(?P<seconds>\d+(?:\.\d+)?))?"
    r"(?::(?P<times>\d+|\*))?(?:\+(?P<after>\d+))?(?:@(?P<path>/.*))?"
)


@dataclass
class Fault:
    """One kind of trouble for the next ``times`` requests (None: all) under a path prefix.

    Kinds: ``429`` (try again in ``seconds``), ``500`` to ``599``, ``slow`` (``seconds`` late),
    ``cut`` (the connection closes half-way through the body), ``json`` (half a JSON text).
    The first ``after`` requests pass unharmed, so that a crawl can fail on its third page.
    """

    kind: str
    times: int | None = 1
    after: int = 0
    path: str = "/"
    seconds: float = 1

    @classmethod
    def parse(cls, spec: str) -> Fault:
        """Read ``KIND[=SECONDS][:TIMES][+AFTER][@PREFIX]``; ``:*`` means every request."""
        if (found := _SPEC.fullmatch(spec)) is None:
            raise ValueError(f"{spec!r} is no fault: expected {SYNTAX}")
        return cls(
            kind=found["kind"],
            times=None if found["times"] == "*" else int(found["times"] or 1),
            after=int(found["after"] or 0),
            path=found["path"] or "/",
            seconds=float(found["seconds"] or 1),
        )

    def strikes(self, path: str) -> bool:
        """Say whether a request is struck, and count it."""
        if not path.startswith(self.path) or self.times == 0:
            return False
        if self.after > 0:
            self.after -= 1
            return False
        if self.times is not None:
            self.times -= 1
        return True

    def spoil(self, answer: Response, window: str) -> Response:
        """Return what reaches the client in place of the right answer.

        ``window`` is the rate limit that a ``429`` speaks of: ``api``, ``resolvers``.
        """
        if self.kind == "cut":
            return CutResponse(answer)
        if self.kind == "json":
            broken = bytes(answer.body)[: len(answer.body) // 2]
            return Response(broken, media_type="application/json; charset=utf-8")
        if self.kind == "429":
            limit = f'"{window}";r=0;t={max(1, round(self.seconds))}'
            return HubError(429, "We had to rate limit your IP", ratelimit=limit).answer()
        return HubError(int(self.kind), "Internal Error - We're working hard to fix this").answer()


@dataclass
class Faults:
    """The switches of a replica; all may be turned while it serves.

    ``quota`` sets a real limit: so many requests in ``window`` seconds, then 429 until it passed.
    """

    active: list[Fault] = field(default_factory=list)
    quota: int | None = None
    window: float = 300

    def add(self, fault: Fault | str) -> Fault:
        """Switch a fault on, by value or by its spec, and return it."""
        added = Fault.parse(fault) if isinstance(fault, str) else fault
        self.active.append(added)
        return added

    def clear(self) -> None:
        """Switch everything off."""
        self.active.clear()
        self.quota = None

    def striking(self, path: str) -> Iterator[Fault]:
        """Yield the faults that strike a request; one that is not drawn is not used up."""
        yield from (fault for fault in list(self.active) if fault.strikes(path))


class CutResponse(Response):
    """An answer that promises its whole length, sends half and lets the connection close."""

    def __init__(self, whole: Response) -> None:
        super().__init__(whole.body, whole.status_code, dict(whole.headers))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send half; returning without an end makes uvicorn close the connection."""
        start = {"status": self.status_code, "headers": self.raw_headers}
        await send({"type": "http.response.start", **start})
        half = bytes(self.body)[: len(self.body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
