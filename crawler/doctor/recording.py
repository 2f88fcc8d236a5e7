"""Keeping what the Hub answered, in the form that the replica serves, without secrets.

One file an answer, in order, redirects before what they led to. Of headers only known ones are
kept: no cookie, no signature, nothing of the request's own. Private rows are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import orjson

from crawler.doctor.case import Heard
from crawler.hub.transport import Exchange

HEADERS = frozenset(
    {"cache-control", "content-type", "date", "etag", "link", "location", "ratelimit"}
    | {"ratelimit-policy", "retry-after", "via", "x-cache", "x-error-code", "x-error-message"}
    | {"x-hf-warning", "x-linked-etag", "x-linked-size", "x-powered-by", "x-repo-commit"}
    | {"x-total-count", "x-xet-hash"}
)
_SECRET = re.compile(
    r"x-amz-.*|x-goog-.*|.*signature.*|.*token.*|.*credential.*|policy|key-pair-id|sig",
    re.IGNORECASE,
)
ROWS, ITEMS, CHARACTERS = 1000, 100, 1000  # kept of an answer, of a list in it, of a text in it
LIST, TEXT = 16 << 20, 1 << 20  # bytes of a list, of anything that is no JSON
HIDDEN = "***"


@dataclass(slots=True)
class Recorder:
    """Writes answers into a folder, ``001.json`` and on. Raises OSError where it cannot."""

    folder: Path
    endpoint: str
    secret: str = ""
    written: int = 0

    def __call__(self, heard: Heard) -> None:
        """Keep what a probe heard, redirects before what they led to."""
        ways = [one for told in heard.told for one in (*told.hops, _end(told))]
        for one in (*ways, *heard.stray):
            self._write(self._entry(one))

    def _entry(self, one: Exchange) -> dict[str, Any]:
        text, notes = kept_body(one.body or b"", authorised=bool(self.secret))
        entry: dict[str, Any] = {
            "method": one.method,
            "path": one.path,
            "query": clean_query(one.query),
            "status": one.status,
            "headers": self._headers(one.headers),
            "body_text": text,
            **notes,
        }
        if one.sent:
            entry["request_body"] = one.sent.decode("utf-8", "replace")
        return entry

    def _headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        kept = {name: value for name, value in headers.items() if name.lower() in HEADERS}
        if "location" in kept:
            kept["location"] = clean_address(kept["location"], self.endpoint)
        return kept

    def _write(self, entry: dict[str, Any]) -> None:
        self.written += 1
        text = orjson.dumps(entry, option=orjson.OPT_INDENT_2)
        if self.secret:
            text = text.replace(self.secret.encode(), HIDDEN.encode())
        (self.folder / f"{self.written:03}.json").write_bytes(text)


def _end(told: Exchange) -> Exchange:
    """Return the last answer with the address that it came from."""
    if not told.hops:
        return told
    where = urlsplit(told.hops[-1].headers.get("location", ""))
    return replace(told, path=where.path, query=where.query)


def kept_body(body: bytes, *, authorised: bool) -> tuple[str, dict[str, int]]:
    """Return what is kept of a body, and how much of it was not.

    Repositories that are private are left out, with a token also those that do not say that they
    are not; long texts and lists inside rows are cut.
    """
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        text = body[:TEXT].decode("utf-8", "replace")
        return text, {"truncated_bytes": len(body) - TEXT} if len(body) > TEXT else {}
    if _private(value, authorised=authorised):
        return "{}", {"private_rows": 1}
    notes = dict.fromkeys(("private_rows", "truncated_rows", "truncated_values"), 0)
    rows = isinstance(value, list)
    value = _rows(value, notes, authorised=authorised) if rows else _cut(value, notes)
    told = {name: number for name, number in notes.items() if number}
    return (orjson.dumps(value) if told else body).decode("utf-8", "replace"), told


def _private(value: Any, *, authorised: bool) -> bool:
    """Tell whether a value is of a repository that strangers may not be able to see."""
    is_repository = isinstance(value, dict) and not value.keys().isdisjoint({"id", "_id"})
    return is_repository and value.get("private", authorised) is not False


def _rows(rows: list[Any], notes: dict[str, int], *, authorised: bool) -> list[Any]:
    public = [row for row in rows if not _private(row, authorised=authorised)]
    notes["private_rows"] = len(rows) - len(public)
    kept = [_cut(row, notes) for row in public[:ROWS]]
    while len(orjson.dumps(kept)) > LIST:
        kept = kept[: len(kept) // 2]
    notes["truncated_rows"] = len(public) - len(kept)
    return kept


def _cut(value: Any, notes: dict[str, int]) -> Any:
    """Cut what is long inside a value."""
    if isinstance(value, str) and len(value) > CHARACTERS:
        notes["truncated_values"] += 1
        return value[:CHARACTERS]
    if isinstance(value, list):
        if len(value) > ITEMS:
            notes["truncated_values"] += 1
            value = value[:ITEMS]
        return [_cut(one, notes) for one in value]
    if isinstance(value, dict):
        return {name: _cut(one, notes) for name, one in value.items()}
    return value


def clean_query(query: str) -> str:
    """Return a query without what signs it."""
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _SECRET.fullmatch(name)]
    return query if len(kept) == len(pairs) else urlencode(kept)


def clean_address(address: str, endpoint: str) -> str:
    """Return an address without what signs it; one at the endpoint itself leads on wherever the
    recording is served."""
    parts, here = urlsplit(address), urlsplit(endpoint)
    parts = parts._replace(query=clean_query(parts.query))
    if (parts.scheme, parts.netloc) == (here.scheme, here.netloc):
        parts = parts._replace(scheme="", netloc="")
    return urlunsplit(parts)
