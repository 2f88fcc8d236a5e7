"""The replica's limits: quotas by tier and bucket, windows, and what is reported of them."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx
import pytest

from tests.hub_replica import Faults, Limits, Replica, Rules
from tests.hub_replica.sample import files_of
from tests.recorded.front import Front

README = "/acme/One/resolve/main/README.md"
FREE, PRO = {"Authorization": "Bearer hf_x"}, {"Authorization": "Bearer hf_pro_x"}


@pytest.fixture(autouse=True)
def replica(front: Front) -> Replica:
    front.replica = Replica([files_of("acme/One")])
    return front.replica


@pytest.fixture
def http(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, trust_env=False) as client:
        yield client


@pytest.mark.parametrize(
    ("headers", "api", "resolvers"), [({}, 500, 3000), (FREE, 1000, 5000), (PRO, 2500, 12000)]
)
def test_quotas_are_those_of_the_tier(
    http: httpx.Client, headers: dict[str, str], api: int, resolvers: int
) -> None:
    told = [http.get(path, headers=headers).headers for path in ("/api/models", README)]
    assert [one["ratelimit-policy"] for one in told] == [
        f'"fixed window";"api";q={api};w=300',
        f'"fixed window";"resolvers";q={resolvers};w=300',
    ]
    assert told[0]["ratelimit"].startswith(f'"api";r={api - 1};t=')


def test_enforced_limits_refuse_and_tell_each_window_apart(
    http: httpx.Client, replica: Replica
) -> None:
    replica.rules = Rules(quota_api=(3, 5, 9))
    replica.faults.enforce, replica.faults.window = True, 0.5
    statuses = [http.get("/api/models").status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
    assert http.get("/api/models", headers=FREE).status_code == 200  # another client
    time.sleep(0.55)
    assert http.get("/api/models").status_code == 200
    first, token, second = replica.limits.windows("api")
    assert (first.asked, first.refused, first.quota, first.share) == (5, 2, 3, 1.0)
    assert (token.tier, token.quota, token.share) == ("token", 5, 0.2)
    assert (second.asked, second.refused) == (1, 0)
    assert replica.limits.windows("resolvers") == []
    replica.limits.forget()
    assert replica.limits.windows() == []


def test_a_file_costs_two_of_its_bucket(http: httpx.Client, replica: Replica) -> None:
    replica.faults.quotas = {"resolvers": 3}
    assert http.get(README, follow_redirects=True).status_code == 200
    assert http.get(README, follow_redirects=True).status_code == 429
    (window,) = replica.limits.windows("resolvers")
    assert (window.asked, window.refused) == (4, 1)
    assert http.get("/api/models").status_code == 200


def test_without_enforcement_windows_are_counted_and_nothing_is_refused() -> None:
    now = 0.0
    limits, faults = Limits(lambda: now), Faults()
    rules = Rules(quota_api=(2, 2, 2))
    tickets = [limits.take("/api/models", "", faults, rules) for _ in range(3)]
    assert all(ticket.allowed for ticket in tickets)
    assert tickets[-1].headers["ratelimit"] == '"api";r=1;t=300'
    (window,) = limits.windows()
    assert (window.asked, window.share) == (3, 1.5)
    now = 300.0
    limits.take("/api/models", "", faults, rules)
    assert len(limits.windows()) == 2


def test_refusals_are_told_as_the_rules_have_it(http: httpx.Client, replica: Replica) -> None:
    replica.faults.quota = 0
    assert "retry-after" not in http.get("/api/models").headers
    replica.rules = Rules(retry_after="window", over_limit_status=503, ratelimit_headers="none")
    answer = http.get("/api/models")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "300")
    assert "ratelimit" not in answer.headers
    replica.rules = Rules(retry_after=7)
    assert http.get("/api/models").headers["retry-after"] == "7"
