"""A filter on findings is one field: REST, the page's form, the command and the docs have it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.grafted import Grafted

FIELD = """    max_downloads: Annotated[
        int | None,
        Field(ge=0, lt=1 << 63, description="Only with at most so many downloads.", examples=[7]),
        Filter("Downloads to", lambda most, _: R.c.downloads <= most),
    ] = None
"""
ASK = """
import sys
from pathlib import Path
from fastapi.testclient import TestClient
from api.app import create_app
from tests.contract.rest_read_model import BASE, services

folder = Path(sys.argv[1])
folder.mkdir()
client = TestClient(create_app(services(folder)))
everyone = {f["id"] for f in client.get("/v1/findings?limit=500").json()["items"]}
narrowed = {f["id"] for f in client.get("/v1/findings?limit=500&max_downloads=7").json()["items"]}
assert BASE in everyone and narrowed < everyone and narrowed and BASE not in narrowed
assert client.get("/v1/findings?max_downloads=-1").status_code == 422
assert "max_downloads" in client.get("/v1/findings?as_of=x").json()["detail"]
told = client.get("/openapi.json").json()["paths"]["/v1/findings"]["get"]["parameters"]
assert "Only with at most so many downloads." in [p["description"] for p in told]

page = client.get("/findings?max_downloads=7").text
assert "max_downloads=7&amp;after=" in page
assert "Downloads to" in page and 'name="max_downloads" value="7" placeholder="7"' in page
assert BASE in client.get("/findings").text and BASE not in page

from tests.tools.filter_pages import page as documented
assert "`--max-downloads`" in documented()
"""


def listed(grafted: Grafted, *options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(grafted.herdbook("findings", "--json", *options))
    return found


@pytest.fixture(scope="module")
def grafted(tmp_path_factory: pytest.TempPathFactory) -> Grafted:
    made = Grafted(tmp_path_factory.mktemp("grafted"))
    made.add("graph/storage/filters/lists.py", FIELD)
    return made


def test_rest_the_page_and_the_docs_have_it(grafted: Grafted, tmp_path: Path) -> None:
    grafted.run(ASK, str(tmp_path / "register"))


def test_the_command_line_has_it(grafted: Grafted, tmp_path: Path) -> None:
    assert "--max-downloads" in grafted.herdbook("findings", "--help")
    lines = (
        '{"id": "meta-llama/Llama-3.1-8B", "downloads": 9, "tags": ["license:llama3.1"]}\n'
        '{"id": "acme/few", "downloads": 2, "tags": ["base_model:meta-llama/Llama-3.1-8B"]}\n'
    )
    (tmp_path / "some.jsonl").write_text(lines)
    grafted.herdbook("import", str(tmp_path / "some.jsonl"))
    both = {"meta-llama/Llama-3.1-8B", "acme/few"}
    assert {one["id"] for one in listed(grafted)} == both
    assert {one["id"] for one in listed(grafted, "--max-downloads", "5")} == {"acme/few"}
    grafted.herdbook("findings", "--max-downloads", "-1", code=2)
