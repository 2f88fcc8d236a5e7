"""One repository's sheet, on every way out: gone, disabled, older than the Hub's field, changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.http.services import Services
from api.schemas.artifacts import ArtifactDetail
from api.schemas.findings import EvidenceView
from graph.engines.port.ports import CypherConsole
from graph.footprint import Result
from graph.storage.coverage import WHOLE, Coverage
from graph.storage.triage import Triage
from herdbook.output import rendering
from tests.home import LLAMA, Home, gone, model

HELD = {"NOTICE": "Built with Llama", "README.md": "# A model\n\nBuilt with Llama"}
FIRST, SECOND = "a" * 40, "b" * 40
CHANGED = model("acme/Llama-changed", f"finetune:{LLAMA}", licence="llama3.1", sha=FIRST)
WENT = model(
    "acme/Llama-went", f"finetune:{LLAMA}", licence="llama3.1", downloads=71, downloadsAllTime=7_100
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = tmp_path_factory.mktemp("sheets")
    made = Home(folder, f"kglite:///{folder}/graph.kgl")
    made.take(
        model(LLAMA, licence="llama3.1", createdAt="2022-03-02T23:29:04.000Z"),
        model("acme/off", licence="mit", disabled=True, createdAt="2024-05-01T00:00:00.000Z"),
        {**CHANGED, "files": HELD},
        WENT,
        model("acme/of-nobody", "finetune:secret/Foo-7b", licence="mit"),
    )
    made.build()
    made.take({**CHANGED, "sha": SECOND}, gone(WENT["id"]))
    made.build()
    yield made
    made.close()


@pytest.fixture(scope="module")
def client(home: Home) -> TestClient:
    console = cast("CypherConsole", home.store)
    return TestClient(
        create_app(Services(home.read_model, home.store, console, Triage(home.engine)))
    )


def printed(home: Home, artifact_id: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what `herdbook show` prints, on one line."""
    stored = home.read_model.artifact(artifact_id)
    assert stored is not None
    rendering.print_artifact(ArtifactDetail.of(stored))
    return " ".join(capsys.readouterr().out.split())


