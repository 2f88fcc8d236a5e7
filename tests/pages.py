"""A small register for the tests of the pages, with strangers' worst words in every place."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import orjson
from fastapi import FastAPI

from api.app import create_app
from api.http.services import Services
from crawler.ingest.importer import import_file
from graph.engines import open_graph
from graph.engines.port.ports import CypherConsole
from graph.pipeline.build import build
from graph.storage.database import open_database
from graph.storage.read_model import ReadModel
from graph.storage.tables import Base
from graph.storage.triage import Triage

ROOT = "meta-llama/Llama-3.1-8B"
GOOD = "acme/Llama-3.1-Good"
BAD = "acme/dropped-8b"
GONE = "acme/Llama-gone"
HOSTILE = "acme/hostile"
SCRIPT = "<script>alert(1)</script>"
ATTRIBUTE = '" onmouseover="alert(2)'
CLOSING = "</script><img src=x onerror=alert(3)>"
RIGHT_TO_LEFT = "evil/\u202egpj.exe"
LONG = "a/" + "very-long-name-" * 6
CACHE = "/root/.cache/models/x"
PARENTS = [SCRIPT, ATTRIBUTE, CLOSING, RIGHT_TO_LEFT, LONG, CACHE, ROOT]


def model(name: str, *parents: str, licence: str = "llama3.1", **more: Any) -> dict[str, Any]:
    """Return a model as a line of a snapshot."""
    card: dict[str, Any] = {"license": licence}
    if parents:
        card["base_model"] = list(parents)
    tags = [f"license:{licence}", *(f"base_model:finetune:{p}" for p in parents)]
    told = {"id": name, "author": name.partition("/")[0], "tags": tags, "cardData": card}
    return {**told, "downloads": 10, "likes": 1, "createdAt": "2025-01-15T00:00:00.000Z", **more}


LINES: list[dict[str, Any]] = [
    model(ROOT, downloads=1_000_000),
    model(GOOD, ROOT),
    model(BAD, ROOT, licence="apache-2.0", createdAt="2025-03-15T00:00:00.000Z"),
    model("ownerless", ROOT),
    model(HOSTILE, *PARENTS, licence=SCRIPT, author=ATTRIBUTE),
    {**model("acme/named"), "cardData": {"license": "other", "license_name": CLOSING,
                                         "license_link": "javascript:alert(4)"}},
    *(model(f"herd/calf-{n:02}", GOOD, licence="mit") for n in range(60)),
    {"id": "acme/talk", "kind": "dataset", "tags": ["license:mit"], "downloads": 3},
    {"id": "../../refused"},
]  # fmt: skip


def services(folder: Path, lines: list[dict[str, Any]] | None = None) -> Services:
    """Return services on a register and a graph built in a folder."""
    engine = open_database(f"sqlite:///{folder}/herdbook.db")
    Base.metadata.create_all(engine)
    told = [*(LINES if lines is None else lines), model(GONE, ROOT)]
    for name, some in (("first", told), ("second", [{"id": GONE, "removed": True}])):
        path = folder / f"{name}.jsonl"
        path.write_bytes(b"\n".join(map(orjson.dumps, some)))
        import_file(engine, path)
    url = f"kglite:///{folder}/graph.kgl"
    store = open_graph(url)
    build(engine, store, url)
    return Services(ReadModel(engine), store, cast("CypherConsole", store), Triage(engine))


def application(folder: Path) -> FastAPI:
    """Return the application on such a register."""
    return create_app(services(folder))
