"""A graph server that cannot be used: a clear line that names the setting, and nothing is lost."""

import socket
from collections.abc import Iterator
from typing import LiteralString

import pytest

from graph.engines import open_graph
from graph.engines.bolt.writing import FORM
from graph.engines.port.ports import Batch, GraphState, GraphStore, StoreError
from tests.contract.conftest import herd
from tests.services.neo4j import Address

pytestmark = pytest.mark.neo4j
ENDS = "MATCH (n) RETURN count(n) AS nodes"


@pytest.fixture
def server(neo4j_server: Address) -> Address:
    neo4j_server.clear()
    return neo4j_server


def cypher(server: Address, query: LiteralString, **parameters: object) -> list[dict[str, object]]:
    with server.driver() as driver, driver.session(database="neo4j") as session:
        return session.run(query, parameters).data()


@pytest.fixture
def silent() -> Iterator[int]:
    """A port where somebody listens and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def refusal(store: GraphStore) -> str:
    with pytest.raises(StoreError) as refused:
        store.write("b", [herd()], fresh=True)
    return str(refused.value)


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    store = open_graph(f"bolt://ann:secret-word@127.0.0.1:{port}")
    for ask in (store.state, store.prepare):
        with pytest.raises(StoreError, match=f"HERDBOOK_GRAPH_URL: bolt://127.0.0.1:{port} does"):
            ask()
    assert "secret-word" not in refusal(store)


def test_somebody_else_there(silent: int) -> None:
    said = refusal(open_graph(f"bolt://127.0.0.1:{silent}"))
    assert "HERDBOOK_GRAPH_URL" in said
    assert "does not answer" in said


def test_a_wrong_password(server: Address) -> None:
    if server.password is None:
        pytest.fail("the server of these tests must ask for a password")
    said = refusal(open_graph(server.url, "neo4j", "secret-word"))
    assert "HERDBOOK_GRAPH_PASSWORD" in said
    assert "secret-word" not in said


def test_an_unknown_database(server: Address) -> None:
    assert "correct the database" in refusal(open_graph(f"{server.login_url}/nowhere"))


def test_a_graph_of_others_is_left_alone(server: Address) -> None:
    cypher(server, "CREATE (:Model {id: 'their own'})")
    assert "name an empty database" in refusal(open_graph(server.login_url))
    assert cypher(server, ENDS) == [{"nodes": 1}]


def test_a_graph_of_a_newer_herdbook_is_left_alone(server: Address) -> None:
    store = open_graph(server.login_url)
    store.write("first", [herd()], fresh=True)
    before = cypher(server, ENDS)
    cypher(server, "MATCH (b:Build) SET b.form = $form", form=FORM + 1)
    assert "newer Herdbook" in refusal(store)
    assert cypher(server, ENDS) == before
    assert store.state() == GraphState("first")


def test_two_builds_at_once_are_found_out(server: Address) -> None:
    store, other = open_graph(server.login_url), open_graph(server.login_url)

    def interrupted() -> Iterator[Batch]:
        yield herd()
        other.write("second", [herd()], fresh=True)
        yield herd()
        yield herd()

    with pytest.raises(StoreError, match="another build has begun"):
        store.write("first", interrupted(), fresh=True)
    assert store.state() == GraphState("second")
