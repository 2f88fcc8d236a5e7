"""A small register with everything that the REST routes can show, made by the real parts."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import orjson

from api.http.services import Services
from crawler.ingest.importer import import_file
from graph.engines import open_graph
from graph.engines.port.limits import DEFAULT, Limits
from graph.engines.port.ports import CypherConsole
from graph.pipeline.build import build
from graph.storage.database import open_database
from graph.storage.read_model import ReadModel
from graph.storage.tables import Base
from graph.storage.triage import Triage

BASE = "meta-llama/Llama-3.1-8B"
GOOD = "acme/Llama-3.1-8B-Support"
BAD = "acme/support-8b"
BARE = "ownerless"  # an id without an owner
GONE = "acme/Llama-gone"
DEEP = "/root/checkpoints/step-1"  # a parent that a card names by its path
DATA = "datasets/acme/talk"
BARE_DATA = "datasets/talk"
MANY = [f"herd/calf-{i:02}" for i in range(12)]


def model(name: str, parent: str | None = None, licence: str = "llama3.1", **more: Any) -> Any:
    """Return a model as a line of a snapshot."""
    card: dict[str, Any] = {"license": licence}
    tags = [f"license:{licence}"]
    if parent:
        card["base_model"] = parent
        tags += [f"base_model:{parent}", f"base_model:finetune:{parent}"]
    told = {"id": name, "tags": tags, "cardData": card, "downloads": 5, "likes": 1}
    return {**told, "createdAt": "2025-01-15T00:00:00.000Z", **more}


LINES = [
    model(BASE, downloads=1_000_000),
    model(GOOD, BASE, downloads=300),
    model(BAD, BASE, "apache-2.0", downloads=200),
    model(f"{BAD}-chat", BAD, "apache-2.0", downloads=100),
    model(BARE, BASE),
    model("acme/from-path", DEEP, "mit"),
    *(model(name, BASE, "mit", downloads=7) for name in MANY),
    {"id": "acme/talk", "kind": "dataset", "tags": ["license:mit"], "downloads": 3},
    {"id": "talk", "kind": "dataset", "tags": ["license:mit"], "downloads": 3},
    {"id": "../../etc/passwd"},
]


def write(path: Path, lines: list[Any]) -> Path:
    """Write a snapshot."""
    path.write_bytes(b"\n".join(map(orjson.dumps, lines)))
    return path


def services(
    folder: Path, database: str = "", console: Limits = DEFAULT, **limits: Any
) -> Services:
    """Return services on a register and a graph built in a folder."""
    engine = open_database(database or f"sqlite:///{folder}/herdbook.db")
    Base.metadata.create_all(engine)
    import_file(engine, write(folder / "first.jsonl", [*LINES, model(GONE, BASE)]))
    import_file(engine, write(folder / "second.jsonl", [{"id": GONE, "removed": True}]))
    url = f"kglite:///{folder}/graph.kgl"
    store = open_graph(url, limits=console)
    build(engine, store, url)
    return Services(
        ReadModel(engine), store, cast("CypherConsole", store), Triage(engine), **limits
    )
