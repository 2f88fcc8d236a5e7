"""The texts of a repository's small files, under ``resolve`` and ``raw``."""

from __future__ import annotations

import hashlib

from starlette.responses import Response

from .answers import HubError, common_headers, missing_entry
from .ask import Ask
from .series import Record


def send_file(ask: Ask) -> Response:
    """Answer the text of a file; a gated repository keeps its files to itself."""
    record = ask.record()
    if record.get("gated"):
        raise _gated(f"{ask.kind.removesuffix('s')} {record['id']}", anonymous=ask.anonymous)
    name = ask.part("file")
    text = record.get("files", {}).get(name)
    if text is None:
        raise _not_sent(record, name)
    content = text.encode()
    headers = {**common_headers(), "etag": f'"{blob_id(content)}"', "accept-ranges": "none"}
    if "sha" in record:
        headers["x-repo-commit"] = record["sha"]
    return Response(content, headers=headers, media_type="text/plain; charset=utf-8")


def file_names(record: Record) -> list[str] | None:
    """Return the names of a repository's files: its whole list, else the texts we have."""
    if "siblings" in record:
        return [sibling["rfilename"] for sibling in record["siblings"]]
    return list(record["files"]) if "files" in record else None


def blob_id(content: bytes) -> str:
    """Return the id that git gives a content."""
    header = f"blob {len(content)}\0".encode()
    return hashlib.sha1(header + content, usedforsecurity=False).hexdigest()


def _not_sent(record: Record, name: str) -> HubError:
    """Tell a file that is not there from one that is listed, but whose text nobody stored."""
    if name in (file_names(record) or ()):
        return HubError(501, f"The snapshot lists {name} of {record['id']}, without its text")
    return missing_entry(name)


def _gated(what: str, *, anonymous: bool) -> HubError:
    """Refuse a gated file: 401 to the anonymous, 403 to a token without access."""
    if anonymous:
        return HubError(
            401,
            f"Access to {what} is restricted. You must have access to it and be"
            " authenticated to access it. Please log in.",
            code="GatedRepo",
            www_authenticate='Bearer realm="Authentication required"',
        )
    return HubError(
        403,
        f"Access to {what} is restricted and you are not in the authorized list.",
        code="GatedRepo",
    )
