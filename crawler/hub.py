"""The Hub: pages of repositories, one repository, small files. The only module that speaks to it.

`huggingface_hub` does the talking: its HTTP session with retries, back-off and rate limits. Its
``list_models`` is not used, for it hides the cursor, without which a crawl cannot be resumed, and
drops fields (docs/decisions/0004). Of a next link only the cursor is taken, never the host.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, cast
from urllib.parse import parse_qs, quote, urlsplit

import httpx2
import orjson
from huggingface_hub import constants
from huggingface_hub.errors import HfHubHTTPError
from huggingface_hub.utils import (
    RateLimitInfo,
    build_hf_headers,
    hf_raise_for_status,
    http_backoff,
    http_stream_backoff,
    parse_ratelimit_headers,
)

from graph.model import DATASET_PREFIX, Kind

PAGE = 1000  # the most the Hub gives at once
TIMEOUT = 60.0
MAX_ANSWER = 256 << 20  # bytes of a page; real ones are below 10 MiB
MAX_FILE = 1 << 20
FILE_RETRIES = 2
TROUBLE = (408, 500, 502, 503, 504)  # asked again at once; after a 429 the caller waits

_COMMON = (
    "author", "cardData", "createdAt", "disabled", "downloads", "gated", "lastModified", "likes",
    "private", "sha", "siblings", "tags", "usedStorage",
)  # fmt: skip
EXPAND = {
    Kind.MODEL: (
        *_COMMON,
        "childrenModelCount",
        "config",
        "gguf",
        "library_name",
        "pipeline_tag",
        "safetensors",
    ),
    Kind.DATASET: (*_COMMON, "description"),
}

Json = dict[str, Any]


class HubError(RuntimeError):
    """The Hub did not answer as it should; the message is for people."""


class Unreachable(HubError):
    """The Hub did not answer at all."""


@dataclass(frozen=True, slots=True)
class Question:
    """A list that the Hub can be asked for: all of a kind, or those a filter or a search finds."""

    kind: Kind
    filter: str | None = None
    search: str | None = None

    @property
    def text(self) -> str:
        """The question in one line, by which a run remembers it."""
        asked = [
            f"{name}={value}"
            for name, value in (("filter", self.filter), ("search", self.search))
            if value
        ]
        return f"{self.kind.value}s" + ("?" + "&".join(asked) if asked else "")

    @classmethod
    def parse(cls, text: str) -> Question:
        """Read a question's line."""
        kind, _, asked = text.partition("?")
        name, _, value = asked.partition("=")
        return cls(Kind(kind.removesuffix("s")), **({name: value} if asked else {}))


@dataclass(frozen=True, slots=True)
class Page:
    """One page of an answer: the items as the Hub gave them, and the cursor of the next page."""

    items: list[Any]
    cursor: str | None


Why = Literal["fetched", "missing", "gated", "refused", "large", "binary", "limited"]


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """A small file's text, or why there is none; with what the Hub says of its limit on files."""

    why: Why
    text: str | None = None
    limit: RateLimitInfo | None = None


