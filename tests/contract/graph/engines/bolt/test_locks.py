"""Two transactions at once on a graph server: each batch waits for what it rests on."""

import threading
import time
from collections.abc import Iterator

import pytest

from graph.catalogue.model import Strength
from graph.engines import open_graph
from graph.engines.bolt import store as bolt
from graph.engines.bolt import writing
from graph.engines.port.ports import Batch, EdgeRows
from tests.bench.digest import of_batches, of_server
from tests.contract.conftest import model
from tests.services.neo4j import Address

pytestmark = pytest.mark.neo4j
MANY = 30


@pytest.fixture
def server(neo4j_server: Address) -> Address:
    neo4j_server.clear()
    return neo4j_server


def batches(parent_of: dict[int, int]) -> Iterator[Batch]:
    """Yield a model a batch, all of one author, each derived from one of another batch."""
    for number in range(MANY):
        edges = [EdgeRows("PUBLISHED_BY", "Model", "Author", [{"from": f"a/{number}", "to": "a"}])]
        if number in parent_of:
            row = {"from": f"a/{number}", "to": f"a/{parent_of[number]}"}
            how = {"relation": "finetune", "strength": "declared", "confidence": 1.0}
            edges.append(EdgeRows("DERIVED_FROM", "Model", "Model", [{**row, **how}]))
        yield Batch({"Model": [model(f"a/{number}")]}, tuple(edges))


@pytest.mark.parametrize(
    "parent_of",
    [
        pytest.param({n: n - 1 for n in range(1, MANY)}, id="in the batch before"),
        pytest.param({n: n + 1 for n in range(MANY - 1)}, id="in the batch after"),
        pytest.param({n: n ^ 1 for n in range(MANY)}, id="in each other"),
    ],
)
def test_no_edge_is_lost_between_batches(server: Address, parent_of: dict[int, int]) -> None:
    store = open_graph(server.login_url)
    for build in ("first", "again"):
        store.write(build, batches(parent_of), fresh=True)
        assert of_server(server) == of_batches(batches(parent_of))


def test_a_batch_gives_way_to_the_one_before(
    server: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody holds the first model and wants the second: neither batch may wait for ever."""
    monkeypatch.setattr(writing, "STALLED", 2.0)
    store = open_graph(server.login_url)
    store.write("first", batches({}), fresh=True)
    held, got = threading.Event(), []

    def hold() -> None:
        lock = "MATCH (m:Model {id: $id}) SET m.likes = 1"
        with (
            server.driver() as driver,
            driver.session(database="neo4j") as session,
            session.begin_transaction(timeout=30) as transaction,
        ):
            transaction.run(lock, id="a/0").consume()
            held.set()
            time.sleep(1)  # until the second batch is written, and waits for the first
            transaction.run(lock, id="a/1").consume()
            got.append(transaction)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    store.write("again", batches({}), fresh=True)
    holder.join()
    assert got
    assert of_server(server) == of_batches(batches({}))


def test_a_lineage_is_of_one_moment(server: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is walked by several queries, and each would show the newest batch."""
    monkeypatch.setattr(bolt, "WALKS", 1000)  # batches come faster here than in any build
    old, new = (("b",), ("old",)), (("c", "d"), ("new",))
    store = open_graph(server.login_url)
    store.write("first", [Batch({"Model": [model(i) for i in "bcd"]}), changed(*old)], fresh=True)
    seen, ended = set(), threading.Event()

    def look() -> None:
        while not ended.wait(0.001):
            found = store.lineage("a", "up", 1, Strength.INFERRED, 10)
            families = tuple(found.nodes["a"]["families"])
            seen.add((tuple(sorted(set(found) - {"a"})), families))

    reader = threading.Thread(target=look)
    reader.start()
    for number in range(6):
        flips = [changed(*(old if n % 2 else new)) for n in range(11)]
        store.write(str(number), flips, fresh=False)
    ended.set()
    reader.join()
    assert seen == {old, new}


def changed(parents: tuple[str, ...], families: tuple[str, ...]) -> Batch:
    """Return a batch in which a model gets other parents and another family."""
    how = {"strength": "declared", "confidence": 1.0}
    up = [{"from": "a", "to": parent, "relation": "merge", **how} for parent in parents]
    into = [{"from": "a", "to": family, **how} for family in families]
    edges = (
        EdgeRows("DERIVED_FROM", "Model", "Model", up),
        EdgeRows("IN_FAMILY", "Model", "Family", into),
    )
    nodes = {"Model": [model("a")], "Family": [{"id": family} for family in families]}
    return Batch(nodes, edges, renew={"Model": ["a"]})
