"""Recorded answers of a real Hub, served in the replica's place: facts instead of beliefs.

A folder holds ``NNN.json`` files in the order of the requests, each an object with ``method``,
``path``, ``query``, ``request_body`` (may be absent), ``status``, ``headers``, ``body_text``.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from .answers import HubError

THE_HUB = "https://huggingface.co"
PER_CONNECTION = frozenset(
    {"connection", "content-encoding", "content-length", "date", "keep-alive", "server"}
    | {"transfer-encoding"}
)
"""Headers of a connection or an encoding that ended with the recording."""

Key = tuple[str, str, tuple[tuple[str, str], ...]]
"""Method, decoded path, sorted pairs of the query."""


@dataclass(frozen=True)
class Recorded:
    """One request, and what the Hub answered."""

    key: Key
    request_body: str | None
    status: int
    headers: dict[str, str]
    body: bytes

    @classmethod
    def read(cls, file: Path) -> Recorded:
        """Read a file; ValueError says which one is not a recording."""
        try:
            value: dict[str, Any] = orjson.loads(file.read_bytes())
            headers = {str(k).lower(): str(v) for k, v in value["headers"].items()}
            return cls(
                key=key_of(value["method"], value["path"], value.get("query") or ""),
                request_body=_as_text(value.get("request_body")),
                status=int(value["status"]),
                headers=headers,
                body=value["body_text"].encode(),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
            raise ValueError(f"{file} is no recorded answer: {problem!r}") from None


class Recording:
    """Answers by request; ``app`` serves them. What was not recorded is 404, and in ``unmet``.

    A request that was made several times gets its answers in turn, and the last one from then on.
    """

    def __init__(self, answers: list[Recorded]) -> None:
        self.asked: list[str] = []
        self.unmet: list[str] = []
        self._answers: defaultdict[Key, list[Recorded]] = defaultdict(list)
        for answer in answers:
            self._answers[answer.key].append(answer)

    @classmethod
    def load(cls, folder: Path) -> Recording:
        """Read a folder; ValueError says what is wrong with it."""
        files = sorted(folder.glob("*.json"))
        if not files:
            raise ValueError(f"no recorded answer (NNN.json) in {folder}")
        return cls([Recorded.read(file) for file in files])

    def __len__(self) -> int:
        return sum(map(len, self._answers.values()))

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request (ASGI)."""
        request = Request(scope, receive)
        path, query = scope["raw_path"].decode("ascii"), request.url.query
        asked = f"{path}?{query}" if query else path
        self.asked.append(asked)
        body = (await request.body()).decode("utf-8", "replace")
        found = self._next(key_of(request.method, path, query), body)
        if found is None:
            self.unmet.append(f"{request.method} {asked}")
            await HubError(404, "not recorded").answer()(scope, receive, send)
            return
        await _replayed(found, f"{request.url.scheme}://{request.url.netloc}")(scope, receive, send)

    def _next(self, key: Key, body: str) -> Recorded | None:
        """Return the next answer to a request, of those to the same body where bodies differ."""
        answers = self._answers.get(key, [])
        same = [one for one in answers if one.request_body == body] or list(answers)
        if len(same) > 1:
            answers.remove(same[0])
        return same[0] if same else None


def key_of(method: str, path: str, query: Any) -> Key:
    """Return what two requests must share to be the same."""
    pairs = parse_qsl(query, keep_blank_values=True) if isinstance(query, str) else _pairs(query)
    return method.upper(), unquote(path), tuple(sorted(pairs))


def _pairs(query: Any) -> list[tuple[str, str]]:
    """Read a query that was stored as pairs, or as an object of values or of lists of them."""
    items = query.items() if isinstance(query, dict) else query
    return [
        (str(name), str(one))
        for name, value in items
        for one in (value if isinstance(value, list) else [value])
    ]


def _as_text(body: Any) -> str | None:
    return body if body is None or isinstance(body, str) else orjson.dumps(body).decode()


def _replayed(answer: Recorded, host: str) -> Response:
    """Return a recorded answer; its addresses at the real Hub lead here, so that none is left."""
    headers = {k: v for k, v in answer.headers.items() if k not in PER_CONNECTION}
    for name in headers.keys() & {"link", "location"}:
        headers[name] = headers[name].replace(f"{THE_HUB}/", f"{host}/")
    return Response(answer.body, answer.status, headers=headers)
