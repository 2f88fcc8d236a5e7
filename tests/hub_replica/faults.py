"""What may go wrong with a request, on demand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from starlette.responses import Response

from .answers import JSON, HubError, page_answer
from .cursor import page_of
from .slow import CutResponse, DripResponse

SYNTAX = "KIND[=NUMBER][:TIMES][+AFTER][@PREFIX]"
_SPEC = re.compile(
    r"(?P<kind>429(?:-bare|-retry)?|5\d\d|slow|cut|json|drip|empty|html(?:-\d{3})?|deep)"
    r"(?:=(?P<seconds>\d+(?:\.\d+)?))?"
    r"(?::(?P<times>\d+|\*))?(?:\+(?P<after>\d+))?(?:@(?P<path>/.*))?"
)
_LIMITED = "We had to rate limit your IP"


@dataclass
class Fault:
    """One kind of trouble for the next ``times`` requests (None: all) under a path prefix.

    Kinds: ``429`` (try again in ``seconds``), ``429-bare`` (no header says when), ``429-retry``
    (only Retry-After does), ``500`` to ``599``, ``slow`` (``seconds`` late), ``drip`` (the body
    takes ``seconds``), ``cut`` (the connection closes half-way through the body), ``json`` (half a
    JSON text), ``empty`` (200, an empty list, no next link), ``html`` (a proxy's page with 403;
    ``html-404`` and so on), ``deep`` (504 for every page of a filtered list after the first
    ``seconds``, a number of pages here).
    The first ``after`` requests pass unharmed, so that a crawl can fail on its third page.
    """

    kind: str
    times: int | None = 1
    after: int = 0
    path: str = "/"
    seconds: float = 1

    @classmethod
    def parse(cls, spec: str) -> Fault:
        """Read ``KIND[=NUMBER][:TIMES][+AFTER][@PREFIX]``; ``:*`` means every request."""
        if (found := _SPEC.fullmatch(spec)) is None:
            raise ValueError(f"{spec!r} is no fault: expected {SYNTAX}")
        return cls(
            kind=found["kind"],
            times=None if found["times"] == "*" else int(found["times"] or 1),
            after=int(found["after"] or 0),
            path=found["path"] or "/",
            seconds=float(found["seconds"] or 1),
        )

    def strikes(self, path: str, query: str = "") -> bool:
        """Say whether a request is struck, and count it."""
        if not path.startswith(self.path) or self.times == 0:
            return False
        if self.kind == "deep" and not _is_deep(query, self.seconds):
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
        kind, _, detail = self.kind.partition("-")
        match kind:
            case "cut":
                return CutResponse(answer)
            case "drip":
                return DripResponse(answer, self.seconds)
            case "json":
                return Response(bytes(answer.body)[: len(answer.body) // 2], media_type=JSON)
            case "empty":
                return Response(b"[]", media_type=JSON)
            case "html":
                return page_answer(int(detail or 403))
            case "429":
                return self._limited(detail, window)
            case _:
                status = 504 if kind == "deep" else int(kind)
                told = "Internal Error - We're working hard to fix this"
                return HubError(status, told).answer()

    @property
    def hides_limits(self) -> bool:
        """Whether the answer is not the Hub's own, or keeps silent on the limits."""
        return self.kind in {"429-bare", "429-retry"} or self.kind.startswith("html")

    def _limited(self, detail: str, window: str) -> Response:
        seconds = max(1, round(self.seconds))
        match detail:
            case "bare":
                return HubError(429, _LIMITED, told=False).answer()
            case "retry":
                return HubError(429, _LIMITED, retry_after=str(seconds)).answer()
        return HubError(429, _LIMITED, ratelimit=f'"{window}";r=0;t={seconds}').answer()


@dataclass
class Faults:
    """The switches of a replica; all may be turned while it serves.

    ``quota`` sets a real limit: so many requests in ``window`` seconds, then 429 until it passed;
    ``quotas`` sets one for each bucket that it names, and ``enforce`` the Hub's own, by tier.
    ``window`` is the rules' where it is None. ``page_seconds`` is how long a page of a list takes.
    """

    active: list[Fault] = field(default_factory=list)
    quota: int | None = None
    window: float | None = None
    quotas: Mapping[str, int] = field(default_factory=dict)
    enforce: bool = False
    page_seconds: float = 0

    def add(self, fault: Fault | str) -> Fault:
        """Switch a fault on, by value or by its spec, and return it."""
        added = Fault.parse(fault) if isinstance(fault, str) else fault
        self.active.append(added)
        return added

    def clear(self) -> None:
        """Switch everything off."""
        self.active.clear()
        self.quota, self.quotas, self.enforce, self.page_seconds = None, {}, False, 0

    def quota_of(self, bucket: str) -> int | None:
        """Return the limit that is set for a bucket, if one is."""
        return self.quotas.get(bucket, self.quota)

    def striking(self, path: str, query: str = "") -> Iterator[Fault]:
        """Yield the faults that strike a request; one that is not drawn is not used up."""
        yield from (fault for fault in list(self.active) if fault.strikes(path, query))


def _is_deep(query: str, pages: float) -> bool:
    """Say whether a query asks for a page of a filtered list beyond so many."""
    params = parse_qs(query)
    return "filter" in params and page_of(params.get("cursor", [None])[-1]) > pages
