"""The Hub at an endpoint, asked with a token if there is one."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib.metadata import version
from typing import Any, cast
from urllib.parse import quote

from huggingface_hub import constants, get_token

from crawler.hub import answers
from crawler.hub.answers import FileAnswer, Found, Json, ListRequest, Page, gone, refused
from crawler.hub.errors import BadCursor, HubError
from crawler.hub.fields import ESSENTIAL, Fields, lacking
from crawler.hub.rate_limit import RateLimiter
from crawler.hub.transport import Exchange, Params, Patience, Request, Transport
from graph.catalogue.model import DATASET_PREFIX, Kind

PAGE = 1000  # the most the Hub gives at once
MAX_ANSWER = 256 << 20  # bytes of a page; real ones are below 10 MiB
MAX_FILE = 1 << 20
API = {"api": 1}
FILE = {"resolvers": 2}  # a redirect and what it leads to
FILE_TRIES = 3


class Hub:
    """Asks for pages of lists, single repositories and small files."""

    def __init__(
        self,
        endpoint: str | None = None,
        token: str | None = None,
        *,
        patience: Patience | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.endpoint = (endpoint or constants.ENDPOINT).rstrip("/")
        known = token or get_token()
        self.authorised = known is not None
        headers = _headers(known)
        self.fields = Fields()
        self._file_costs: Mapping[str, int] = FILE
        self.limiter = RateLimiter(authorised=self.authorised, sleep=sleep)
        self.transport = Transport(
            self.endpoint, headers, self.limiter, patience or Patience(), sleep=sleep
        )

    def page(self, request: ListRequest, cursor: str | None = None) -> Page:
        """Return the page of an answer that a cursor stands for, the first without one.

        Fields that the Hub refuses are asked for no more: the page names them. Raises HubError.
        """
        dropped: list[str] = []
        while True:
            asked = self.fields.asked(request.kind, "list")
            exchange = self._page(request, asked, cursor)
            if exchange.status == 200:
                return self._read(request, exchange, asked, dropped)
            found = exchange.status == 400 and self.fields.drop(
                request.kind, "list", exchange.words
            )
            if not found:
                bad = cursor and exchange.status == 400 and "cursor" in exchange.words.lower()
                raise BadCursor(str(refused(exchange))) if bad else refused(exchange)
            dropped += found

    def _page(self, request: ListRequest, asked: Sequence[str], cursor: str | None) -> Exchange:
        told = (("filter", request.filter), ("cursor", cursor))
        params: list[tuple[str, str | int]] = [("limit", PAGE), ("sort", request.sort)]
        params += [("expand", name) for name in asked]
        params += [(name, value) for name, value in told if value]
        path = f"/api/{request.kind.value}s"
        return self.transport.ask(Request(path, API, MAX_ANSWER, params, whole=partial(_is, list)))

    def _read(
        self, request: ListRequest, exchange: Exchange, asked: Sequence[str], dropped: Sequence[str]
    ) -> Page:
        items: list[Any] = exchange.json()
        for item in items:
            _mark(item, request.kind)
        lacks = lacking(asked, items) if items else []
        if missing := ESSENTIAL.intersection(lacks) - {"private"}:
            raise HubError(
                f"the Hub answered {request.text} without {', '.join(missing)}, which was asked "
                "for and cannot be done without (docs/hub.md)"
            )
        cursor = answers.next_cursor(exchange)
        return Page(items, cursor, tuple(lacks), tuple(dropped), exchange.seconds)

    def one(self, artifact_id: str) -> Found:
        """Return what the Hub says of one repository. Raises HubError."""
        kind, path = _address(artifact_id)
        while True:
            params: Params = [("expand", name) for name in self.fields.asked(kind, "one")]
            asked = Request(path, API, MAX_ANSWER, params, whole=partial(_is, dict))
            exchange = self.transport.ask(asked)
            if exchange.status == 200:
                item = cast("Json", exchange.json())
                _mark(item, kind)
                return Found(item)
            if gone(exchange, authorised=self.authorised):
                return Found(gone=True)
            if exchange.status in (401, 403, 404, 451):
                return Found(why=str(refused(exchange)))
            if exchange.status != 400 or not self.fields.drop(kind, "one", exchange.words):
                raise refused(exchange)

    def blobs(self, artifact_id: str, revision: str, names: Sequence[str]) -> dict[str, str] | None:
        """Return the git blob ids of files at a revision; one that is not there is left out.

        None where the Hub does not tell. Raises HubError.
        """
        _, address = _address(artifact_id)
        path = f"{address}/paths-info/{quote(revision, safe='')}"
        form = {"paths": list(names), "expand": False}
        exchange = self.transport.ask(Request(path, API, MAX_ANSWER, form=form))
        told = exchange.json() if exchange.status == 200 else None
        if not isinstance(told, list):
            return None
        found: dict[str, str] = {}
        for entry in told:
            match entry:
                case {"path": str(name), "oid": str(oid)}:
                    found[name] = oid
                case _:
                    return None
        return found

    def file(self, artifact_id: str, name: str, revision: str = "main") -> FileAnswer:
        """Return a small text file, or why there is none; no more than MAX_FILE is ever read.

        Raises HubError.
        """
        path = f"/{quote(artifact_id)}/resolve/{quote(revision, safe='')}/{quote(name)}"
        asked = Request(path, self._file_costs, MAX_FILE, tries=FILE_TRIES)
        exchange = self.transport.ask(asked)
        if exchange.status == 200:
            self._file_costs = Counter(bucket or "resolvers" for bucket in exchange.buckets)
        if (why := answers.no_file(exchange, authorised=self.authorised)) is not None:
            return FileAnswer(why)
        if exchange.status != 200:
            raise refused(exchange)
        if exchange.body is None:
            return FileAnswer("large")
        if not answers.is_the_file(exchange):
            raise HubError(f"what came for {exchange.path} is not that file: is a proxy between?")
        text = answers.text_of(exchange.body)
        return FileAnswer("binary" if text is None else "fetched", text)


def _headers(token: str | None) -> dict[str, str]:
    """Return who asks; the client's own headers tell more of the machine, and ask for it."""
    agent = f"herdbook/{version('herdbook')}; hf_hub/{version('huggingface_hub')}"
    return {"user-agent": agent} | ({"authorization": f"Bearer {token}"} if token else {})


def _address(artifact_id: str) -> tuple[Kind, str]:
    kind = Kind.of(artifact_id)
    return kind, f"/api/{kind.value}s/{quote(artifact_id.removeprefix(DATASET_PREFIX))}"


def _is(kind: type, exchange: Exchange) -> None:
    if not isinstance(exchange.json(), kind):
        other = "a list" if kind is list else "an object"
        raise HubError(f"the Hub answered {exchange.path} with something other than {other}")


def _mark(item: object, kind: Kind) -> None:
    """Write the kind into an item, as a snapshot line has it."""
    if kind is Kind.DATASET and isinstance(item, dict):
        cast("Json", item)["kind"] = kind.value
