"""The fields that the replica lets be asked for, and what is shown to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from huggingface_hub import HfApi

from tests.hub_replica import Replica, Rules
from tests.hub_replica.sample import files_of, model
from tests.recorded.front import Front

TOKEN = {"Authorization": "Bearer hf_x"}
ONLY_ONE = {"models": {"childrenModelCount", "usedStorage"}, "datasets": {"usedStorage"}}


@pytest.fixture(autouse=True)
def replica(front: Front) -> Replica:
    front.replica = Replica(
        [
            model("acme/One", usedStorage=3, likes=1, _id="1" * 24),
            {"id": "acme/Data", "kind": "dataset", "usedStorage": 3, "likes": 1},
        ]
    )
    return front.replica


@pytest.fixture
def http(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, trust_env=False) as client:
        yield client


@pytest.mark.parametrize("kind", ["models", "datasets"])
def test_lists_refuse_what_one_repository_may_be_asked_for(http: httpx.Client, kind: str) -> None:
    rules, one = Rules(), f"/api/{kind}/acme/{'One' if kind == 'models' else 'Data'}"
    only = set(rules.expandable(kind, one=True)) - set(rules.expandable(kind, one=False))
    assert only == ONLY_ONE[kind]
    for name in only:
        answer = http.get(f"/api/{kind}?expand=likes&expand={name}")
        assert answer.status_code == 400
        assert answer.json()["error"].startswith('✖ Invalid option: expected one of "author"|')
        assert name not in answer.json()["error"]
        assert "x-error-message" not in answer.headers
        assert http.get(f"{one}?expand=likes&expand={name}").status_code == 200
    assert http.get(f"{one}?expand=usedStorage").json()["usedStorage"] == 3
    for name in rules.expandable(kind, one=False):
        assert http.get(f"/api/{kind}", params={"expand": name}).status_code == 200


@pytest.mark.parametrize("kind", ["model", "dataset"])
def test_names_for_lists_are_those_that_the_client_documents(kind: str) -> None:
    documented = getattr(HfApi, f"list_{kind}s").__doc__.partition("expand (")[2]
    options = documented.partition("Possible values are")[2].partition("\n")[0]
    allowed = set(Rules().expandable(f"{kind}s", one=False))
    assert set(re.findall('`"([^"]+)"`', options)) - ONLY_ONE[f"{kind}s"] == (
        allowed - {"baseModels", "xetEnabled"}  # read back from the live API since
    )


def test_expanded_rows_hold_the_ids_and_what_was_asked_for(http: httpx.Client) -> None:
    assert http.get("/api/models?expand=likes").json() == [
        {"_id": "1" * 24, "id": "acme/One", "likes": 1}
    ]


@pytest.mark.parametrize(
    ("rules", "query", "expected"),
    [
        ({"list_refuses": ("tags",)}, "expand=likes&expand=tags", None),
        ({"list_refuses": ("tags",)}, "expand=likes", {"likes": 1}),
        ({"unknown_expand": "ignore"}, "expand=usedStorage&expand=likes", {"likes": 1}),
        ({"refusal_names_options": False}, "expand=usedStorage", None),
        ({"list_models_expand": ("usedStorage",)}, "expand=usedStorage", {"usedStorage": 3}),
        ({"expand_spelling": "plain"}, "expand[]=x&expand=likes", {"likes": 1}),
    ],
)
def test_rules_say_which_names_are_refused(
    http: httpx.Client,
    replica: Replica,
    rules: dict[str, Any],
    query: str,
    expected: dict[str, int] | None,
) -> None:
    replica.rules = Rules.of(rules)
    answer = http.get(f"/api/models?{query}")
    if expected is None:
        assert answer.status_code == 400
        assert ("|" in answer.json()["error"]) == replica.rules.refusal_names_options
    else:
        assert answer.json() == [{"_id": "1" * 24, "id": "acme/One"} | expected]


def test_private_is_shown_to_a_token_alone(http: httpx.Client, replica: Replica) -> None:
    replica.replace([files_of("acme/Own", private=True), model("acme/Open")])
    path = "/api/models/acme/Own"

    def seen(**headers: str) -> tuple[list[str], int, int]:
        rows = http.get("/api/models", headers=headers).json()
        file = http.get("/acme/Own/raw/main/README.md", headers=headers)
        detail = http.get(path, headers=headers)
        return [row["id"] for row in rows], detail.status_code, file.status_code

    assert seen() == (["acme/Open"], 401, 401)
    assert seen(**TOKEN) == (["acme/Own", "acme/Open"], 200, 200)
    replica.rules = Rules(private_rows="to anyone")
    assert seen()[0] == ["acme/Own", "acme/Open"]
    replica.rules = Rules(private_rows="to nobody")
    assert seen(**TOKEN)[0] == ["acme/Open"]


def test_disabled_is_described_and_its_files_are_closed(
    http: httpx.Client, replica: Replica
) -> None:
    replica.replace([files_of("acme/Shut", disabled=True)])
    answer = http.get("/acme/Shut/resolve/main/README.md")
    assert answer.status_code == 403
    assert answer.headers["x-error-message"] == "Access to this resource is disabled."
    assert "x-error-code" not in answer.headers
    assert http.get("/api/models/acme/Shut?expand=disabled").json()["disabled"] is True
    replica.rules = Rules(disabled_form="text", disabled_files=404, disabled_detail=403)
    assert http.get("/api/models?expand=disabled").json()[0]["disabled"] == "true"
    assert http.get("/acme/Shut/resolve/main/README.md").status_code == 404
    assert http.get("/api/models/acme/Shut").status_code == 403


def test_renamed_repository_keeps_its_object_id(http: httpx.Client, replica: Replica) -> None:
    replica.replace([model("acme/A"), model("acme/Kept", _id="2" * 24)])
    first = {row["id"]: row["_id"] for row in http.get("/api/models?expand=tags").json()}
    renames = {"acme/A": "acme/B", "acme/Kept": "acme/New"}
    replica.replace([model("acme/B"), model("acme/New", _id="2" * 24)], renames)
    replica.replace([model("acme/C"), model("acme/New", _id="2" * 24)], {"acme/B": "acme/C"})
    assert http.get("/api/models/acme/B").headers["location"] == "/api/models/acme/C"
    second = {row["id"]: row["_id"] for row in http.get("/api/models?expand=tags").json()}
    assert second == {"acme/C": first["acme/A"], "acme/New": first["acme/Kept"]}
    replica.replace([model("acme/A"), model("acme/B")])
    taken = {row["_id"] for row in http.get("/api/models?expand=tags").json()}
    assert len(taken) == 2
