"""The console of a server that cannot be asked: told by the setting, and without the password."""

from __future__ import annotations

import pytest

from graph.engines.bolt.address import Address
from graph.engines.bolt.console import BoltConsole
from graph.engines.port.ports import StoreError
from tests.services.neo4j import Address as ServerAddress
from tests.services.processes import free_ports

PASSWORD = "sesame-open"  # noqa: S105 - nobody's


def told(url: str) -> str:
    console = BoltConsole(Address.of(url))
    try:
        with pytest.raises(StoreError, match="HERDBOOK_GRAPH_URL") as caught:
            console.cypher("RETURN 1 AS one", {}, seconds=20, rows=1)
    finally:
        console.close()
    return str(caught.value)


def test_a_server_that_is_not_there() -> None:
    (port,) = free_ports(1)
    said = told(f"bolt://neo4j:{PASSWORD}@127.0.0.1:{port}")
    assert str(port) in said
    assert PASSWORD not in said


@pytest.mark.neo4j
def test_a_server_that_refuses_the_password(neo4j_server: ServerAddress) -> None:
    if neo4j_server.password is None:
        pytest.skip("this server asks for no password")
    said = told(neo4j_server.url.replace("://", f"://neo4j:{PASSWORD}@"))
    assert "password" in said
    assert PASSWORD not in said
    with pytest.raises(StoreError, match="HERDBOOK_GRAPH_URL"):
        BoltConsole(Address.of(f"{neo4j_server.login_url}/nothing")).cypher(
            "RETURN 1 AS one", {}, seconds=20, rows=1
        )
