"""What the Hub's answers mean: pages with their cursors, what is there and what is not."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from crawler.hub.errors import HubError
from crawler.hub.transport import Exchange
from graph.catalogue.model import Kind

Json = dict[str, Any]
Why = Literal["fetched", "missing", "gated", "refused", "large", "binary"]
SHA1 = re.compile("[0-9a-f]{40}")
_NEXT = re.compile(r"""\s*<([^;]*)>\s*;.*rel=("next"|next).*""")  # one link of a Link header
HEAR_NO_MORE = "Invalid username or password"  # what strangers are told of what is not there


@dataclass(frozen=True, slots=True)
class ListRequest:
    """A list that the Hub can be asked for: all of a kind, or those a filter finds."""

    kind: Kind
    filter: str | None = None
    sort: str = "createdAt"

    @property
    def text(self) -> str:
        """The question in one line, by which a run remembers it."""
        asked = {"filter": self.filter} if self.filter else {}
        if self.sort != "createdAt":
            asked["sort"] = self.sort
        return f"{self.kind.value}s" + (f"?{urlencode(asked)}" if asked else "")

    @classmethod
    def parse(cls, text: str) -> ListRequest:
        """Read a question's line."""
        kind, _, asked = text.partition("?")
        return cls(Kind(kind.removesuffix("s")), **dict(parse_qsl(asked)))


@dataclass(frozen=True, slots=True)
class Page:
    """One page of an answer: the items as the Hub gave them, and the cursor of the next page.

    ``lacking`` are fields that were asked for and stand in no item; ``dropped`` those that the
    Hub refused when this page was asked for; ``seconds`` what it took.
    """

    items: list[Any]
    cursor: str | None
    lacking: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Found:
    """What the Hub says of one repository: its record, that it is gone, or why it says neither."""

    item: Json | None = None
    gone: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """A small file's text, or why there is none."""

    why: Why
    text: str | None = None


def gone(exchange: Exchange, *, authorised: bool) -> bool:
    """Tell whether an answer is the Hub's own word that a repository is not there.

    To strangers it is a 401 with those words and no code. A 404 of a proxy bears no code either.
    """
    code = exchange.headers.get("x-error-code")
    if exchange.status == 404:
        return code == "RepoNotFound" or exchange.words.startswith("Repository not found")
    stranger = exchange.status == 401 and code is None and not authorised
    return stranger and exchange.words.startswith(HEAR_NO_MORE)


def no_file(exchange: Exchange, *, authorised: bool) -> Why | None:
    """Say why a file is not to be had, if the Hub's own answer says so."""
    status, code = exchange.status, exchange.headers.get("x-error-code")
    if status in (401, 403) and code == "GatedRepo":
        return "gated"
    if status in (403, 451):
        return "refused"
    if status == 404 and code in ("EntryNotFound", "RevisionNotFound"):
        return "missing"
    if status == 404 and exchange.words.startswith("Entry not found"):
        return "missing"
    return "missing" if gone(exchange, authorised=authorised) else None


def is_the_file(exchange: Exchange) -> bool:
    """Tell whether a body is the file that was asked for, and not a page of somebody on the way.

    The Hub names the commit, or the git blob id of the content as its ETag (docs/hub.md).
    """
    etag = exchange.headers.get("etag", "").removeprefix("W/").strip('"')
    if SHA1.fullmatch(etag):
        return blob_id(exchange.body or b"") == etag
    commit = any("x-repo-commit" in told.headers for told in (exchange, *exchange.hops))
    return commit or "html" not in exchange.headers.get("content-type", "")


def blob_id(content: bytes) -> str:
    """Return the id that git gives a content."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def next_cursor(exchange: Exchange) -> str | None:
    """Return the cursor of the next page. Raises HubError for a link that holds none."""
    header = exchange.headers.get("link", "")
    links = filter(None, map(_NEXT.fullmatch, header.split(",")))
    if (link := next(links, None)) is None:
        if "next" in header:
            raise HubError("the Hub's link to the next page cannot be read (docs/hub.md)")
        return None
    cursors = parse_qs(urlsplit(link[1]).query).get("cursor")
    if not cursors:
        raise HubError("the Hub's link to the next page holds no cursor (docs/hub.md)")
    return cursors[0]


def text_of(content: bytes) -> str | None:
    """Return a file's text, None for what is none."""
    try:
        return None if b"\0" in content else content.decode("utf-8")
    except UnicodeDecodeError:
        return None


def refused(exchange: Exchange) -> HubError:
    """Return the error for an answer that nobody expected, in the Hub's words."""
    said = f": {exchange.words[:300]}" if exchange.words else ""
    if exchange.status == 401 and "credentials" in exchange.words:
        said += " (HF_TOKEN is not valid any more: renew it or unset it)"
    return HubError(f"the Hub refused {exchange.path} with {exchange.status}{said}")
