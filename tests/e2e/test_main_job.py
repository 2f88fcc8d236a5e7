"""The main job as a person runs it: a process, a browser's requests, the command line."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.e2e.running import answer, run, up
from tests.hub_replica import Replica, load_series, serve

MEMBERS = (
    "MATCH (m:Model)-[i:IN_FAMILY]->(f:Family {llama: true}) "
    "RETURN f.id AS family, m.id AS id, i.strength AS strength ORDER BY family, id"
)
FINDINGS = (
    "MATCH (a)-[:HAS_FINDING]->(f:Finding) "
    "RETURN a.id AS id, f.check AS check, f.outcome AS outcome, f.licence AS licence"
)


def test_the_first_start_shows_the_sample_and_says_so(tmp_path: Path) -> None:
    with up(tmp_path, "up") as (url, _):
        page = httpx.get(url).text
        assert "sample" in page
        models = httpx.get(f"{url}/v1/models", params={"family": "llama-3.1"}).json()["items"]
        assert {"meta-llama/Llama-3.1-8B"} <= {model["id"] for model in models}
        shown = answer(tmp_path, "show", "meta-llama/Llama-3.1-8B")
        assert shown["families"] == ["llama-3.1"]


def test_a_crawl_takes_the_samples_place(tmp_path: Path) -> None:
    record = {
        "id": "acme/Llama-3.1-8B-New",
        "author": "acme",
        "tags": [
            "base_model:meta-llama/Llama-3.1-8B",
            "base_model:finetune:meta-llama/Llama-3.1-8B",
        ],
        "cardData": {"base_model": "meta-llama/Llama-3.1-8B"},
        "createdAt": "2026-01-01T00:00:00.000Z",
    }
    with serve(Replica([record]).app) as hub, up(tmp_path, "up", HF_ENDPOINT=hub) as (url, _):
        for _ in range(300):
            items = httpx.get(f"{url}/v1/models", params={"author": "acme"}).json()["items"]
            if items:
                break
            time.sleep(0.1)
        page = httpx.get(url).text
    assert [item["id"] for item in items] == ["acme/Llama-3.1-8B-New"]
    assert "bundled sample" not in page


def test_an_unknown_id_a_wrong_setting_and_a_wrong_option_say_what_to_do(tmp_path: Path) -> None:
    assert run(tmp_path, "show", "nobody/nothing", code=1) == ""
    run(tmp_path, "settings", code=1, HERDBOOK_PORT="x")
    run(tmp_path, "lineage", "gpt2", "--direction", "sideways", code=2)
    run(tmp_path, "import", str(tmp_path / "none.jsonl"), code=1)


def test_a_broken_file_refuses_lines_and_keeps_the_rest(tmp_path: Path) -> None:
    lines = tmp_path / "lines.jsonl"
    lines.write_text('{"id": "a/one"}\n{nothing\n{"tags": []}\n{"id": "a/../b"}\n{"id": "a/two"}\n')
    told = answer(tmp_path, "import", str(lines))
    assert (told["import"]["records"], told["import"]["refused"]) == (2, 3)
    assert answer(tmp_path, "show", "a/two")["id"] == "a/two"


@pytest.mark.shared
def test_rest_command_line_and_cypher_agree_on_the_series(tmp_path: Path, shared: Path) -> None:
    with up(tmp_path, "up", "--source", str(shared / "hub" / "series")) as (url, _):
        asked = answer(tmp_path, "cypher", MEMBERS)
        families = sorted({row["family"] for row in asked})
        assert {"llama-2", "llama-3", "llama-3.1", "llama-3.2"} <= set(families)
        for family in families:
            members = _all(url, f"/v1/families/{family}/members")
            assert [m["id"] for m in members] == [r["id"] for r in asked if r["family"] == family]
        by_cypher = {_key(row) for row in answer(tmp_path, "cypher", FINDINGS)}
        by_rest = {_key(row) for row in _all(url, "/v1/findings")}
        by_command = {_key(row) for row in answer(tmp_path, "findings")}
        assert by_cypher == by_rest == by_command
        some = sorted({row["id"] for row in asked if row["strength"] == "declared"})[::25]
        for model in some:
            rest = httpx.get(f"{url}/v1/models/{model}").json()
            command = answer(tmp_path, "show", model)
            assert rest["families"] == command["families"]
            assert rest["findings"] == command["findings"]


@pytest.mark.shared
def test_models_live_at_the_end_of_the_series_are_counted(tmp_path: Path, shared: Path) -> None:
    run(tmp_path, "import", str(shared / "hub" / "series"))
    live = "MATCH (m:Model) WHERE m.crawled RETURN count(m) AS n"
    assert answer(tmp_path, "cypher", live) == [{"n": 13_192}]
    assert len(load_series(shared / "hub" / "series", None)) == 13_192


def _all(url: str, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        params = {"limit": "500", **({"cursor": cursor} if cursor else {})}
        page = httpx.get(f"{url}{path}", params=params).json()
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            return found


def _key(row: dict[str, Any]) -> tuple[str, str, str, str | None]:
    return (row["id"], row["check"], row["outcome"], row.get("licence"))
