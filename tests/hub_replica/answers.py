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


def json_answer(
    value: Any, *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Return a value as the Hub's API sends it."""
    body = orjson.dumps(value)
    etag = f'W/"{len(body):x}-{hashlib.sha256(body).hexdigest()[:27]}"'
    return Response(
        body,
        status,
        headers={**common_headers(), "etag": etag, **(headers or {})},
        media_type="application/json; charset=utf-8",
    )


def common_headers() -> dict[str, str]:
    """Return the headers that every answer of the Hub carries."""
    return {
        "x-powered-by": "huggingface-moon",
        "x-request-id": f"Root=1-{uuid.uuid4().hex[:24]};{uuid.uuid4()}",
        "vary": "Origin, Accept-Encoding",
        "access-control-expose-headers": EXPOSED,
    }


class HubError(Exception):
    """A request that the Hub would not serve: its status, and the headers that say why."""

    def __init__(
        self, status: int, message: str, *, code: str | None = None, **headers: str
    ) -> None:
        super().__init__(message)
        self.status = status
        self.headers = {"x-error-message": message}
        self.headers |= {name.replace("_", "-"): value for name, value in headers.items()}
        if code is not None:
            self.headers["x-error-code"] = code

    def answer(self) -> Response:
        """Return the refusal as a response."""
        return json_answer({"error": str(self)}, status=self.status, headers=self.headers)


def missing_repository(*, anonymous: bool) -> HubError:
    """Refuse an unknown repository; to the anonymous the Hub does not even say that it is."""
    if anonymous:
        return HubError(401, "Invalid username or password.")
    return HubError(404, "Repository not found", code="RepoNotFound")


def missing_entry(name: str) -> HubError:
    """Refuse a file or folder that the repository does not have."""
    return HubError(404, f"Entry not found: {name}", code="EntryNotFound")


def moved(location: str) -> HubError:
    """Send the client on to where a renamed repository is."""
    return HubError(307, f"Temporary Redirect. Redirecting to {location}", location=location)
