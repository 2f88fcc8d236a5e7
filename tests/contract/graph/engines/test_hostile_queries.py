"""Hostile queries against each engine that answers Cypher: none does harm, none stays."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import orjson
import psutil
import pytest

from graph.engines import open_graph
from graph.engines.port.limits import Limits
from graph.engines.port.ports import CypherConsole, QueryFailed, QueryRefused, QueryTimeout, Table
from graph.engines.queries.query import library
from tests.contract.conftest import WITH_CYPHER, Engine, herd
from tests.contract.hostile import Theme, themes
from tests.services.neo4j import Address

SECONDS = {"refused": 10.0, "unanswered": 1.0, "in time": 1.0}  # that a query may take
MARGIN = 6.0  # on a busy machine: to end a process, to start another and load the graph
LIMITS = Limits(size=1_000_000, memory=256)
GROWTH = 200_000_000  # bytes that whoever asks may take for 1 MB of an answer
CANARY = "canary-7f3a9d"
STATE = (
    "MATCH (n) RETURN labels(n) AS l, properties(n) AS p ORDER BY l, n.id",
    "MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS t, properties(r) AS p, b.id AS b "
    "ORDER BY a, t, b, r.relation",
)
GIVEN = {"properties": {"id": "x"}, "name": "x", "label": "X", "p": "hostile-1"}


@dataclass
class Listener:
    """Somebody who listens on loopback, and counts who comes."""

    socket: socket.socket
    came: list[object] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}"

    def listen(self) -> None:
        while True:
            try:
                connection, address = self.socket.accept()
            except OSError:
                return
            self.came.append(address)
            connection.close()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    with socket.create_server(("127.0.0.1", 0)) as made:
        one = Listener(made)
        threading.Thread(target=one.listen, daemon=True).start()
        yield one


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("planted") / "canary.csv"
    path.write_text(f"{CANARY}\n", "utf-8")
    return path


@pytest.fixture(scope="module", params=WITH_CYPHER)
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    engine: Engine = request.param
    if engine.name == "neo4j":
        server: Address = request.getfixturevalue("neo4j_server")
        server.clear()
    return engine.url(request, tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def console(url: str) -> Iterator[CypherConsole]:
    store = open_graph(url, limits=LIMITS)
    store.write("hostile", [herd()], fresh=True)
    assert isinstance(store, CypherConsole)
    yield store
    store.close()


def ask(console: CypherConsole, query: str, seconds: float = 10, **given: object) -> Table:
    return console.cypher(query, GIVEN | given, seconds=seconds, rows=1000)


def state(console: CypherConsole) -> str:
    """What the graph holds, as one number."""
    held = [sorted(map(repr, console.cypher(q, {}, seconds=10, rows=None).rows)) for q in STATE]
    return sha256(orjson.dumps(held)).hexdigest()


def outcome(console: CypherConsole, query: str, seconds: float, **given: object) -> str:
    """What became of a query; what was not asked for is told."""
    started, told = time.monotonic(), ""
    try:
        answer = ask(console, query, seconds, **given)
    except QueryRefused:
        came = "refused"
    except QueryTimeout:
        came = "late"
    except QueryFailed as error:
        came, told = "failed", str(error)
    else:
        came, told = "answered", repr(answer)
    if CANARY in told:
        return f"{came} with what stands in a file"
    if time.monotonic() - started > seconds + MARGIN:
        return f"held for {time.monotonic() - started:.0f} s"
    return came


ALLOWED = {
    "refused": {"refused", "failed"},  # what one engine's dialect lacks fails there
    "unanswered": {"refused", "failed", "late"},
    "in time": {"refused", "failed", "late", "answered"},
}


def test_there_are_enough_of_them_and_no_two_are_the_same() -> None:
    queries = [query for theme in themes() for query in theme.queries]
    assert len(set(queries)) == len(queries) >= 300


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.name)
def test_hostile_queries_do_no_harm(
    console: CypherConsole, theme: Theme, listener: Listener, planted: Path
) -> None:
    before, size = state(console), psutil.Process().memory_info().rss
    wrong = {}
    for query in theme.queries:
        meant = query.replace("{file}", str(planted)).replace("{url}", listener.url)
        came = outcome(console, meant, SECONDS[theme.expect], path=f"file://{planted}")
        if came not in ALLOWED[theme.expect]:
            wrong[query[:300]] = came
        if listener.came:
            wrong[query[:300]] = f"opened {len(listener.came)} connections"
            listener.came.clear()
    assert wrong == {}
    assert state(console) == before
    assert [path.name for path in planted.parent.iterdir()] == [planted.name]
    assert psutil.Process().memory_info().rss - size < GROWTH


def test_honest_queries_are_answered_after_all_that(console: CypherConsole) -> None:
    for question in library().values():
        assert question.ask(console).columns


def test_the_console_has_no_secret_of_ours(console: CypherConsole) -> None:
    assert ask(console, "RETURN 1 AS one").rows == [[1]]
    for child in psutil.Process().children():
        if "graph.engines.console" in child.cmdline():
            assert {"HERDBOOK_TOKEN", "HF_TOKEN"}.isdisjoint(child.environ())


@pytest.mark.neo4j
def test_nothing_goes_on_in_the_server(console: CypherConsole, neo4j_server: Address) -> None:
    """After the limit, and the time in which a server looks whether it is over."""
    deadline = time.monotonic() + 30
    while going := _going_on(neo4j_server):
        assert time.monotonic() < deadline, going
        time.sleep(0.2)


def _going_on(server: Address) -> list[str]:
    query = (
        "SHOW TRANSACTIONS YIELD currentQuery, username WHERE NOT currentQuery STARTS WITH 'SHOW'"
    )
    with server.driver() as driver, driver.session(database="neo4j") as session:
        return [row["currentQuery"] for row in session.run(query)]
