"""What may go wrong on demand, as a client sees it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import httpx
import pytest

from tests.hub_replica import Fault, Replica
from tests.hub_replica.sample import files_of, model
from tests.recorded.front import Front

LIMITS = {"ratelimit", "ratelimit-policy", "retry-after"}


@pytest.fixture(autouse=True)
def replica(front: Front) -> Replica:
    front.replica = Replica([files_of(f"acme/{n}") | {"tags": ["x"]} for n in range(4)])
    return front.replica


@pytest.fixture
def http(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, trust_env=False) as client:
        yield client


@pytest.mark.parametrize(
    ("spec", "status", "limits"),
    [
        ("429", 429, {"ratelimit", "ratelimit-policy"}),
        ("429-bare", 429, set()),
        ("429-retry=3", 429, {"retry-after"}),
        ("html", 403, set()),
        ("html-404", 404, set()),
        ("504", 504, {"ratelimit", "ratelimit-policy"}),
    ],
)
def test_refusals_bring_the_headers_that_they_are_named_for(
    http: httpx.Client, replica: Replica, spec: str, status: int, limits: set[str]
) -> None:
    replica.faults.add(spec)
    answer = http.get("/api/models")
    assert (answer.status_code, LIMITS & set(answer.headers)) == (status, limits)
    assert answer.headers["content-type"].startswith("text/html") == spec.startswith("html")
    assert answer.headers.get("retry-after", "3") == "3"
    assert http.get("/api/models").status_code == 200


def test_empty_list_ends_without_a_link(http: httpx.Client, replica: Replica) -> None:
    replica.faults.add("empty")
    answer = http.get("/api/models?limit=1")
    assert (answer.status_code, answer.json(), answer.links) == (200, [], {})
    assert http.get("/api/models?limit=1").links


def test_deep_pages_of_filtered_lists_time_out(http: httpx.Client, replica: Replica) -> None:
    replica.faults.add("deep=2:*")
    for query, last in (("limit=1", 200), ("limit=1&filter=x", 504)):
        address, statuses = f"/api/models?{query}", list[int]()
        while address and len(statuses) < 4:
            answer = http.get(address)
            statuses.append(answer.status_code)
            address = answer.links.get("next", {}).get("url", "")
        assert statuses[:3] == [200, 200, last]
    assert http.get("/acme/0/raw/main/README.md").status_code == 200


def test_dripping_body_is_whole_and_late(http: httpx.Client, replica: Replica) -> None:
    whole = http.get("/api/models").content
    replica.faults.add(Fault("drip", seconds=0.3))
    started = time.monotonic()
    with http.stream("GET", "/api/models") as answer:
        begun = time.monotonic() - started
        pieces = list(answer.iter_raw())
    assert b"".join(pieces) == whole
    assert len(pieces) > 5
    assert begun < 0.2 < time.monotonic() - started


def test_slow_pages_keep_nobody_else_waiting(
    http: httpx.Client, replica: Replica, url: str
) -> None:
    replica.faults.page_seconds = 0.6
    started, took = time.monotonic(), list[float]()

    def ask() -> None:
        httpx.get(f"{url}/api/models", trust_env=False)
        took.append(time.monotonic() - started)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for path in ("/api/models/acme/0", "/acme/0/raw/main/README.md"):
        assert http.get(path).status_code == 200
    assert time.monotonic() - started < 0.5
    for thread in threads:
        thread.join()
    assert min(took) >= 0.6
    assert max(took) < 1.5


def test_clear_switches_everything_off(http: httpx.Client, replica: Replica) -> None:
    faults = replica.faults
    faults.add("503:*")
    faults.quotas, faults.enforce, faults.page_seconds = {"api": 0}, True, 9
    faults.clear()
    assert http.get("/api/models").status_code == 200


def test_latency_can_be_given_at_once() -> None:
    assert Replica([model("a/b")], page_latency=2).faults.page_seconds == 2


@pytest.mark.parametrize("spec", ["429-", "html-1", "cut=", "nonsense", "deep:x"])
def test_what_is_no_fault_is_refused(spec: str) -> None:
    with pytest.raises(ValueError, match="is no fault"):
        Fault.parse(spec)
