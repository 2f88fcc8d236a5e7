"""Every belief can be switched, and a switch that nobody knows is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.hub_replica import Faults, Replica, Rules
from tests.hub_replica.cursor import Cursor
from tests.hub_replica.rules import DEFAULTS
from tests.hub_replica.sample import files_of, model
from tests.recorded.front import Front

README = "resolve/main/README.md"
OLD = Cursor("trendingScore", (0, "acme/D"), 2, since=1.0).write()
TOKEN = {"Authorization": "Bearer hf_x"}

SWITCHES: dict[str, tuple[Any, str]] = {
    "list_models_expand": (("likes",), "api/models?expand=tags"),
    "list_datasets_expand": (("likes",), "api/datasets?expand=tags"),
    "one_model_expand": (("likes",), "api/models/acme/A?expand=tags"),
    "one_dataset_expand": (("likes",), "api/datasets/acme/Data?expand=tags"),
    "list_refuses": (("tags",), "api/models?expand=tags"),
    "one_refuses": (("tags",), "api/models/acme/A?expand=tags"),
    "unknown_expand": ("ignore", "api/models?expand=usedStorage"),
    "refusal_names_options": (False, "api/models?expand=usedStorage"),
    "expand_spelling": ("brackets", "api/models?expand=likes"),
    "max_limit": (2, "api/models?limit=1000"),
    "over_max_limit": ("refuse", "api/models?limit=2000"),
    "next_link": ("relative", "api/models?limit=1"),
    "cursor_ends_after": (1, "api/models?limit=1"),
    "cursor_expires": (5, f"api/models?limit=1&cursor={OLD}"),
    "duplicates": (1, "api/models?limit=2 next"),
    "list_shape": ("object", "api/models"),
    "rows_missing_id": (2, "api/models"),
    "rows_missing__id": (2, "api/models"),
    "rows_null": (2, "api/models"),
    "sorts": (("downloads",), "api/models?sort=createdAt"),
    "sort": ("ignored", "api/models?sort=downloads"),
    "direction": ("both", "api/models?sort=downloads&direction=1"),
    "private_rows": ("to anyone", "api/models"),
    "created_at_floor": ("", "api/models?expand=createdAt"),
    "sha_sent": (False, "api/models?expand=sha"),
    "disabled_form": ("text", "api/models?expand=disabled"),
    "filter_case": ("insensitive", "api/models?filter=LICENSE:mit"),
    "filter": ("ignored", "api/models?filter=license:mit"),
    "search": ("empty", "api/models?search=acme"),
    "missing_repo_anonymous": ("404 code", "api/models/no/body"),
    "missing_repo_token": ("401 bare", "api/models/no/body token"),
    "id_case": ("exact", "api/models/acme/a"),
    "rename_redirect": (404, "api/models/acme/Old"),
    "gated_detail": (403, "api/models/acme/Gated"),
    "disabled_detail": (403, "api/models/acme/Shut"),
    "resolve": ("direct", f"acme/A/{README}"),
    "resolve_status": (302, f"acme/A/{README}"),
    "second_hop_bucket": ("none", f"api/resolve-cache/models/acme/A/{'a' * 40}/README.md"),
    "gated_status": (403, f"acme/Gated/{README}"),
    "gated_code": (False, f"acme/Gated/{README}"),
    "gated_readme_open": (True, f"acme/Gated/{README}"),
    "disabled_files": (200, f"acme/Shut/{README}"),
    "etag": ("none", "acme/A/raw/main/README.md"),
    "commit_header": (False, f"acme/A/{README}"),
    "paths_info": ("missing oid", "api/models/acme/A/paths-info/main"),
    "paths_info_max": (1, "api/models/acme/A/paths-info/main"),
    "paths_info_form_max": (1, "api/models/acme/A/paths-info/main form"),
    "tree": ("missing oid", "api/models/acme/A/tree/main"),
    "quota_api": ((1, 2, 3), "api/models"),
    "quota_resolvers": ((1, 2, 3), f"acme/A/{README}"),
    "quota_pages": ((1, 2, 3), "acme"),
    "quota_window": (60, "api/models"),
    "ratelimit_headers": ("policy only", "api/models"),
    "over_limit_status": (503, "api/models over"),
    "retry_after": ("window", "api/models over"),
    "api_content": ("html", "api/models"),
    "other_host": ("http://x.invalid", "api/models?limit=1 away"),
}


def records() -> list[dict[str, Any]]:
    return [
        files_of("acme/A", likes=1, createdAt="2021-01-01T00:00:00.000Z", downloads=1),
        model("acme/B", "license:mit", downloads=3, usedStorage=1, disabled=False),
        model("acme/C", downloads=2),
        model("acme/D", private=True),
        files_of("acme/Gated", gated="auto"),
        files_of("acme/Shut", disabled=True),
        {"id": "acme/Data", "kind": "dataset", "tags": ["license:mit"]},
    ]


@pytest.fixture
def http(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, trust_env=False) as client:
        yield client


def answered(http: httpx.Client, front: Front, rules: Rules, path: str) -> object:
    """Return what can be told apart in an answer: not the moment, nor the request's own id."""
    path, _, how = path.partition(" ")
    rules = Rules(next_link="other-host", other_host=rules.other_host) if how == "away" else rules
    faults = Faults(quota=0 if how == "over" else None)
    front.replica = Replica(records(), faults, renames={"acme/Old": "acme/A"}, rules=rules)
    if "paths-info" in path:
        asked = {"paths": ["README.md", "sub"]}
        answer = http.post(path, data=asked) if how == "form" else http.post(path, json=asked)
    else:
        answer = http.get(path, headers=TOKEN if how == "token" else {})
    if how == "next":
        answer = http.get(answer.links["next"]["url"])
    told = {k: v for k, v in answer.headers.items() if k not in {"date", "x-request-id"}}
    told["link"] = re.sub("cursor=[^>]*", "", told.get("link", ""))
    told["ratelimit"] = re.sub("t=[0-9]+", "", told.get("ratelimit", ""))
    return answer.status_code, told, answer.content


