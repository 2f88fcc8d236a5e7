"""Files as the replica sends them: a redirect, the second hop, and what counts as a download."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from huggingface_hub import HfApi

from tests.hub_replica import Replica, Rules
from tests.hub_replica.sample import files_of
from tests.recorded.front import Front

README, SHA = "/acme/One/resolve/main/README.md", "a" * 40
BLOB = "2e65efe2a145dda7ee51d1741299f848e5bf752e"  # git's id of a file that holds "a"
PATHS = "/api/models/acme/One/paths-info/main"


@pytest.fixture(autouse=True)
def replica(front: Front) -> Replica:
    front.replica = Replica(
        [files_of("acme/One"), files_of("alone"), {**files_of("acme/D"), "kind": "dataset"}]
    )
    return front.replica


@pytest.fixture
def http(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, trust_env=False) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "kind", "repo"),
    [
        ("acme/One", "models", "acme/One"),
        ("alone", "models", "alone"),
        ("datasets/acme/D", "datasets", "acme/D"),
    ],
)
def test_resolve_redirects_within_the_host_to_the_commit(
    http: httpx.Client, path: str, kind: str, repo: str
) -> None:
    first = http.get(f"/{path}/resolve/main/sub/a.txt")
    assert first.status_code == 307
    assert first.headers["location"] == f"/api/resolve-cache/{kind}/{repo}/{SHA}/sub/a.txt"
    assert first.headers["ratelimit"].startswith('"resolvers";r=2999;')
    second = http.get(first.headers["location"])
    assert (second.status_code, second.text) == (200, "a")
    assert second.headers["etag"] == f'"{BLOB}"'
    assert second.headers["x-repo-commit"] == SHA


@pytest.mark.parametrize(
    ("bucket", "used"), [("resolvers", {"resolvers": 2}), ("api", {"resolvers": 1, "api": 1})]
)
def test_second_hop_counts_where_the_rules_say(
    http: httpx.Client, replica: Replica, bucket: str, used: dict[str, int]
) -> None:
    replica.rules = Rules.of({"second_hop_bucket": bucket})
    http.get(README, follow_redirects=True)
    assert {window.bucket: window.asked for window in replica.limits.windows()} == used


def test_second_hop_in_no_bucket_has_no_headers(http: httpx.Client, replica: Replica) -> None:
    replica.rules = Rules(second_hop_bucket="none")
    assert "ratelimit" not in http.get(README, follow_redirects=True).headers
    assert [window.asked for window in replica.limits.windows()] == [1]


def test_resolve_may_go_other_ways(http: httpx.Client, replica: Replica) -> None:
    replica.rules = Rules(resolve="direct", etag="other", commit_header=False)
    direct = http.get(README)
    assert (direct.text, len(direct.headers["etag"])) == ("# It\n", 66)
    assert "x-repo-commit" not in direct.headers
    replica.rules = Rules(resolve="loop")
    with pytest.raises(httpx.TooManyRedirects):
        http.get(README, follow_redirects=True)
    replica.rules = Rules(resolve="other-host", resolve_status=302, etag="none")
    away = http.get(README)
    assert away.status_code == 302
    assert away.headers["location"].startswith("http://elsewhere.invalid/api/resolve-cache/")
    assert "etag" not in http.get("/acme/One/raw/main/README.md").headers


def test_gated_files_are_closed_as_the_rules_say(http: httpx.Client, replica: Replica) -> None:
    replica.replace([files_of("acme/One", gated="manual")])
    token = {"Authorization": "Bearer hf_x"}
    assert http.get(README).status_code == 401
    assert http.get(README, headers=token).status_code == 403
    cached = f"/api/resolve-cache/models/acme/One/{SHA}/README.md"
    assert http.get(cached).headers["x-error-code"] == "GatedRepo"
    replica.rules = Rules(gated_readme_open=True, gated_status=403, gated_code=False)
    assert http.get(README, follow_redirects=True).text == "# It\n"
    closed = http.get("/acme/One/resolve/main/config.json")
    assert closed.status_code == 403
    assert "x-error-code" not in closed.headers


def test_reading_a_query_file_is_counted_as_a_download(
    http: httpx.Client, replica: Replica
) -> None:
    http.get(README, follow_redirects=True)
    assert replica.downloads == {}
    http.get("/acme/One/resolve/main/config.json", follow_redirects=True)
    http.head("/acme/One/raw/main/config.json")
    http.get("/datasets/acme/D/resolve/main/config.json")
    http.get("/acme/One/resolve/main/adapter_config.json")  # is not there
    assert replica.downloads == {"acme/One": 2, "datasets/acme/D": 1}
    replica.forget()
    assert replica.downloads == {}


def test_paths_info_tells_blobs_of_the_paths_that_are_there(
    http: httpx.Client, replica: Replica
) -> None:
    asked = {"paths": ["sub/a.txt", "absent", "sub"], "expand": False}
    as_json, as_form = http.post(PATHS, json=asked), http.post(PATHS, data=asked)
    assert as_json.json() == as_form.json()
    file, folder = as_json.json()
    assert file == {"type": "file", "oid": BLOB, "size": 1, "path": "sub/a.txt"}
    assert (folder["type"], folder["path"]) == ("directory", "sub")
    assert http.post("/api/models/no/body/paths-info/main", json=asked).status_code == 401
    for body in (b"{", b"[]", b'{"paths": 1}'):
        headers = {"content-type": "application/json"}
        assert http.post(PATHS, content=body, headers=headers).status_code == 400
    assert http.get(PATHS).status_code == 405
    assert replica.requests[PATHS] == 6
    replica.rules = Rules(paths_info_max=2)
    assert http.post(PATHS, json=asked).status_code == 400
    replica.rules = Rules(paths_info_form_max=3)
    assert http.post(PATHS, data=asked).status_code == 413  # three paths, and expand
    replica.rules = Rules(paths_info="missing oid")
    assert "oid" not in http.post(PATHS, json=asked).json()[0]
    replica.rules = Rules(paths_info="404")
    assert http.post(PATHS, json=asked).status_code == 404


def test_client_asks_for_paths_and_downloads_by_the_redirect(
    url: str, replica: Replica, tmp_path: Path
) -> None:
    hub = HfApi(endpoint=url, token=False)
    assert [f.path for f in hub.get_paths_info("acme/One", ["README.md", "none"])] == ["README.md"]
    path = hub.hf_hub_download("acme/One", "README.md", cache_dir=tmp_path)
    assert Path(path).read_text() == "# It\n"
    assert any(asked.startswith("/api/resolve-cache/models/acme/One/") for asked in replica.asked)
