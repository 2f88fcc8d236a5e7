"""One repository: what is known of it, and its tree of files."""

from __future__ import annotations

import hashlib
from typing import Any

from starlette.responses import Response

from .answers import HubError, json_answer, missing_entry
from .ask import Ask
from .fields import shape
from .files import blob_id, file_names
from .query import expanded_fields
from .series import Record


def show_repository(ask: Ask) -> Response:
    """Answer the detail of a repository; every revision is the one that is stored."""
    fields = expanded_fields(ask.request.query_params, ask.fields) or ask.fields.detail
    return json_answer(shape(ask.record(), fields, ask.world.models))


def show_tree(ask: Ask) -> Response:
    """Answer the files under a folder of a repository, as far as they are known."""
    record = ask.record()
    names = file_names(record)
    if names is None:
        raise HubError(404, f"No file list of {record['id']} is known", code="EntryNotFound")
    folder = f"{ask.part('path').strip('/')}/".lstrip("/")
    inside = sorted(name for name in names if name.startswith(folder))
    if folder and not inside:
        raise missing_entry(folder)
    recursive = ask.request.query_params.get("recursive", "").lower() in {"true", "1"}
    return json_answer(_entries(record, inside, folder, recursive=recursive))


def _entries(
    record: Record, names: list[str], folder: str, *, recursive: bool
) -> list[dict[str, Any]]:
    entries: dict[str, dict[str, Any]] = {}
    for name in names:
        *parents, base = name.removeprefix(folder).split("/")
        for depth in range(1, len(parents) + 1 if recursive else min(len(parents), 1) + 1):
            path = folder + "/".join(parents[:depth])
            entries.setdefault(path, _directory(path, names))
        if base and (recursive or not parents):
            entries[name] = _file(record, name)
    return list(entries.values())


def _directory(path: str, names: list[str]) -> dict[str, Any]:
    """Describe a folder; its oid depends on the names in it alone."""
    inside = "\n".join(name for name in names if name.startswith(f"{path}/"))
    oid = hashlib.sha1(inside.encode(), usedforsecurity=False).hexdigest()
    return {"type": "directory", "oid": oid, "size": 0, "path": path}


def _file(record: Record, name: str) -> dict[str, Any]:
    """Describe a file: oid and size from its text or its sibling, absent where neither tells."""
    text = record.get("files", {}).get(name)
    if text is not None:
        content = text.encode()
        known = {"oid": blob_id(content), "size": len(content)}
    else:
        known = _sibling_facts(record, name)
    return {"type": "file", **known, "path": name}


def _sibling_facts(record: Record, name: str) -> dict[str, Any]:
    sibling = next(s for s in record["siblings"] if s["rfilename"] == name)
    facts = {"oid": sibling.get("blobId"), "size": sibling.get("size")}
    if lfs := sibling.get("lfs"):
        facts["lfs"] = {
            "oid": lfs["sha256"],
            "size": lfs["size"],
            "pointerSize": lfs["pointerSize"],
        }
    return {name: value for name, value in facts.items() if value is not None}
