"""Recorded answers, served in the replica's place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.hub_replica import Recording, serve

PATHS = "/api/models/acme/A/paths-info/main"


def write(folder: Path, *answers: dict[str, Any]) -> Path:
    for number, answer in enumerate(answers, start=1):
        whole = {"method": "GET", "query": "", "status": 200, "headers": {}, "body_text": "[]"}
        (folder / f"{number:03}.json").write_text(json.dumps(whole | answer), "utf-8")
    return folder


def test_request_is_answered_as_it_was_recorded(tmp_path: Path) -> None:
    link = '<https://huggingface.co/api/models?limit=1&cursor=eyJ9%3D>; rel="next"'
    headers = {"Content-Type": "application/json", "Link": link, "Content-Length": "9999"}
    headers |= {"Content-Encoding": "gzip", "RateLimit": '"api";r=1;t=2', "ETag": 'W/"1"'}
    body = {"headers": headers, "body_text": '[{"id": "acme/É"}]'}
    write(
        tmp_path,
        {"path": "/api/models", "query": "limit=1&expand=tags&expand=sha", **body},
        {"path": "/acme/A/resolve/refs%2Fpr%2F1/x", "status": 307, "headers": {"location": "/y"}},
    )
    recording = Recording.load(tmp_path)
    with serve(recording.app) as url, httpx.Client(base_url=url, trust_env=False) as http:
        answer = http.get("/api/models?expand=sha&limit=1&expand=tags")
        assert answer.json() == [{"id": "acme/É"}]
        assert answer.headers["ratelimit"] == '"api";r=1;t=2'
        assert answer.links["next"]["url"] == f"{url}/api/models?limit=1&cursor=eyJ9%3D"
        assert http.get("/acme/A/resolve/refs%2Fpr%2F1/x").headers["location"] == "/y"
        absent = http.get("/api/models?limit=2")
    assert (absent.status_code, absent.headers["x-error-message"]) == (404, "not recorded")
    assert recording.unmet == ["GET /api/models?limit=2"]
    assert len(recording.asked) == 3


def test_answers_to_the_same_request_come_in_turn(tmp_path: Path) -> None:
    write(tmp_path, {"path": "/a", "status": 429}, {"path": "/a", "status": 503}, {"path": "/a"})
    with serve(Recording.load(tmp_path).app) as url:
        statuses = [httpx.get(f"{url}/a", trust_env=False).status_code for _ in range(4)]
    assert statuses == [429, 503, 200, 200]


def test_bodies_tell_posted_requests_apart(tmp_path: Path) -> None:
    asked = {"method": "POST", "path": PATHS}
    write(
        tmp_path,
        {**asked, "request_body": "paths=a", "body_text": '["a"]'},
        {**asked, "request_body": {"paths": ["b"]}, "body_text": '["b"]'},
    )
    with serve(Recording.load(tmp_path).app) as url, httpx.Client(trust_env=False) as http:
        for _ in range(2):
            assert http.post(f"{url}{PATHS}", data={"paths": "a"}).json() == ["a"]
            assert http.post(f"{url}{PATHS}", json={"paths": ["b"]}).json() == ["b"]
        assert http.get(f"{url}{PATHS}").status_code == 404


@pytest.mark.parametrize("query", [[["b", "2"], ["a", "1"]], {"a": ["1"], "b": 2}, "b=2&a=1"])
def test_query_may_be_stored_as_text_pairs_or_object(tmp_path: Path, query: object) -> None:
    write(tmp_path, {"path": "/x", "query": query})
    with serve(Recording.load(tmp_path).app) as url:
        assert httpx.get(f"{url}/x?a=1&b=2", trust_env=False).status_code == 200


@pytest.mark.parametrize("text", ["[]", "{}", '{"method": 1}', "nonsense"])
def test_what_is_no_recording_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match="no recorded answer"):
        Recording.load(tmp_path)
    (tmp_path / "001.json").write_text(text)
    with pytest.raises(ValueError, match=r"001\.json is no recorded answer"):
        Recording.load(tmp_path)