def test_what_went_is_told_as_it_was_last_known(
    home: Home, client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    told = client.get(f"/v1/models/{WENT['id']}").json()
    assert (told["crawled"], told["downloads"], told["downloads_all"]) == (False, 71, 7100)
    assert told["licence"]["declared"] == "llama3.1"
    assert told["removed"].endswith("Z")
    page = client.get(f"/models/{WENT['id']}").text
    assert "went from the Hub" in page
    assert "What follows is what was last known" in page
    assert "7\u202f100" in page
    assert "not judged any more" in page
    assert "Does not apply" not in page
    assert f"went from the Hub, {told['removed']}" in printed(home, WENT["id"], capsys)
    listed = client.get("/v1/models?author=acme").json()["items"]
    assert WENT["id"] not in {one["id"] for one in listed}


def test_one_that_the_hub_disabled_says_so(
    home: Home, client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "The Hub has disabled this repository: its files cannot be read"
    assert client.get("/v1/models/acme/off").json()["disabled"]
    assert words in client.get("/models/acme/off").text
    assert words in printed(home, "acme/off", capsys)
    assert words not in client.get(f"/models/{LLAMA}").text


def test_a_lineage_that_is_not_known_is_said_once_on_every_way_out(
    home: Home, client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "Its parent secret/Foo-7b was not read"
    told = client.get("/v1/models/acme/of-nobody").json()
    assert told["outcome"] == "unknown"
    assert {(f["outcome"], words in f["message"]) for f in told["findings"]} == {("unknown", True)}
    page = client.get("/models/acme/of-nobody").text
    assert page.count(words) == 1
    assert "Does not apply" not in page
    said = printed(home, "acme/of-nobody", capsys)
    assert said.count(words) == 1
    assert "unknown name-prefix, licence-tag" in said
    listed = client.get("/v1/models?outcome=unknown").json()["items"]
    assert "acme/of-nobody" in {one["id"] for one in listed}


def test_downloads_that_are_not_told_are_not_known(
    home: Home, client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    assert client.get("/v1/models/acme/off").json()["downloads_all"] is None
    page = client.get("/models/acme/off").text
    assert "<dt>Downloads (all time)</dt><dd>unknown</dd>" in page
    assert "unknown in 30 days, unknown of all time" in printed(home, "acme/off", capsys)


def test_the_hubs_floor_is_no_date(
    home: Home, client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    told = client.get(f"/v1/models/{LLAMA}").json()
    assert (told["created"], told["created_before"]) == (None, "2022-03-02")
    other = client.get("/v1/models/acme/off").json()
    assert (other["created"], other["created_before"]) == ("2024-05-01T00:00:00Z", None)
    for address in (f"/models/{LLAMA}", "/models"):
        assert "before 2022-03-02" in client.get(address).text
    assert "before 2022-03-02" in printed(home, LLAMA, capsys)


def seen(findings: list[dict[str, Any]], check: str) -> list[dict[str, Any]]:
    """Return the evidence of one check."""
    return [row for one in findings if one["check"] == check for row in one["evidence"]]


def test_a_text_of_an_older_revision_is_marked(
    home: Home, client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    address = f"/v1/models/{CHANGED['id']}"
    alone = client.get(address).json()["findings"]
    together = client.get(f"{address}/findings").json()["items"]
    listed = client.get("/v1/findings?author=acme&limit=500").json()["items"]
    for findings in (alone, together, [f for f in listed if f["id"] == CHANGED["id"]]):
        told = {(row["revision"], row["changed_since"]) for row in seen(findings, "notice-file")}
        assert told == {(FIRST, True)}
    names = {(r["revision"], r["changed_since"]) for r in seen(alone, "name-prefix")}
    assert names == {(SECOND, False)}
    page = client.get(f"/models/{CHANGED['id']}").text
    assert f'read at revision <code title="{FIRST}">aaaaaaa</code>; the repository has' in page
    out = printed(home, CHANGED["id"], capsys)
    assert "(read at revision aaaaaaa; the repository has changed since)" in out


def test_only_an_artifacts_own_revision_can_be_held_against_it(home: Home) -> None:
    stored = home.read_model.artifact(CHANGED["id"])
    assert stored is not None
    evidence = next(f.evidence[0] for f in stored.findings if f.check == "notice-file")
    unread = evidence._replace(revision=None)
    assert EvidenceView.of(evidence, CHANGED["id"], SECOND).changed_since
    assert not EvidenceView.of(evidence, "acme/other", SECOND).changed_since
    assert not EvidenceView.of(evidence, CHANGED["id"], None).changed_since
    assert not EvidenceView.of(unread, CHANGED["id"], SECOND).changed_since


def test_the_footprint_on_a_terminal_leaves_shares_out_of_a_part(
    capsys: pytest.CaptureFixture[str],
) -> None:
    row = {"line": "llama", "members": 4, "share": 0.25, "downloads": 9}
    result = Result("rivals", "Rivals", "about", "rivals-share", [row])
    rendering.print_results([result], WHOLE)
    whole = capsys.readouterr().out
    part = Coverage(False, words="The list is not read whole yet")
    rendering.print_results([result.held(part)], part)
    out = capsys.readouterr().out
    assert "0.25" in whole
    assert "share" not in out.replace("rivals-share", "")
    assert out.startswith("The list is not read whole yet")
    assert "4" in out


def test_one_row_of_many_figures_is_read_downwards(capsys: pytest.CaptureFixture[str]) -> None:
    row = {f"figure_{n}": n for n in range(rendering.WIDE + 1)}
    rendering.print_results([Result("glance", "Glance", "about", "at-a-glance", [row])], WHOLE)
    lines = capsys.readouterr().out.splitlines()
    assert ["figure_3", "3"] in [line.split() for line in lines]
