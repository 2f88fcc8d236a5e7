"""The requests that the doctor makes beside the first pages of the two lists.

Repositories that are public and stand for years; no file of them that counts as a download.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from crawler.hub.fields import WANTED
from crawler.hub.hub import API, FILE, MAX_FILE
from crawler.hub.transport import Params
from graph.catalogue.model import Kind

OPEN, FORMER = "openai-community/gpt2", "gpt2"  # renamed in 2024
GATED = "meta-llama/Llama-3.1-8B"
NOBODY = "herdbook-doctor/there-is-no-such-repository"
ONLY_ONE = ("childrenModelCount", "usedStorage")  # allowed of one repository, not of a list
NO_FILE = "there-is-no-such-file.md"
LICENCE, BASE = "license:llama3.1", f"base_model:{GATED}"
MOST = 32 << 20  # bytes of an answer with at most a hundred rows
ROWS = 100


@dataclass(frozen=True, slots=True)
class Probe:
    """One request; ``costs`` is what it counts in the Hub's buckets."""

    name: str
    path: str
    params: Params = ()
    costs: Mapping[str, int] = field(default_factory=lambda: API)
    form: Mapping[str, Any] | None = None
    most: int = MOST


def _rows(name: str, found_by: str, sort: str, *expand: str) -> Probe:
    """Return a filtered list; ``private`` is asked for so that no such row is ever kept."""
    asked = ("private", "tags", *expand)
    params: list[tuple[str, str | int]] = [("limit", ROWS), ("sort", sort), ("filter", found_by)]
    return Probe(name, "/api/models", (*params, *(("expand", one) for one in asked)))


def _file(name: str, repository: str, file: str) -> Probe:
    return Probe(name, f"/{repository}/resolve/main/{file}", costs=FILE, most=MAX_FILE)


ONE = WANTED[Kind.MODEL, "one"]
LISTS = {"models": Kind.MODEL, "datasets": Kind.DATASET}
NEXT = "models-next"
PROBES = (
    Probe("missing", f"/api/models/{NOBODY}"),
    _file("readme", OPEN, "README.md"),
    Probe(
        "refused-names",
        "/api/models",
        (("limit", 1), *(("expand", name) for name in ("private", *ONLY_ONE))),
    ),
    _rows("licence", LICENCE, "downloads", "downloads"),
    _rows("base-model", BASE, "createdAt", "config"),
    _rows("base-model-lower", BASE.lower(), "createdAt"),
    Probe("gated", f"/api/models/{GATED}", tuple(("expand", one) for one in ONE)),
    _file("gated-readme", GATED, "README.md"),
    Probe(
        "paths",
        f"/api/models/{OPEN}/paths-info/main",
        form={"paths": ["README.md"], "expand": False},
    ),
    _file("missing-file", OPEN, NO_FILE),
    Probe("renamed", f"/api/models/{FORMER}"),
)
QUICK = PROBES[:2]
REQUESTS = len(LISTS) + 1 + len(PROBES)
