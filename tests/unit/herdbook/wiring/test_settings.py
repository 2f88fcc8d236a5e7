"""Settings that depend on one another, and values that cannot be used."""

from __future__ import annotations

import pytest

from herdbook.wiring.settings import SettingsError, load

BROWSER = "http://127.0.0.1:7474/browser/"


@pytest.mark.parametrize(
    ("graph", "address"),
    [("", ""), ("kglite:///x.kgl", ""), ("bolt://h", BROWSER), ("neo4j+s://h/db", BROWSER)],
)
def test_neo4j_browser_is_there_where_the_graph_is(
    monkeypatch: pytest.MonkeyPatch, graph: str, address: str
) -> None:
    monkeypatch.setenv("HERDBOOK_NEO4J_BROWSER_URL", BROWSER)
    monkeypatch.setenv("HERDBOOK_GRAPH_URL", graph)
    assert load().neo4j_browser == address


@pytest.mark.parametrize("url", ["javascript:alert(1)", "127.0.0.1:7474", "file:///etc/passwd"])
def test_an_address_that_is_none_of_the_web_is_refused(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("HERDBOOK_NEO4J_BROWSER_URL", url)
    with pytest.raises(SettingsError, match=r"HERDBOOK_NEO4J_BROWSER_URL: write http"):
        load()
