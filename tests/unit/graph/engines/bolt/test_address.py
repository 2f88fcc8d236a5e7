"""A graph server's URL: what is in it, what is added, what is refused, what is never shown."""

import pytest

from graph.engines import open_graph, without_secrets
from graph.engines.bolt.address import Address
from graph.engines.port.ports import StoreError


def test_a_url_is_taken_apart() -> None:
    told = Address.of("neo4j+s://ann:p%40ss@db.example:7000/herd?policy=eu")
    assert told == Address("neo4j+s://db.example:7000?policy=eu", "herd", "ann", "p@ss")
    assert told.options()["auth"] == ("ann", "p@ss")


@pytest.mark.parametrize(
    ("url", "uri"),
    [
        ("bolt://host", "bolt://host:7687"),
        ("bolt://host/", "bolt://host:7687"),
        ("bolt://[::1]:7000", "bolt://[::1]:7000"),
        ("bolt+ssc://10.0.0.1", "bolt+ssc://10.0.0.1:7687"),
    ],
)
def test_what_a_url_leaves_out_is_the_servers_own(url: str, uri: str) -> None:
    assert Address.of(url) == Address(uri, None, "", "")
    assert Address.of(url).options()["auth"] is None


def test_settings_stand_for_what_the_url_does_not_say() -> None:
    assert Address.of("bolt://host", "neo4j", "secret").options()["auth"] == ("neo4j", "secret")
    assert Address.of("bolt://ann:own@host", "neo4j", "secret").options()["auth"] == ("ann", "own")
    assert Address.of("bolt://ann@host", "neo4j", "secret").options()["auth"] == ("ann", "secret")


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("bolt://", "no host"),
        ("bolt:host", "no host"),
        ("bolt://host:port", "Port"),
        ("bolt://host:99999", "Port"),
        ("bolt://host/a/b", "DATABASE"),
        ("bolt://[::1", "IPv6"),
        ("bold://host", "names no engine"),
        ("", "names no engine"),
    ],
)
def test_a_url_with_a_typo_is_refused_with_the_settings_name(url: str, why: str) -> None:
    with pytest.raises(StoreError, match=why) as refused:
        open_graph(url, "neo4j", "secret-word")
    assert "HERDBOOK_GRAPH_URL" in str(refused.value)
    assert "secret-word" not in str(refused.value)


def test_no_text_shows_the_password() -> None:
    url = "bolt://ann:secret-word@host:7000/herd"
    assert "secret-word" not in repr(Address.of(url))
    assert without_secrets(url) == "bolt://host:7000/herd"
    assert without_secrets("bolt://ann:not/escaped@host") == "bolt://host"
    assert without_secrets("kglite:////a/b@c.kgl") == "kglite:////a/b@c.kgl"
