"""The Hub replica: asked over HTTP, and by the real client."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from huggingface_hub import HfApi
from huggingface_hub.errors import (
    BadRequestError,
    GatedRepoError,
    HfHubHTTPError,
    RemoteEntryNotFoundError,
    RepositoryNotFoundError,
)

from tests.hub_replica import Fault, Replica, load_series, serve
from tests.places import ROOT
from tests.recorded.front import Front

SHARED = Path(os.environ.get("HERDBOOK_SHARED", ROOT.parent / "shared"))
SERIES = SHARED / "hub" / "series"


def model(repo: str, *tags: str, **more: Any) -> dict[str, Any]:
    return {"id": repo, "author": repo.partition("/")[0], "tags": list(tags), **more}


def records() -> list[dict[str, Any]]:
    tuned = ("base_model:meta/Llama", "base_model:finetune:meta/Llama", "license:llama3.1")
    return [
        model(
            "meta/Llama", "license:llama3.1", gated="manual", downloads=90, files={"LICENSE": "x"}
        ),
        model("acme/Tuned", *tuned, downloads=5, cardData={"license": "llama3.1"}, likes=2),
        model("acme/Small", "base_model:quantized:meta/Llama", downloads=7, sha="a" * 40)
        | {"files": {"README.md": "# Small\n", "sub/a.txt": "a"}},
        model("acme/Listed", downloads=1, siblings=[{"rfilename": "big.bin", "size": 3}]),
        {"id": "gpt2", "tags": ["license:mit"], "downloads": 50, "_id": "0" * 24},
        {"id": "acme/Data", "kind": "dataset", "tags": ["license:mit"], "description": "d"},
    ]


@pytest.fixture(autouse=True)
def replica(front: Front) -> Replica:
    front.replica = Replica(records(), renames={"meta/Old-Llama": "meta/Llama"})
    return front.replica


@pytest.fixture
def http(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, trust_env=False) as client:
        yield client


@pytest.fixture
def hub(url: str) -> HfApi:
    return HfApi(endpoint=url, token=False)


def ids(answer: httpx.Response) -> list[str]:
    return [row["id"] for row in answer.raise_for_status().json()]


def test_default_row_has_the_hubs_fields_and_invents_none(http: httpx.Client) -> None:
    row = next(r for r in http.get("/api/models").json() if r["id"] == "acme/Small")
    assert set(row) == {"_id", "id", "modelId", "tags", "downloads"}
    assert re.fullmatch("[0-9a-f]{24}", row["_id"])


def test_full_card_and_config_add_what_the_record_has(http: httpx.Client) -> None:
    rows = http.get("/api/models?full=true&cardData=true&config=true&search=TUNED").json()
    assert [set(r) for r in rows] == [
        {"_id", "id", "modelId", "tags", "downloads", "likes", "author", "cardData"}
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("filter=base_model:meta/Llama", ["acme/Tuned"]),
        ("filter=base_model:quantized:meta/Llama", ["acme/Small"]),
        ("filter=license:llama3.1&filter=base_model:meta/Llama", ["acme/Tuned"]),
        ("filter=license:llama3.1,base_model:finetune:meta/Llama", ["acme/Tuned"]),
        ("filter=unheard-of", []),
        ("author=acme&sort=downloads", ["acme/Small", "acme/Tuned", "acme/Listed"]),
        ("author=acme&sort=downloads&direction=1&limit=2", ["acme/Small", "acme/Tuned"]),
        ("search=LLAMA", ["meta/Llama"]),
        ("sort=downloads&direction=-1&limit=2", ["meta/Llama", "gpt2"]),
    ],
)
def test_listing_answers_filters_and_sorts(
    http: httpx.Client, query: str, expected: list[str]
) -> None:
    assert ids(http.get(f"/api/models?{query}")) == expected


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("expand[]=secrets", 400, "baseModels"),
        ("expand=tags&expand=usedStorage", 400, "expected one of"),
        ("expand=author&full=true", 400, "full"),
        ("sort=size", 400, "trendingScore"),
        ("limit=0", 400, "limit"),
        ("cursor=nonsense", 400, "cursor"),
        ("pipeline_tag=text-generation", 501, "pipeline_tag"),
    ],
)
def test_listing_refuses_what_it_cannot_answer(
    http: httpx.Client, query: str, status: int, says: str
) -> None:
    answer = http.get(f"/api/models?{query}")
    assert answer.status_code == status
    assert says in answer.json()["error"]


def test_next_link_is_encoded_opaque_and_ends(http: httpx.Client, url: str) -> None:
    first = http.get("/api/models?limit=2&filter=license:llama3.1&expand[]=tags&limit=1")
    assert re.fullmatch(
        rf'<{url}/api/models\?[^=]+=.*cursor=[^=]+>; rel="next"', first.headers["link"]
    )
    assert "link" not in http.get(first.links["next"]["url"]).headers


def test_next_link_names_the_public_host() -> None:
    with serve(Replica(records(), public_host="https://hub.example").app) as url:
        link = httpx.get(f"{url}/api/models?limit=1", trust_env=False).headers["link"]
    assert link.startswith("<https://hub.example/api/models?limit=1&cursor=")
    assert re.search("cursor=[A-Za-z0-9%]+>", link)


def test_paging_stays_right_while_records_come_and_go(http: httpx.Client, replica: Replica) -> None:
    old = [model(f"o/{n}", downloads=n) for n in range(6)]
    replica.replace(old)
    first = http.get("/api/models?sort=downloads&limit=2")
    replica.replace(
        [*old[:2], *old[3:], model("new/top", downloads=99), model("new/low", downloads=1)]
    )
    seen, answer = ids(first), first
    while "next" in answer.links:
        answer = http.get(answer.links["next"]["url"])
        seen += ids(answer)
    assert seen == ["o/5", "o/4", "o/3", "o/1", "new/low", "o/0"]


def test_limit_is_clamped_to_a_thousand(http: httpx.Client, replica: Replica) -> None:
    replica.replace(model(f"o/{n}") for n in range(1001))
    assert len(ids(http.get("/api/models?limit=5000"))) == 1000


def test_lineage_fields_are_counted_from_the_live_tags(http: httpx.Client) -> None:
    base = http.get("/api/models/meta/Llama?expand=childrenModelCount").json()
    assert base["childrenModelCount"] == {"adapter": 0, "merge": 0, "quantized": 1, "finetune": 1}
    (child,) = http.get("/api/models?search=tuned&expand[]=baseModels").json()
    assert child["baseModels"] == {
        "relation": "finetune",
        "models": [{"_id": base["_id"], "id": "meta/Llama"}],
    }


def test_detail_ignores_case_and_hides_what_is_the_replicas_own(http: httpx.Client) -> None:
    found = http.get("/api/models/ACME/small/revision/refs%2Fpr%2F1").json()
    assert set(found) == {"_id", "id", "modelId", "author", "tags", "downloads", "sha"}
    assert http.get("/api/models/gpt2").json()["_id"] == "0" * 24
    assert http.get("/api/datasets/acme/Data").json()["description"] == "d"


def test_missing_repository_is_401_to_the_anonymous_and_404_to_a_token(http: httpx.Client) -> None:
    anonymous = http.get("/api/models/no/body")
    assert anonymous.status_code == 401
    assert anonymous.headers["x-error-message"] == "Invalid username or password."
    assert "x-error-code" not in anonymous.headers
    known = http.get("/api/models/no/body", headers={"Authorization": "Bearer t"})
    assert (known.status_code, known.headers["x-error-code"]) == (404, "RepoNotFound")


def test_renamed_repository_redirects_its_api_and_its_files(http: httpx.Client) -> None:
    answer = http.get("/api/models/meta/old-llama/revision/main?expand=tags")
    assert answer.status_code == 307
    assert answer.headers["location"] == "/api/models/meta/Llama/revision/main?expand=tags"
    assert (
        http.head("/meta/Old-Llama/raw/main/LICENSE").headers["location"].startswith("/meta/Llama/")
    )


def test_file_is_sent_with_its_git_etag_and_commit(http: httpx.Client) -> None:
    answer = http.get("/acme/Small/resolve/main/sub/a.txt", follow_redirects=True)
    assert answer.text == "a"
    assert answer.headers["etag"] == '"2e65efe2a145dda7ee51d1741299f848e5bf752e"'
    assert answer.headers["x-repo-commit"] == "a" * 40
    head = http.head("/acme/Small/raw/main/README.md")
    assert (head.headers["content-length"], head.content) == ("8", b"")


def test_listed_file_without_text_is_not_called_missing(http: httpx.Client) -> None:
    assert http.get("/acme/Listed/resolve/main/big.bin").status_code == 501
    assert http.get("/acme/Listed/resolve/main/other").status_code == 404


def test_tree_comes_from_siblings_or_texts_and_is_404_when_unknown(http: httpx.Client) -> None:
    (entry,) = http.get("/api/models/acme/Listed/tree/main").json()
    assert entry == {"type": "file", "size": 3, "path": "big.bin"}
    top = http.get("/api/models/acme/Small/tree/main").json()
    assert [(e["type"], e["path"]) for e in top] == [("file", "README.md"), ("directory", "sub")]
    (inner,) = http.get("/api/models/acme/Small/tree/main/sub").json()
    assert inner["path"] == "sub/a.txt"
    assert http.get("/api/models/acme/Tuned/tree/main").status_code == 404


def test_rate_limit_is_told_apart_for_api_and_files(http: httpx.Client) -> None:
    http.get("/api/models")
    api = http.get("/api/models").headers
    assert re.fullmatch(r'"api";r=498;t=(300|299)', api["ratelimit"])
    assert api["ratelimit-policy"] == '"fixed window";"api";q=500;w=300'
    file = http.get("/acme/Small/raw/main/README.md").headers
    assert file["ratelimit"].startswith('"resolvers";r=2999;t=')


def test_quota_refuses_until_its_window_has_passed(http: httpx.Client, replica: Replica) -> None:
    replica.faults.quota, replica.faults.window = 2, 0.3
    statuses = [http.get("/api/models").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert http.get("/api/models").headers["ratelimit"] == '"api";r=0;t=1'
    time.sleep(0.35)
    assert http.get("/api/models").status_code == 200


def test_faults_strike_so_often_after_so_many_under_a_prefix(
    http: httpx.Client, replica: Replica
) -> None:
    replica.faults.add("503:2+1@/api/models")
    assert http.get("/api/datasets").status_code == 200
    assert [http.get("/api/models").status_code for _ in range(4)] == [200, 503, 503, 200]
    replica.faults.add(Fault("429", seconds=3))
    assert http.get("/api/models").headers["ratelimit"] == '"api";r=0;t=3'
    assert replica.count("/api/models") == replica.requests["/api/models"] == 5


def test_cut_answer_breaks_off_and_the_next_is_whole(http: httpx.Client, replica: Replica) -> None:
    replica.faults.add("cut")
    with pytest.raises(httpx.RemoteProtocolError, match="closed connection"):
        http.get("/api/models")
    assert len(ids(http.get("/api/models"))) == 5


def test_garbled_answer_is_no_json_and_a_slow_one_is_late(
    http: httpx.Client, replica: Replica
) -> None:
    replica.faults.add("slow=0.2")
    replica.faults.add("json")
    started = time.monotonic()
    answer = http.get("/api/models")
    assert time.monotonic() - started >= 0.2
    assert answer.status_code == 200
    with pytest.raises(json.JSONDecodeError):
        answer.json()


def test_client_lists_page_by_page(hub: HfApi, replica: Replica) -> None:
    found = hub.list_models(filter="base_model:meta/Llama", full=True, cardData=True)
    assert [(m.id, m.card_data and m.card_data.license) for m in found] == [
        ("acme/Tuned", "llama3.1")
    ]
    (top,) = hub.list_models(sort="downloads", limit=1, expand=["gated"])
    assert top.gated == "manual"
    base = hub.model_info(top.id, expand=["childrenModelCount"])
    assert vars(base)["children_model_count"]["finetune"] == 1  # typed as a number there
    assert [d.id for d in hub.list_datasets(filter="license:mit")] == ["acme/Data"]
    assert (
        replica.asked[0] == "/api/models?filter=base_model%3Ameta%2FLlama&full=true&cardData=true"
    )


def test_client_follows_links_and_retries_a_rate_limit(
    hub: HfApi, url: str, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    replica.faults.add("429+1")
    replica.replace(model(f"o/{n}") for n in range(2500))
    assert len({m.id for m in hub.list_models()}) == 2500
    assert replica.requests["/api/models"] == 4
    assert 2.0 in waited


def test_client_reads_repositories_and_their_absence(hub: HfApi) -> None:
    assert hub.model_info("meta/Old-Llama").id == "meta/Llama"
    assert [e.path for e in hub.list_repo_tree("acme/Small", recursive=True)] == [
        "README.md",
        "sub",
        "sub/a.txt",
    ]
    with pytest.raises(RepositoryNotFoundError):
        hub.model_info("no/body", token="t")  # noqa: S106
    with pytest.raises(HfHubHTTPError, match="Invalid username or password"):
        hub.model_info("no/body")
    with pytest.raises(BadRequestError, match="expected one of"):
        hub.model_info("gpt2", expand=["nonsense"])  # type: ignore[list-item]  # wrong on purpose


def test_client_downloads_files_unless_gated_or_missing(hub: HfApi, tmp_path: Path) -> None:
    path = hub.hf_hub_download("acme/Small", "README.md", cache_dir=tmp_path)
    assert Path(path).read_text() == "# Small\n"
    with pytest.raises(GatedRepoError, match="restricted"):
        hub.hf_hub_download("meta/Llama", "LICENSE", cache_dir=tmp_path)
    with pytest.raises(RemoteEntryNotFoundError):
        hub.hf_hub_download("acme/Small", "absent.txt", cache_dir=tmp_path)


def write_series(folder: Path) -> None:
    later = [model("a/1") | {"removed": True}, model("a/2", likes=1), model("a/3")]
    for stamp, lines in [
        ("2026-01-01T0000Z", [model("a/1"), model("a/2")]),
        ("2026-01-02T0000Z", later),
    ]:
        text = "".join(json.dumps(line) + "\n" for line in lines)
        (folder / f"{stamp}.jsonl.gz").write_bytes(gzip.compress(text.encode()))


def test_series_applies_files_up_to_a_stamp(tmp_path: Path) -> None:
    write_series(tmp_path)
    assert [r["id"] for r in load_series(tmp_path, "2026-01-01T0000Z")] == ["a/1", "a/2"]
    end = load_series(tmp_path, None)
    assert [(r["id"], r.get("likes")) for r in end] == [("a/2", 1), ("a/3", None)]
    assert len(load_series(tmp_path / "2026-01-02T0000Z.jsonl.gz", None)) == 2
    with pytest.raises(ValueError, match="2026-01-01T0000Z"):
        load_series(tmp_path, "2025")


def test_command_serves_a_series_and_says_where(tmp_path: Path) -> None:
    write_series(tmp_path)
    command = [sys.executable, "-m", "tests.hub_replica", "--data", str(tmp_path)]
    command += ["--at", "2026-01-02T0000Z", "--fault", "503", "--fault", "429:2@/nowhere"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            assert said.startswith("serving 2 models, 0 data sets at http://127.0.0.1:")
            address = f"{said.split()[-1]}/api/models"
            statuses = [httpx.get(address, trust_env=False).status_code for _ in range(2)]
        finally:
            process.terminate()
    assert statuses == [503, 200]


@pytest.mark.shared
@pytest.mark.skipif(not SERIES.is_dir(), reason=f"no real series at {SERIES} (HERDBOOK_SHARED)")
def test_real_series_is_listed_whole() -> None:
    assert len(load_series(SERIES, "2026-08-19T0736Z")) == 9991
    replica = Replica(load_series(SERIES, None))
    assert len(replica.world.models) == 13_192
    with serve(replica.app) as url, httpx.Client(trust_env=False) as client:
        seen, address = [], f"{url}/api/models?full=true&cardData=true"
        while address:
            answer = client.get(address)
            seen += ids(answer)
            address = answer.links.get("next", {}).get("url", "")
    assert len(seen) == len(set(seen)) == 13_192
    assert replica.count() == 14
