"""Answers in the Hub's manner: JSON with its headers, and refusals that the client understands."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from typing import Any

import orjson
from starlette.responses import Response

EXPOSED = (
    "X-Repo-Commit,X-Request-Id,X-Error-Code,X-Error-Message,X-Total-Count,ETag,Link,"
    "Accept-Ranges,Content-Range,X-Linked-Size,X-Linked-ETag,X-Xet-Hash"
)
JSON = "application/json; charset=utf-8"
PORTAL = b"<!doctype html><title>Please wait</title><p>This network answers in the Hub's place.</p>"


def json_answer(
    value: Any, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Return a value as the Hub's API sends it."""
    return encoded_answer(orjson.dumps(value), status=status, headers=headers)


def encoded_answer(
    body: bytes, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Return JSON that is encoded already as the Hub's API sends it."""
    etag = f'W/"{len(body):x}-{hashlib.blake2b(body, digest_size=14).hexdigest()[:27]}"'
    told = {**common_headers(), "etag": etag, **(headers or {})}
    return Response(body, status, headers=told, media_type=JSON)


def page_answer(status: int) -> Response:
    """Return a page in HTML, as something between the client and the Hub would."""
    return Response(PORTAL, status, media_type="text/html; charset=utf-8")


def common_headers() -> dict[str, str]:
    """Return the headers that every answer of the Hub carries."""
    return {
        "x-powered-by": "huggingface-moon",
        "x-request-id": f"Root=1-{uuid.uuid4().hex[:24]};{uuid.uuid4()}",
        "vary": "Origin, Accept-Encoding",
        "access-control-expose-headers": EXPOSED,
    }


class HubError(Exception):
    """A request that the Hub would not serve: its status, and the headers that say why.

    Not every refusal says why in a header (``told``): a field that is not known is refused in the
    body alone, as far as captures show.
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        code: str | None = None,
        told: bool = True,
        **headers: str,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if told:
            self.headers["x-error-message"] = message
        if code is not None:
            self.headers["x-error-code"] = code

    def answer(self) -> Response:
        """Return the refusal as a response."""
        return json_answer({"error": str(self)}, status=self.status, headers=self.headers)