@pytest.mark.parametrize("name", [field.name for field in fields(Rules)])
def test_every_rule_changes_an_answer(http: httpx.Client, front: Front, name: str) -> None:
    value, path = SWITCHES[name]
    believed = answered(http, front, Rules(), path)
    assert believed == answered(http, front, Rules(), path)
    assert answered(http, front, Rules.of({name: value}), path) != believed


def pages(http: httpx.Client, most: int = 9) -> list[list[str]]:
    """Return the ids of a list's pages, following whatever link leads on, within the server."""
    address, seen = "/api/models?limit=2", list[list[str]]()
    while address and len(seen) < most:
        answer = http.get(address)
        seen.append([row["id"] for row in answer.json()])
        address = answer.links.get("next", {}).get("url", "")
    return seen


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ({}, [["o/4", "o/3"], ["o/2", "o/1"], ["o/0"]]),
        ({"next_link": "relative"}, [["o/4", "o/3"], ["o/2", "o/1"], ["o/0"]]),
        ({"next_link": "missing"}, [["o/4", "o/3"]]),
        ({"next_link": "malformed"}, [["o/4", "o/3"]]),
        ({"cursor_ends_after": 2}, [["o/4", "o/3"], ["o/2", "o/1"]]),
        ({"next_link": "same-cursor"}, [["o/4", "o/3"], *[["o/2", "o/1"]] * 8]),
        ({"duplicates": 1}, [["o/4", "o/3"], ["o/3", "o/2"], ["o/2", "o/1"], ["o/1", "o/0"]]),
        ({"max_limit": 1}, [["o/4"], ["o/3"], ["o/2"], ["o/1"], ["o/0"]]),
    ],
)
def test_pages_follow_the_rules(
    http: httpx.Client, front: Front, rules: dict[str, Any], expected: list[list[str]]
) -> None:
    front.replica = Replica([model(f"o/{n}") for n in range(5)], rules=Rules.of(rules))
    assert pages(http) == expected


def test_file_of_rules_overrides_what_it_names(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text('max_limit = 100\nlist_refuses = ["tags"]\nretry_after = 5\n')
    assert Rules.load(file) == Rules(max_limit=100, list_refuses=("tags",), retry_after=5)
    assert Rules.load(DEFAULTS) == Rules()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("max_limt = 100", "no such rule: max_limt"),
        ('max_limit = "100"', "rule max_limit: '100' is not a number"),
        ("max_limit = true", "rule max_limit"),
        ("duplicates = -1", "rule duplicates"),
        ('etag = "yes"', "'blob' or 'other' or 'none'"),
        ("quota_api = [1, 2]", "a list of 3"),
        ("list_refuses = [1]", "a list of"),
        ('retry_after = "soon"', "rule retry_after"),
        ("max_limit =", "rules.toml"),
    ],
)
def test_rule_that_nobody_knows_is_refused(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(text)
    with pytest.raises(ValueError, match=says):
        Rules.load(file)


def test_every_rule_says_in_the_file_what_it_means() -> None:
    lines = DEFAULTS.read_text("utf-8").splitlines()
    starts = [n for n, line in enumerate(lines) if re.match(r"\w+ = ", line)]
    assert len(starts) == len(fields(Rules)) == len(SWITCHES) > 30
    bare = [lines[n] for n in starts if not lines[n - 1].startswith("#")]
    assert [line for line in bare if not line.startswith("quota_")] == []
