"""The texts of a repository's small files: under ``raw`` at once, under ``resolve`` redirected."""

from __future__ import annotations

import hashlib
from urllib.parse import quote

from starlette.responses import Response

from .answers import HubError, common_headers
from .ask import COUNTED, Ask
from .refusals import disabled, gated, missing_entry
from .series import Record


def resolve_file(ask: Ask) -> Response:
    """Answer where a file is, by a redirect that counts in the bucket of the resolvers."""
    record = ask.record()
    text = _text(ask, record)
    _count(ask, record)
    if ask.rules.resolve == "direct":
        return _sent(ask, record, text)
    location = ask.match.string if ask.rules.resolve == "loop" else _cached(ask, record)
    host = ask.rules.other_host if ask.rules.resolve == "other-host" else ""
    headers = {**common_headers(), **_commit(ask, record), "location": host + location}
    told = f"Temporary Redirect. Redirecting to {location}"
    return Response(told, ask.rules.resolve_status, headers=headers, media_type="text/plain")


def send_file(ask: Ask) -> Response:
    """Answer the text of a file under ``raw``."""
    record = ask.record()
    text = _text(ask, record)
    _count(ask, record)
    return _sent(ask, record, text)


def send_cached(ask: Ask) -> Response:
    """Answer the text of a file where a redirect led; the file counted there already."""
    record = ask.record()
    return _sent(ask, record, _text(ask, record))


def file_names(record: Record) -> list[str] | None:
    """Return the names of a repository's files: its whole list, else the texts we have."""
    if "siblings" in record:
        return [sibling["rfilename"] for sibling in record["siblings"]]
    return list(record["files"]) if "files" in record else None


def blob_id(content: bytes) -> str:
    """Return the id that git gives a content."""
    header = f"blob {len(content)}\0".encode()
    return hashlib.sha1(header + content, usedforsecurity=False).hexdigest()


def _text(ask: Ask, record: Record) -> str:
    """Return a file's text if it is open; a gated repository keeps its files to itself."""
    name, rules = ask.part("file"), ask.rules
    if record.get("disabled") and rules.disabled_files != 200:
        raise disabled(rules.disabled_files)
    if record.get("gated") and not (rules.gated_readme_open and name == "README.md"):
        status = rules.gated_status if ask.anonymous or rules.gated_status == 404 else 403
        raise gated(ask.name_of(record), status, rules)
    text = record.get("files", {}).get(name)
    if text is None:
        raise _not_sent(record, name)
    return str(text)


def _not_sent(record: Record, name: str) -> HubError:
    """Tell a file that is not there from one that is listed, but whose text nobody stored."""
    if name in (file_names(record) or ()):
        return HubError(501, f"The snapshot lists {name} of {record['id']}, without its text")
    return missing_entry(name)


def _sent(ask: Ask, record: Record, text: str) -> Response:
    content = text.encode()
    headers = {**common_headers(), **_commit(ask, record), "accept-ranges": "none"}
    if ask.rules.etag != "none":
        other = hashlib.sha256(content).hexdigest()
        headers["etag"] = f'"{blob_id(content) if ask.rules.etag == "blob" else other}"'
    return Response(content, headers=headers, media_type="text/plain; charset=utf-8")


def _commit(ask: Ask, record: Record) -> dict[str, str]:
    return {"x-repo-commit": record["sha"]} if ask.rules.commit_header and "sha" in record else {}


def _cached(ask: Ask, record: Record) -> str:
    """Return the path of the second hop; it names a commit, even where none is known."""
    stand_in = hashlib.sha1(record["id"].encode(), usedforsecurity=False).hexdigest()
    path = f"{record['id']}/{record.get('sha') or stand_in}/{quote(ask.part('file'))}"
    return f"/api/resolve-cache/{ask.kind}/{path}"


def _count(ask: Ask, record: Record) -> None:
    """Count what the Hub counts as a download: GET and HEAD of a query file."""
    if ask.part("file") in COUNTED:
        prefix = "datasets/" if ask.kind == "datasets" else ""
        ask.downloads[f"{prefix}{record['id']}"] += 1
