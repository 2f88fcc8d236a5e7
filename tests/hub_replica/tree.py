"""The files of a repository: its tree, and what is known of single paths."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import parse_qs

import orjson
from starlette.responses import Response

from .answers import HubError, json_answer
from .ask import Ask
from .files import blob_id, file_names
from .refusals import missing_entry
from .series import Record


def show_tree(ask: Ask) -> Response:
    """Answer the files under a folder of a repository, as far as they are known."""
    record = ask.described()
    names = file_names(record) if ask.rules.tree != "404" else None
    if names is None:
        raise HubError(404, f"No file list of {record['id']} is known", code="EntryNotFound")
    folder = f"{ask.part('path').strip('/')}/".lstrip("/")
    inside = sorted(name for name in names if name.startswith(folder))
    if folder and not inside:
        raise missing_entry(folder)
    recursive = ask.request.query_params.get("recursive", "").lower() in {"true", "1"}
    entries = _entries(record, inside, folder, recursive=recursive)
    return json_answer(_without_oid(entries) if ask.rules.tree == "missing oid" else entries)


def show_paths(ask: Ask) -> Response:
    """Answer what is known of the paths that a request's body names; others are left out."""
    record = ask.described()
    if ask.rules.paths_info == "404":
        raise HubError(404, "Sorry, we can't find the page you are looking for.")
    asked = _asked_paths(ask)
    names = file_names(record) or []
    entries = [entry for path in asked for entry in _entry(record, path.strip("/"), names)]
    bare = ask.rules.paths_info == "missing oid"
    return json_answer(_without_oid(entries) if bare else entries)


def _asked_paths(ask: Ask) -> list[str]:
    """Read the body, a form (as huggingface_hub sends it) or JSON."""
    if "json" in ask.request.headers.get("content-type", ""):
        try:
            read: Any = orjson.loads(ask.body)
        except ValueError:
            raise HubError(400, "Invalid JSON") from None
        paths = read.get("paths") if isinstance(read, dict) else None
        expand = isinstance(read, dict) and read.get("expand", False)
    else:
        form = parse_qs(ask.body.decode("utf-8", "replace"))
        if sum(map(len, form.values())) > ask.rules.paths_info_form_max:
            raise HubError(413, "too many parameters")
        paths, expand = form.get("paths"), form.get("expand", ["false"])[-1].lower() == "true"
    if expand:
        raise HubError(501, "The replica knows no last commits: paths-info with expand")
    if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
        raise HubError(400, '"paths" must be a list of paths')
    if len(paths) > ask.rules.paths_info_max:
        raise HubError(400, f'"paths" must hold at most {ask.rules.paths_info_max} paths')
    return paths


def _entry(record: Record, path: str, names: list[str]) -> list[dict[str, Any]]:
    """Describe a path, if there is such a file or folder."""
    if path in names:
        return [_file(record, path)]
    is_folder = any(name.startswith(f"{path}/") for name in names)
    return [_directory(path, names)] if is_folder else []


def _without_oid(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{k: v for k, v in entry.items() if k != "oid"} for entry in entries]


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