class Hub:
    """The Hub at an endpoint, asked with a token if there is one."""

    def __init__(self, endpoint: str | None = None, token: str | None = None) -> None:
        self.endpoint = (endpoint or constants.ENDPOINT).rstrip("/")
        self._headers = build_hf_headers(token=token, library_name="herdbook")
        self.authorised = "authorization" in {name.lower() for name in self._headers}

    def reachable(self) -> bool:
        """Tell within a few seconds whether the Hub answers."""
        try:
            answer = http_backoff(
                "GET",
                f"{self.endpoint}/api/models",
                params={"limit": 1},
                headers=self._headers,
                timeout=5.0,
                max_retries=0,
            )
        except (httpx2.HTTPError, HfHubHTTPError, OSError):
            return False
        return answer.status_code < 500

    def page(self, question: Question, cursor: str | None = None) -> Page:
        """Return the page of an answer that a cursor stands for, the first without one.

        Newest first, so that what appears meanwhile moves nothing. Raises HubError.
        """
        params: list[tuple[str, str | int]] = [
            ("limit", PAGE),
            ("sort", "createdAt"),
            ("direction", -1),
        ]
        params += [("expand", field) for field in EXPAND[question.kind]]
        for name, value in (
            ("filter", question.filter),
            ("search", question.search),
            ("cursor", cursor),
        ):
            if value:
                params.append((name, value))
        answer = self._get(f"{self.endpoint}/api/{question.kind.value}s", params)
        items = _decoded(answer)
        if not isinstance(items, list):
            raise HubError(f"the Hub answered {question.text} with something other than a list")
        for item in items:
            _mark(item, question.kind)
        return Page(items, _next_cursor(answer))

    def detail(self, artifact_id: str) -> Json | None:
        """Return one repository, or None if it is not there (or not for us). Raises HubError."""
        kind = Kind.of(artifact_id)
        repo = quote(artifact_id.removeprefix(DATASET_PREFIX), safe="/")
        params: list[tuple[str, str | int]] = [("expand", field) for field in EXPAND[kind]]
        answer = self._get(f"{self.endpoint}/api/{kind.value}s/{repo}", params, may_lack=True)
        if answer is None:
            return None
        item = _decoded(answer)
        if not isinstance(item, dict):
            raise HubError(f"the Hub answered {artifact_id} with something other than an object")
        _mark(item, kind)
        return item

    def file(self, artifact_id: str, name: str, revision: str = "main") -> FileAnswer:
        """Return a small text file, or why there is none; no more than MAX_FILE is ever read.

        Too many requests (``limited``) are not waited for. Raises HubError.
        """
        repo = quote(artifact_id, safe="/")
        url = f"{self.endpoint}/{repo}/resolve/{quote(revision, safe='')}/{quote(name)}"
        try:
            with http_stream_backoff(
                "GET",
                url,
                headers=self._headers,
                timeout=TIMEOUT,
                max_retries=FILE_RETRIES,
                retry_on_status_codes=TROUBLE,
            ) as answer:
                return self._file(answer)
        except HfHubHTTPError as error:
            raise HubError(f"the Hub refused {urlsplit(url).path}: {_one_line(error)}") from None
        except (httpx2.HTTPError, OSError) as error:
            raise Unreachable(f"{self.endpoint} does not answer: {_one_line(error)}") from None

    def _file(self, answer: httpx2.Response) -> FileAnswer:
        limit = _limit(answer)
        why: Why | None = "limited" if answer.status_code == 429 else self._why_not(answer)
        if why is not None:
            return FileAnswer(why, None, limit)
        try:
            if not answer.is_success:
                answer.read()
            hf_raise_for_status(answer)
            content = _bounded(answer)
        except (httpx2.TimeoutException, httpx2.NetworkError, httpx2.ProtocolError) as error:
            # The client would start the stream again and fail on that (`generator didn't stop`).
            raise Unreachable(f"{self.endpoint} broke off: {_one_line(error)}") from None
        if content is None:
            return FileAnswer("large", None, limit)
        text = _text(content)
        return FileAnswer("binary" if text is None else "fetched", text, limit)

    def _why_not(self, answer: httpx2.Response) -> Why | None:
        """Say why a file is not to be had, if the answer says so."""
        if answer.status_code in (401, 403) and answer.headers.get("x-error-code") == "GatedRepo":
            return "gated"
        if answer.status_code in (403, 451):
            return "refused"
        return "missing" if self._is_missing(answer) else None

    def _get(
        self, url: str, params: list[tuple[str, str | int]], *, may_lack: bool = False
    ) -> httpx2.Response | None:
        try:
            answer = http_backoff("GET", url, params=params, headers=self._headers, timeout=TIMEOUT)
            if may_lack and self._is_missing(answer):
                return None
            hf_raise_for_status(answer)
        except HfHubHTTPError as error:
            raise HubError(f"the Hub refused {urlsplit(url).path}: {_one_line(error)}") from None
        except (httpx2.HTTPError, OSError) as error:
            raise Unreachable(f"{self.endpoint} does not answer: {_one_line(error)}") from None
        return answer

    def _is_missing(self, answer: httpx2.Response) -> bool:
        """Tell whether an answer says that a thing is not there; to strangers the Hub says 401."""
        if answer.status_code in (403, 404):
            return True
        gated = answer.headers.get("x-error-code") == "GatedRepo"
        return answer.status_code == 401 and (gated or not self.authorised)


def _limit(answer: httpx2.Response) -> RateLimitInfo | None:
    """Return what the Hub said of its limit, before it sent us on to where large files are."""
    told = (parse_ratelimit_headers(one.headers) for one in (*answer.history, answer))
    return next((limit for limit in told if limit is not None), None)


def _bounded(answer: httpx2.Response) -> bytes | None:
    """Read a body; None, and no more is read, where it is too large."""
    content = bytearray()
    for chunk in answer.iter_bytes():
        content += chunk
        if len(content) > MAX_FILE:
            return None
    return bytes(content)


def _text(content: bytes) -> str | None:
    try:
        return None if b"\0" in content else content.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _decoded(answer: httpx2.Response | None) -> Any:
    if answer is None or len(answer.content) > MAX_ANSWER:
        raise HubError("the Hub's answer is too large")
    try:
        return orjson.loads(answer.content)
    except orjson.JSONDecodeError as error:
        raise HubError(f"the Hub's answer is not JSON: {error.msg}") from None


def _mark(item: object, kind: Kind) -> None:
    """Write the kind into an item, as a snapshot line has it."""
    if kind is Kind.DATASET and isinstance(item, dict):
        cast("Json", item)["kind"] = kind.value


def _next_cursor(answer: httpx2.Response | None) -> str | None:
    link = answer.links.get("next", {}).get("url") if answer is not None else None
    cursors = parse_qs(urlsplit(link).query).get("cursor") if link else None
    return cursors[0] if cursors else None


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
