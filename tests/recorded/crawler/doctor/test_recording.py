"""What the doctor keeps of a Hub's answers, and that it finds the same in what was kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crawler.doctor import Recorder, Report, examine
from herdbook.output.doctor import DoctorReport
from tests.hub_replica import Recording, serve
from tests.recorded.doctor_hub import RECORDS, hub, model, replica
from tests.recorded.front import Front

OURS = "hf_do_not_tell"
KNOWN = {"method", "path", "query", "status", "headers", "body_text", "request_body"}
NOTES = {"private_rows", "truncated_rows", "truncated_values", "truncated_bytes"}


def recorded(url: str, folder: Path, token: str | None = None) -> tuple[Report, list[Any]]:
    """Examine a Hub with a recorder, and return the report and the files' contents."""
    report = examine(hub(url, token), tell=Recorder(folder, url, token or ""))
    return report, [json.loads(file.read_bytes()) for file in sorted(folder.iterdir())]


@pytest.mark.parametrize(
    "rules",
    [
        {},
        {"gated_readme_open": True, "filter_case": "insensitive", "etag": "none"},
        {"list_refuses": ("baseModels",), "max_limit": 100, "ratelimit_headers": "none"},
        {"next_link": "missing", "second_hop_bucket": "api", "commit_header": False},
        {"next_link": "other-host", "resolve": "direct", "rename_redirect": 301},
        {"resolve": "loop", "paths_info": "404", "missing_repo_anonymous": "401 bare"},
        {"list_shape": "object"},
        {"api_content": "html"},
    ],
    ids=str,
)
def test_the_same_verdicts_come_from_a_recording(
    url: str, front: Front, tmp_path: Path, rules: dict[str, Any]
) -> None:
    front.replica = replica(**rules)
    live, files = recorded(url, tmp_path)
    assert len(files) == len(front.replica.asked)
    recording = Recording.load(tmp_path)
    with serve(recording.app) as other:
        again = examine(hub(other))
    assert plain(again, other) == plain(live, url)
    assert recording.unmet == []


def plain(report: Report, url: str) -> list[str]:
    """Return the verdicts without what a second run cannot share: the address, the seconds."""
    checks = [one for one in DoctorReport.model_validate(report).checks if one.id != "page-time"]
    return [str(one).replace(url, "") for one in checks]


def test_nothing_secret_is_kept(url: str, front: Front, tmp_path: Path) -> None:
    front.replica = replica()
    front.replica.replace([*RECORDS, model("secret/one", 0, private=True)])
    report, files = recorded(url, tmp_path, OURS)
    assert report.token
    text = "".join(file.read_text() for file in tmp_path.iterdir()).lower()
    hidden = (OURS, "authorization", "cookie", "secret/one", "x-request-id", "user-agent")
    assert not [word for word in hidden if word in text]
    assert files[0]["private_rows"] == 1
    assert all(set(one) <= KNOWN | NOTES for one in files)


def test_answers_stand_in_order_redirects_too(url: str, front: Front, tmp_path: Path) -> None:
    front.replica = replica()
    _, files = recorded(url, tmp_path)
    paths = [one["path"] for one in files]
    assert paths == [asked.partition("?")[0] for asked in front.replica.asked]
    redirect, text = files[paths.index("/openai-community/gpt2/resolve/main/README.md") :][:2]
    assert (redirect["status"], redirect["headers"]["location"]) == (307, text["path"])
    assert (text["status"], text["body_text"]) == (200, "# GPT-2\n")
    posted = next(one for one in files if one["method"] == "POST")
    assert posted["request_body"] == "paths=README.md&expand=false"


@pytest.fixture
def command() -> list[str]:
    return [str(Path(sys.executable).with_name("herdbook")), "doctor"]


def run(command: list[str], url: str, *more: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "HF_ENDPOINT": url, "HF_TOKEN": OURS, "COLUMNS": "100"}
    return subprocess.run([*command, *more], env=env, capture_output=True, text=True, timeout=60)


def test_command_answers_in_words_and_json(
    url: str, front: Front, tmp_path: Path, command: list[str]
) -> None:
    front.replica = replica()
    folder = tmp_path / "kept"
    done = run(command, url, "--json", "--record", str(folder))
    told = json.loads(done.stdout)
    assert (done.returncode, told["well"], told["token"], told["endpoint"]) == (0, True, True, url)
    assert {"version", "date", "requests", "checks", "unanswered"} <= told.keys()
    assert set(told["checks"][0]) == {"id", "belief", "verdict", "needed", "seen", "meaning"}
    assert len(list(folder.iterdir())) == 16
    front.replica = replica(next_link="missing", etag="none")
    done = run(command, url)
    assert done.returncode == 1
    assert "DIFFERS" in done.stdout
    assert "A page links to the next one by a cursor: the Hub answers otherwise" in done.stderr
    assert OURS not in done.stdout + done.stderr


def test_command_says_that_nothing_answers(command: list[str]) -> None:
    done = run(command, "http://127.0.0.1:1")
    assert done.returncode == 1
    assert done.stderr.strip().endswith("Connection refused")
    assert "Traceback" not in done.stderr
