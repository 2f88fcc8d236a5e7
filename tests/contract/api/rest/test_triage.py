"""Annotations to findings, kept: over REST with a token, on pages, until they lapse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.compliance.triage import AnnotationKind
from graph.storage.triage import Triage
from tests.contract.rest_read_model import BAD, services
from tests.home import LLAMA, Home, model

PATH = "/v1/findings/annotations"
TOKEN = {"Authorization": "Bearer s3cret"}
ANNOTATION = {
    "id": BAD,
    "check": "name-prefix",
    "kind": "waived",
    "reason": "agreed <b>so</b>",
    "by": "legal",
}


@pytest.fixture
def client(tmp_path: Path, database_url: str) -> Iterator[TestClient]:
    made = services(tmp_path, database_url, token="s3cret")  # noqa: S106
    with TestClient(create_app(made)) as one:
        yield one


def replies_of(client: TestClient, check: str = "name-prefix") -> list[Any]:
    items = client.get(f"/v1/models/{BAD}/findings").json()["items"]
    return next(item["annotations"] for item in items if item["check"] == check)


def test_a_reply_is_shown_wherever_the_finding_is(client: TestClient) -> None:
    before = client.get(f"/v1/models/{BAD}").headers["etag"]
    made = client.post(PATH, json=ANNOTATION, headers=TOKEN)
    assert made.status_code == 201
    assert made.json()["state"] == "standing"
    assert replies_of(client) == [made.json()]
    assert replies_of(client, "licence-tag") == []
    stored = client.get(f"/v1/models/{BAD}", headers={"If-None-Match": before})
    assert stored.status_code == 200
    assert made.json() in [r for f in stored.json()["findings"] for r in f["annotations"]]
    listed = client.get("/v1/findings", params={"check": "name-prefix", "author": "acme"}).json()
    assert made.json() in [r for f in listed["items"] for r in f["annotations"]]
    page = client.get(f"/models/{BAD}").text
    assert "<strong>waived</strong>" in page
    assert "agreed &lt;b&gt;so&lt;/b&gt;" in page
    assert "waived" in client.get("/findings").text


def test_a_reply_changes_no_outcome(client: TestClient) -> None:
    before = client.get(f"/v1/models/{BAD}").json()["outcome"]
    client.post(PATH, json=ANNOTATION, headers=TOKEN)
    assert client.get(f"/v1/models/{BAD}").json()["outcome"] == before == "failed"


def test_a_withdrawn_reply_is_shown_no_more(client: TestClient) -> None:
    number = client.post(PATH, json=ANNOTATION, headers=TOKEN).json()["number"]
    assert client.delete(f"{PATH}/{number}", headers=TOKEN).status_code == 204
    assert replies_of(client) == []
    for gone, status in ((number, 404), (number + 1, 404), (0, 422), (1 << 80, 422)):
        assert client.delete(f"{PATH}/{gone}", headers=TOKEN).status_code == status


@pytest.mark.parametrize(
    ("headers", "change", "status"),
    [
        ({}, {}, 401),
        ({"Authorization": "Bearer wrong"}, {}, 401),
        (TOKEN, {"id": "acme/nobody"}, 404),
        (TOKEN, {"check": "none-such"}, 422),
        (TOKEN, {"licence": "gemma"}, 422),
        (TOKEN, {"kind": "deleted"}, 422),
        (TOKEN, {"reason": " "}, 422),
        (TOKEN, {"until": "2001-01-01T00:00:00Z"}, 422),
        (TOKEN, {"until": "2101-01-01T00:00:00"}, 422),
        (TOKEN, {"more": 1}, 422),
    ],
)
def test_what_cannot_be_taken_is_refused_and_nothing_is_kept(
    client: TestClient, headers: dict[str, str], change: dict[str, Any], status: int
) -> None:
    answer = client.post(PATH, json={**ANNOTATION, **change}, headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert replies_of(client) == []


def test_without_a_token_of_its_own_a_server_takes_none(tmp_path: Path) -> None:
    with TestClient(create_app(services(tmp_path))) as client:
        assert client.post(PATH, json=ANNOTATION, headers=TOKEN).status_code == 403
        assert client.delete(f"{PATH}/1", headers=TOKEN).status_code == 403


def test_replies_survive_a_fresh_build_and_lapse_when_the_card_changes(
    tmp_path: Path, database_url: str
) -> None:
    home = Home(tmp_path, f"kglite:///{tmp_path}/graph.kgl", database_url)
    child = model("acme/support", f"finetune:{LLAMA}", licence="mit")
    home.take(model(LLAMA, licence="llama3.1"), child)
    home.build()
    stored = home.read_model.artifact("acme/support")
    assert stored is not None
    finding = next(f for f in stored.findings if f.check == "licence-tag")
    triage = Triage(home.engine)
    triage.take(finding, AnnotationKind.DISPUTED, "two licences", "maker")
    app = create_app(_served(home, triage))
    with TestClient(app) as client:
        assert _states(client) == ["standing"]
        home.build(fresh=True)
        assert _states(client) == ["standing"]
        home.take(replace_licence(child, "apache-2.0"))
        home.build()
        assert _states(client) == ["lapsed"]


def replace_licence(record: dict[str, Any], licence: str) -> dict[str, Any]:
    tags = [tag for tag in record["tags"] if not tag.startswith("license:")]
    return {**record, "tags": [*tags, f"license:{licence}"]}


def _served(home: Home, triage: Triage) -> Any:
    folder = home.folder / "other"
    folder.mkdir()
    return replace(services(folder), read_model=home.read_model, triage=triage)


def _states(client: TestClient) -> list[str]:
    items = client.get("/v1/models/acme/support/findings").json()["items"]
    return [r["state"] for item in items for r in item["annotations"]]
