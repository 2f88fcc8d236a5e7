"""The requests that the doctor makes beside the first pages of the two lists.

Repositories that are public and stand for years; no file of them that counts as a download.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from crawler.hub.fields import WANTED
from crawler.hub.hub import API, FILE, MAX_FILE
from crawler.hub.transport import Request
from graph.catalogue.model import Kind

OPEN, FORMER = "openai-community/gpt2", "gpt2"  # renamed in 2024
GATED = "meta-llama/Llama-3.1-8B"
NOBODY = "herdbook-doctor/there-is-no-such-repository"
ONLY_ONE = ("childrenModelCount", "usedStorage")  # allowed of one repository, not of a list
NO_FILE = "there-is-no-such-file.md"
LICENCE, BASE = "license:llama3.1", f"base_model:{GATED}"
MOST = 32 << 20  # bytes of an answer with at most a hundred rows
ROWS = 100


def _api(path: str, expand: Iterable[str] = (), **params: str | int) -> Request:
    asked = (*params.items(), *(("expand", name) for name in expand))
    return Request(f"/api/models{path}", API, MOST, asked)


def _rows(found_by: str, sort: str, *expand: str) -> Request:
    """Return a filtered list; ``private`` is asked for so that no such row is ever kept."""
    return _api("", ("private", "tags", *expand), limit=ROWS, sort=sort, filter=found_by)


def _file(repository: str, file: str) -> Request:
    return Request(f"/{repository}/resolve/main/{file}", FILE, MAX_FILE)


LISTS = {"models": Kind.MODEL, "datasets": Kind.DATASET}
NEXT = "models-next"
PROBES = {
    "missing": _api(f"/{NOBODY}"),
    "readme": _file(OPEN, "README.md"),
    "refused-names": _api("", ("private", *ONLY_ONE), limit=1),
    "licence": _rows(LICENCE, "downloads", "downloads"),
    "base-model": _rows(BASE, "createdAt", "config"),
    "base-model-lower": _rows(BASE.lower(), "createdAt"),
    "gated": _api(f"/{GATED}", WANTED[Kind.MODEL, "one"]),
    "gated-readme": _file(GATED, "README.md"),
    "paths": replace(
        _api(f"/{OPEN}/paths-info/main"), form={"paths": ["README.md"], "expand": False}
    ),
    "missing-file": _file(OPEN, NO_FILE),
    "renamed": _api(f"/{FORMER}"),
}
QUICK = {name: PROBES[name] for name in ("missing", "readme")}
REQUESTS = len(LISTS) + 1 + len(PROBES)
