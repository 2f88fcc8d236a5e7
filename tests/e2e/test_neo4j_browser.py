"""The query library in the real Neo4j Browser: opened by a link, and dropped as favourites."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

from graph.engines import open_graph
from graph.engines.queries import favourites
from graph.engines.queries.query import library
from tests.contract.conftest import herd
from tests.e2e.browser import Browser
from tests.services.neo4j import Address

pytestmark = pytest.mark.browser
QUESTIONS = list(library().values())
DROP = """
  const bytes = Uint8Array.from(atob(arguments[1]), (one) => one.charCodeAt(0));
  const dropped = new DataTransfer();
  dropped.items.add(new File([bytes], arguments[0]));
  for (const name of ["dragenter", "dragover", "drop"]) {
    const event = new DragEvent(name, { bubbles: true, cancelable: true, dataTransfer: dropped });
    document.querySelector(".filedrop").dispatchEvent(event);
  }
"""


@pytest.fixture
def there(neo4j_server: Address, tmp_path: Path) -> Iterator[Browser]:
    """A Chromium for Neo4j Browser, as the server brings it."""
    if not neo4j_server.http:
        pytest.skip("the server that was given has no address of Neo4j Browser")
    browser = Browser(neo4j_server.http, tmp_path)
    yield browser
    browser.driver.quit()


def _connect(browser: Browser, server: Address) -> None:
    ways = Select(browser.find("[data-testid=authenticationMethod]"))
    if server.password is None:
        ways.select_by_visible_text("No authentication")
    else:
        for name, text in (("username", server.user), ("password", server.password)):
            browser.find(f"[data-testid={name}]").send_keys(text)
    browser.find("[data-testid=connect]").click()
    browser.until(lambda: "Connected to Neo4j" in _text(browser))


def _text(browser: Browser) -> str:
    text: str = browser.driver.execute_script("return document.body.innerText")
    return text.replace("\N{NO-BREAK SPACE}", " ")  # so its editor writes spaces


def _drop(browser: Browser, name: str, content: bytes) -> None:
    browser.driver.execute_script(DROP, name, base64.b64encode(content).decode())


def _kept(browser: Browser) -> list[str]:
    """Return the favourites that are kept, apart from those that Browser brings."""
    told = browser.driver.execute_script("return localStorage.getItem('neo4j.documents')")
    return [one["content"] for one in json.loads(told or "[]") if not one.get("isStatic")]


def test_a_query_opens_by_its_link_and_shows_its_answer(
    empty_neo4j: Address, there: Browser
) -> None:
    store = open_graph(empty_neo4j.login_url)
    store.write("small", [herd()], fresh=True)
    store.close()
    question = library()["ancestors-of"]
    text = favourites.favourite(question, {"id": "b/merge"})
    there.open(favourites.address("/browser/", text))
    _connect(there, empty_neo4j)
    assert question.title in _text(there)
    there.find(".monaco-editor textarea").click()
    keys = ActionChains(there.driver)
    keys.key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL).perform()
    there.until(lambda: '"datasets/d/set"' in _text(there))
    assert "Started streaming 3 records" in _text(there)


def test_favourites_are_kept_each_by_its_title_or_as_one(there: Browser) -> None:
    there.open("/browser/")
    there.find("[data-testid=connect]")
    _drop(there, "herdbook-queries.zip", favourites.as_archive(QUESTIONS))
    there.until(lambda: len(_kept(there)) >= len(QUESTIONS))
    assert {one.strip() for one in _kept(there)} >= {favourites.favourite(q) for q in QUESTIONS}
    text = favourites.as_text(QUESTIONS)
    _drop(there, "herdbook-queries.cypher", text.encode())
    there.find(".filedrop-save-to-favorites").click()
    there.until(lambda: text in _kept(there))
