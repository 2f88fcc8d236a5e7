"""A plain fact of the Hub that is added to a copy of the product shows on every way out.

It takes two files: its declaration, and the migration that gives it a column, as
``python -m migrations`` drafts it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.grafted import PACKAGES, Grafted
from tests.home import LLAMA, model
from tests.places import ROOT

DECLARED = "graph/catalogue/facts.py"
FACT = """
    trending: Annotated[
        int | None, Fact("trendingScore", "how much it is looked at now", counter=True)
    ] = None
    shut: Annotated[bool, Fact("isShut", "whether it is closed", node=False)] = False
    gate: Annotated[str | None, Fact("gate", "who may read it", of=("model",))] = None
"""
LIKES = (
    '    likes: Annotated[int | None, Fact("likes", "as the Hub counts", counter=True)] = None\n'
)
MIGRATE = "import sys; from migrations.__main__ import main; sys.exit(main(['Add trending']))"
CHILD, BEFORE = "acme/Llama-3.1-8B-Support", "acme/Llama-stored-before"
LOOK = """
import json, os, sys
os.environ["HERDBOOK_GRAPH_URL"] = f"kglite:///{os.environ['HERDBOOK_HOME']}/graph.kgl"
from fastapi.testclient import TestClient
from sqlalchemy import text
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from api.app import create_app
from api.http.services import Services
from crawler.crawl.sieve import SLIM
from crawler.hub.fields import WANTED
from graph.storage.tables import Base
from herdbook.wiring.settings import Settings
from herdbook.wiring.wiring import Wiring

made = Wiring(Settings())
made.build(fresh=True)
client = TestClient(create_app(Services(made.read_model, made.store, made.console, made.triage)))
with made.engine.connect() as connection:
    query = "select a.id, trending, gate, shut from records join artifacts a using (key)"
    stored = {row[0]: list(row[1:]) for row in connection.execute(text(query))}
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    differences = compare_metadata(context, Base.metadata)
query = f"MATCH (m:Model) WHERE m.id = '{sys.argv[1]}' RETURN m.trending, m.gate"
print(json.dumps({
    "stored": stored,
    "differences": list(map(str, differences)),
    "node": made.console.cypher(query, {}, seconds=30, rows=None).rows[0],
    "answer": client.get(f"/v1/models/{sys.argv[1]}").json(),
    "schemas": client.get("/openapi.json").json()["components"]["schemas"],
    "page": client.get(f"/models/{sys.argv[1]}").text,
    "asked": {kind.value: [n for n in names if n in ("trendingScore", "gate")]
              for (kind, form), names in WANTED.items() if form == "list"},
    "kept": sorted(SLIM & {"trendingScore", "gate"}),
}))
made.store.close()
"""


@pytest.fixture(scope="module")
def grafted(tmp_path_factory: pytest.TempPathFactory) -> Grafted:
    made = Grafted(tmp_path_factory.mktemp("fact"))
    _take(made, model(BEFORE, f"finetune:{LLAMA}", trendingScore=5, gate="auto", isShut=True))
    place = made.root / DECLARED
    before = place.read_text(encoding="utf-8")
    place.write_text(before.replace(LIKES, LIKES + FACT.lstrip("\n")), encoding="utf-8")
    made.run(MIGRATE)
    return made


@pytest.fixture(scope="module")
def seen(grafted: Grafted) -> dict[str, Any]:
    """What the copy says of a model of which the Hub told the fact, in two snapshots."""
    for trending in (7, 4321):
        child = model(CHILD, f"finetune:{LLAMA}", trendingScore=trending, gate="manual", likes=3)
        _take(grafted, model(LLAMA, licence="llama3.1"), child)
    told: dict[str, Any] = json.loads(grafted.run(LOOK, CHILD))
    return told


def test_it_takes_its_declaration_and_a_migration(grafted: Grafted) -> None:
    changed = {
        path.relative_to(grafted.root).as_posix()
        for package in PACKAGES
        for path in (grafted.root / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and _differs(grafted.root, path)
    }
    (migration,) = changed - {DECLARED}
    assert migration.startswith("migrations/versions/")
    assert len(changed) == 2


def _take(product: Grafted, *records: dict[str, Any]) -> None:
    file = product.root.parent / "some.jsonl"
    file.write_bytes(b"\n".join(map(orjson.dumps, records)))
    product.herdbook("import", str(file))


def _differs(root: Path, path: Path) -> bool:
    ours = ROOT / path.relative_to(root)
    return not ours.exists() or ours.read_bytes() != path.read_bytes()


def test_it_is_asked_for_where_the_hub_has_it(seen: dict[str, Any]) -> None:
    assert seen["asked"] == {"model": ["gate", "trendingScore"], "dataset": ["trendingScore"]}
    assert seen["kept"] == ["gate", "trendingScore"]


def test_it_is_stored_and_stands_in_the_graph(seen: dict[str, Any]) -> None:
    assert seen["differences"] == []
    assert seen["stored"][CHILD] == [4321, "manual", False]
    assert seen["node"] == [4321, "manual"]


def test_what_was_stored_before_it_tells_it_too_but_for_counters(seen: dict[str, Any]) -> None:
    assert seen["stored"][BEFORE] == [None, "auto", True]


def test_it_is_answered_and_described(seen: dict[str, Any]) -> None:
    assert (seen["answer"]["trending"], seen["answer"]["gate"]) == (4321, "manual")
    described = [s["properties"]["trending"] for s in seen["schemas"].values()
                 if "trending" in s.get("properties", {})]  # fmt: skip
    assert [one["description"] for one in described] == ["How much it is looked at now."]


def test_the_page_and_the_command_line_show_it(grafted: Grafted, seen: dict[str, Any]) -> None:
    assert "<dt>Trending</dt><dd>4\u202f321</dd>" in seen["page"]
    assert "<dt>Gate</dt><dd>manual</dd>" in seen["page"]
    lines = [line.split() for line in grafted.herdbook("show", CHILD).splitlines()]
    assert ["trending", "4,321"] in lines
    assert ["gate", "manual"] in lines
    assert json.loads(grafted.herdbook("show", CHILD, "--json"))["trending"] == 4321
