"""What the command line prints with --json is what REST answers, for the same thing."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import orjson
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.http.services import Services
from crawler.ingest.importer import import_file
from herdbook.cli import main
from herdbook.wiring.settings import load
from herdbook.wiring.wiring import Wiring
from tests.contract.rest_read_model import BAD, BASE, DATA, DEEP, GONE, GOOD, LINES, model, write

Printed = Callable[..., Any]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """REST over a home, which the command line finds by HERDBOOK_HOME."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HERDBOOK_HOME", str(home))
        parts = Wiring(load())
        import_file(parts.engine, write(home / "first.jsonl", [*LINES, model(GONE, BASE)]))
        import_file(parts.engine, write(home / "second.jsonl", [{"id": GONE, "removed": True}]))
        parts.build()
        yield TestClient(
            create_app(Services(parts.read_model, parts.store, parts.console, parts.triage))
        )


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Printed:
    """Run a command, and return the JSON that it prints."""

    def printed(*arguments: str) -> Any:
        monkeypatch.setattr(sys, "argv", ["herdbook", *arguments])
        with pytest.raises(SystemExit):
            main()
        out = capsys.readouterr().out
        if "--jsonl" in arguments:
            return [orjson.loads(line) for line in out.splitlines()]
        return orjson.loads(out)

    return printed


@pytest.mark.parametrize("command", ["show", "check"])
@pytest.mark.parametrize("artifact", [BASE, GOOD, BAD, GONE, DATA])
def test_an_artifact(client: TestClient, printed: Printed, command: str, artifact: str) -> None:
    kind = "" if artifact == DATA else "models/"
    answer = client.get(f"/v1/{kind}{artifact}").json()
    assert printed(command, artifact, "--json") == answer
    assert answer["id"] == artifact


@pytest.mark.parametrize("direction", ["up", "down", "both"])
def test_a_lineage(client: TestClient, printed: Printed, direction: str) -> None:
    answer = client.get(f"/v1/models/{BAD}/lineage?direction={direction}&depth=9").json()
    assert printed("lineage", BAD, "--direction", direction, "--depth", "9", "--json") == answer
    assert answer["edges"]


def test_findings_and_the_replies_to_them(client: TestClient, printed: Printed) -> None:
    waived = ("--check", "name-prefix", "--reason", "agreed", "--until", "2040-01-01")
    annotation = printed("finding", "waive", BAD, *waived, "--json")
    answer = client.get("/v1/findings?limit=500").json()
    assert answer["next"] is None
    assert printed("findings", "--json") == answer["items"]
    assert printed("findings", "--jsonl") == answer["items"]
    of_check = client.get("/v1/findings?check=name-prefix&author=acme").json()["items"]
    assert printed("findings", "--check", "name-prefix", "--author", "acme", "--json") == of_check
    assert [annotation] in [one["annotations"] for one in of_check]
    shown = printed("show", BAD, "--json")["findings"]
    mine = [{k: v for k, v in one.items() if k != "id"} for one in of(client, BAD)]
    assert shown == mine
    assert [annotation] in [one["annotations"] for one in mine]


def of(client: TestClient, artifact: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.get(f"/v1/models/{artifact}/findings").json()["items"]
    assert {one["id"] for one in items} == {artifact}
    return items


PLANS: list[dict[str, Any]] = [
    {"bases": [BASE], "license": "apache-2.0"},
    {"bases": [BASE], "license": "llama3.1"},
    {"bases": [BASE, BAD]},
    {"bases": [BAD], "relation": "quantized", "datasets": ["acme/talk", "no/where"]},
    {"bases": ["nobody/thing"]},
    {"bases": [DEEP, "/nfs/models/Meta-Llama-3.1-8B/"], "relation": "merge"},
    {"bases": [BASE.lower()], "name": "acme/Llama-3.1-8B-GGUF"},
    {"from_scratch": True},
]


@pytest.mark.parametrize("plan", PLANS)
def test_a_planned_model(client: TestClient, printed: Printed, plan: dict[str, Any]) -> None:
    plan = {"name": "support-8b", **plan}
    answer = client.post("/v1/check", json=plan).json()
    asked = [f"--name={plan['name']}", *(f"--base={one}" for one in plan.get("bases", ()))]
    asked += [f"--dataset={one}" for one in plan.get("datasets", ())]
    asked += [f"--{name}={plan[name]}" for name in ("license", "relation") if name in plan]
    asked += ["--from-scratch"] if plan.get("from_scratch") else []
    assert printed("check", *asked, "--json") == answer
    assert printed("check", *asked, "--jsonl") == [answer]
    assert on_the_page(client, plan) == {
        "verdict": f"{answer['verdict']}.",
        "parents": [(e["parent"], e["relation"], e["strength"]) for e in answer["parents"]],
        "duties": [(d["check"], d["outcome"]) for d in answer["duties"]],
    }


def on_the_page(client: TestClient, plan: dict[str, Any]) -> dict[str, Any]:
    """Return what the page says of a plan, read off its HTML."""
    typed = {"base": "bases", "dataset": "datasets"}
    form = {field: "\n".join(plan.get(name, ())) for field, name in typed.items()}
    form |= {name: plan.get(name, "") for name in ("name", "relation", "license", "from_scratch")}
    given = {name: str(value) for name, value in form.items() if value}
    text = client.get("/check", params=given).text
    verdict, rest = text[text.index('id="verdict"') :].split("What it comes from")
    said = re.search(r"<p><bdi>(.*?)</bdi></p>", verdict)
    assert said is not None
    rows = re.findall(r'<tr><td><a class="id".*?</tr>', rest)
    return {
        "verdict": unescape(said[1]),
        "parents": [
            (unescape(cells[0]), cells[2].replace(" ", "_"), cells[3])
            for cells in (re.sub(r"<[^>]+>", "\t", row).split("\t") for row in rows)
            for cells in [[cell for cell in cells if cell]]
        ],
        "duties": re.findall(r'<h4>([\w-]+) <span class="outcome is-([\w-]+)">', rest),
    }


@pytest.mark.parametrize("command", ["queries", "footprint"])
def test_the_library_and_the_footprint(client: TestClient, printed: Printed, command: str) -> None:
    assert printed(command, "--json") == client.get(f"/v1/{command}").json()["items"]
