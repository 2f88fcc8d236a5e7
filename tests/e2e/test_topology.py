"""What docker-compose.yml starts, run as processes: both databases, replicas, scheduler, proxy."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from neo4j.exceptions import Neo4jError

from tests.home import LLAMA, model
from tests.hub_replica import Replica, serve
from tests.services import topology
from tests.services.processes import Server
from tests.services.proxy import Proxy
from tests.services.topology import REPLICAS, Topology

pytestmark = [pytest.mark.neo4j, pytest.mark.postgres, pytest.mark.proxy]

ADDRESSES = [
    "/v1/models?family=llama-3.1",
    "/v1/models/acme/support",
    "/v1/models/acme/support/lineage",
    "/v1/findings",
    "/v1/footprint/families",
    "/",
]


class Running:
    """Everything, running."""

    def __init__(self, top: Topology, proxy: Proxy, hub: Replica, hub_url: str) -> None:
        self.top, self.proxy, self.hub, self.hub_url = top, proxy, hub, hub_url
        self.apis = {host: top.start_api(host) for host in REPLICAS}
        self.scheduler = self.schedule()

    def schedule(self, **more: str) -> Server:
        return self.top.start("scheduler", HF_ENDPOINT=self.hub_url, **more)

    def get(self, path: str, **more: Any) -> httpx.Response:
        return httpx.get(f"{self.proxy.url}{path}", timeout=20, **more)

    def models(self) -> set[str]:
        answer = self.get("/v1/models", params={"author": "acme"})
        return {item["id"] for item in answer.json()["items"]}

    def close(self) -> None:
        for server in (self.scheduler, *self.apis.values()):
            server.kill()


@pytest.fixture(scope="module")
def migrations() -> list[int]:
    """The exit codes of the migrations."""
    return []


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, migrations: list[int]) -> Iterator[Running]:
    """The whole, after a crawl of a replica of the Hub."""
    folder = tmp_path_factory.mktemp("topology")
    hub = Replica([_record(LLAMA, licence="llama3.1"), _record("acme/support", LLAMA)])
    with topology.servers(folder) as top, serve(hub.app) as url, top.proxy() as proxy:
        assert httpx.get(f"{proxy.url}/v1/models").status_code == 503  # nobody is there yet
        migrations += [one.returncode for one in top.migrate(at_once=4)]
        made = Running(top, proxy, hub, url)
        try:
            wait(lambda: proxy.ready() == len(REPLICAS))
            wait(lambda: made.models() == {"acme/support"})
            yield made
        finally:
            made.close()


def _record(repo: str, *parents: str, licence: str | None = None) -> dict[str, Any]:
    made = model(repo, *(f"finetune:{parent}" for parent in parents), licence=licence)
    return {**made, "author": repo.partition("/")[0], "cardData": {}}


def wait(until: Callable[[], bool]) -> None:
    """Wait until something holds."""
    for _ in range(600):
        if until():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come about in time")


def test_of_several_migrations_at_once_all_end_well(
    running: Running, migrations: list[int]
) -> None:
    logs = [(running.top.folder / f"migrate-{n}.log").read_text() for n in range(4)]
    assert migrations == [0] * 4, logs
    assert sorted("brought" in log for log in logs) == [False, False, False, True]


def test_a_crawl_is_stored_judged_and_built(running: Running) -> None:
    shown = running.get("/v1/models/acme/support").json()
    assert shown["families"] == ["llama-3.1"]
    assert {f["check"] for f in shown["findings"] if f["outcome"] == "failed"} >= {"name-prefix"}
    lineage = running.get("/v1/models/acme/support/lineage").json()
    assert [(e["child"], e["parent"]) for e in lineage["edges"]] == [("acme/support", LLAMA)]
    asked = {"query": "MATCH (m:Model)-[:IN_FAMILY]->(f) RETURN count(*) AS n"}
    answer = httpx.post(f"{running.proxy.url}/v1/cypher", json=asked, timeout=20)
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("path", ADDRESSES)
def test_the_replicas_answer_the_same_with_the_same_mark(running: Running, path: str) -> None:
    answers = [httpx.get(f"{running.top.api(host)}{path}", timeout=20) for host in REPLICAS]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    marks = {answer.headers.get("ETag") for answer in answers}
    assert len(marks) == 1
    if mark := marks.pop():
        through = running.get(path, headers={"If-None-Match": mark})
        assert (through.status_code, through.headers["ETag"]) == (304, mark)


def test_a_replica_that_is_killed_is_not_noticed(running: Running) -> None:
    host = REPLICAS[0]
    running.apis[host].kill()
    codes = {running.get("/v1/models").status_code for _ in range(40)}
    assert codes == {200}
    wait(lambda: running.proxy.ready() == len(REPLICAS) - 1)
    running.apis[host] = running.top.start_api(host)
    wait(lambda: running.proxy.ready() == len(REPLICAS))


def test_without_any_replica_the_proxy_says_so(running: Running) -> None:
    for server in running.apis.values():
        server.kill()
    answer = running.get("/v1/models")
    wait(lambda: running.proxy.ready() == 0)
    later = running.get("/v1/models")
    running.apis = {host: running.top.start_api(host) for host in REPLICAS}
    wait(lambda: running.proxy.ready() == len(REPLICAS))
    assert {answer.status_code, later.status_code} == {503}
    assert later.headers["content-type"] == "application/problem+json"
    assert later.headers["retry-after"] == "5"
    assert later.json()["title"] == "Service Unavailable"


def test_while_the_database_is_down_each_says_so_and_goes_on_afterwards(running: Running) -> None:
    running.top.postgres.kill()
    wait(lambda: running.proxy.ready() == 0)
    ready, asked = running.get("/readyz"), running.get("/v1/models")
    running.top.postgres.restart()
    wait(lambda: running.proxy.ready() == len(REPLICAS))
    assert (ready.status_code, asked.status_code) == (503, 503)
    assert ready.json()["detail"] == "database: not readable"
    assert asked.headers["content-type"] == "application/problem+json"
    assert running.get("/v1/models").status_code == 200


def test_while_the_graph_is_down_the_rest_is_answered(running: Running) -> None:
    running.top.neo4j.kill()
    wait(lambda: running.proxy.ready() == 0)
    ready, asked = running.get("/readyz"), running.get("/v1/models")
    drawn = running.get("/v1/models/acme/support/lineage")
    running.top.neo4j.restart()
    wait(lambda: running.proxy.ready() == len(REPLICAS))
    assert (ready.status_code, asked.status_code, drawn.status_code) == (503, 200, 503)
    assert ready.json()["detail"] == "graph: not readable"
    assert "HERDBOOK_GRAPH_URL" in drawn.json()["detail"]
    assert running.get("/v1/models/acme/support/lineage").status_code == 200


def test_a_scheduler_that_was_killed_goes_on(running: Running) -> None:
    running.scheduler.kill()
    records = [_record(LLAMA), _record("acme/support", LLAMA), _record("acme/next", LLAMA)]
    running.hub.replace(records)
    running.scheduler = running.schedule(HERDBOOK_CRAWL_HOURS="0.0001")
    wait(lambda: running.models() == {"acme/support", "acme/next"})
    running.scheduler.kill()
    running.scheduler = running.schedule()


def test_the_proxy_keeps_some_things_from_the_api(running: Running) -> None:
    assert running.get("/metrics").status_code == 404
    big = b"x" * (1 << 20) + b"x"
    answer = httpx.post(f"{running.proxy.url}/v1/cypher", content=big, timeout=20)
    assert answer.status_code == 413
    assert answer.json()["status"] == 413


@pytest.mark.parametrize("place", ["file:///etc/hostname", "{hub}/loaded"])
def test_neo4j_loads_no_file_and_no_address_whoever_asks(running: Running, place: str) -> None:
    url = place.format(hub=running.hub_url)
    with (
        running.top.neo4j.address.driver() as driver,
        pytest.raises(Neo4jError, match=r"allow_csv_import_from_file_urls|cypher_ip_blocklist"),
    ):
        driver.execute_query("LOAD CSV FROM $url AS row RETURN row", url=url)
    assert running.hub.count("/loaded") == 0


def test_no_secret_is_where_others_can_read_it(running: Running) -> None:
    secrets = {value for value in running.top.secrets.values() if value}
    assert len(secrets) == 3
    for server in (running.scheduler, *running.apis.values()):
        seen = Path(f"/proc/{server.process.pid}/environ").read_text()
        seen += Path(f"/proc/{server.process.pid}/cmdline").read_text()
        assert not [secret for secret in secrets if secret in seen]
    logs = "".join(log.read_text() for log in running.top.folder.glob("*.log"))
    assert not [secret for secret in secrets if secret in logs]
