"""What the command line prints with --json is what REST answers, for the same thing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
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
from tests.contract.rest_read_model import BAD, BASE, DATA, GONE, GOOD, LINES, model, write

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


@pytest.mark.parametrize("licence", ["apache-2.0", "llama3.1"])
def test_a_planned_model(client: TestClient, printed: Printed, licence: str) -> None:
    plan = {"name": "support-8b", "bases": [BASE], "license": licence}
    asked = ("--name", "support-8b", "--base", BASE, "--license", licence)
    answer = client.post("/v1/check", json=plan).json()
    assert printed("check", *asked, "--json") == answer
    assert printed("check", *asked, "--jsonl") == [answer]


@pytest.mark.parametrize("command", ["queries", "footprint"])
def test_the_library_and_the_footprint(client: TestClient, printed: Printed, command: str) -> None:
    assert printed(command, "--json") == client.get(f"/v1/{command}").json()["items"]
