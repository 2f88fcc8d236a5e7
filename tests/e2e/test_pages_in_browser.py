"""The pages in a real Chromium: nothing from outside, nothing refused by the policy."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from urllib.parse import quote, urlsplit

import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from api.dashboard.page import links
from api.dashboard.page.rendering import BUNDLE
from graph.engines.queries.query import library
from tests import pages
from tests.e2e.browser import Browser, served

pytestmark = pytest.mark.browser
ADDRESSES = ["/", "/models", "/datasets", "/findings", "/families", "/licences", "/runs",
             "/licences/llama3.1", "/console", "/docs", "/search?q=calf", "/models/no/such",
             links.console(library()["most-downloaded-findings"].cypher),
             links.console("MATCH (m:Model)-[d:DERIVED_FROM]->(p) RETURN m, d, p"),
             f"/models/{pages.GOOD}", f"/models/{pages.BAD}", f"/models/{pages.HOSTILE}",
             f"/models/{pages.GONE}", "/check", f"/check?name=x&base={pages.ROOT}",
             f"/check?name=x&dataset=acme/talk&base={quote('/workspace/checkpoints/step-100')}",
             f"/check?name=x&base={'nobody/' + 'thing-' * 30}"]  # fmt: skip
bundled = pytest.mark.skipif(
    not (BUNDLE / "console.js").exists(), reason="the scripts are not bundled: npm run build"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(pages.application(tmp_path_factory.mktemp("site"))) as address:
        yield address


@pytest.fixture(scope="module")
def opened(site: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    browser = Browser(site, tmp_path_factory.mktemp("profile"))
    yield browser
    browser.driver.quit()


@pytest.fixture
def browser(opened: Browser) -> Browser:
    opened.look()
    opened.complaints(), opened.hosts()
    return opened


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (400, "dark")])
def test_a_page_is_quiet_fits_and_asks_nobody_else(
    browser: Browser, site: str, address: str, width: int, scheme: str
) -> None:
    browser.look(width=width, scheme=scheme)
    browser.open(address)
    time.sleep(0.3)  # for what scripts may still ask
    assert browser.complaints() == []
    assert browser.hosts() == {urlsplit(site).netloc}
    assert browser.driver.execute_script("return document.documentElement.scrollWidth") <= width
    ground = browser.driver.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, ground[4:-1].split(","))) < 200) == (scheme == "dark")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_planned_model_is_checked_by_a_form(browser: Browser, scripts: bool) -> None:
    def send(leads_to: str) -> None:
        browser.find("form.planned button").click()
        browser.until(lambda: leads_to in browser.driver.current_url)

    browser.look(scripts=scripts)
    browser.open("/check")
    browser.find("input[name=name]").send_keys("support-8b")
    send("name=support-8b")
    assert "No base is given" in browser.find('[role="alert"]').text
    assert browser.find("input[name=name]").get_attribute("value") == "support-8b"
    browser.find("textarea[name=base]").send_keys("nobody/thing")
    send("nobody")
    assert "nobody/thing is not in the register" in browser.find(".verdict p").text
    base = browser.find("textarea[name=base]")
    base.clear()
    base.send_keys(pages.ROOT)
    send("meta-llama")
    assert "Failed" in browser.find(".verdict h2").text
    assert "name-prefix" in browser.find(".verdict p").text
    browser.complaints()  # of the 422, which is meant


@pytest.mark.parametrize("scripts", [True, False])
def test_charts_and_lineage_are_to_be_seen(browser: Browser, scripts: bool) -> None:
    browser.look(scripts=scripts)
    browser.open("/")
    assert max(r.size["width"] for r in _all(browser, "#families .bar rect")) > 50
    assert browser.find("svg.columns rect").is_displayed()
    browser.open(f"/models/{pages.GOOD}")
    assert browser.find(".box.subject").is_displayed()
    assert len(_all(browser, ".drawing a.box")) == 26
    browser.open("/console?q=" + quote("RETURN 41 + 1 AS answer"))
    assert browser.find("table.answer td").text == "42"


def _all(browser: Browser, selector: str) -> list[WebElement]:
    return browser.driver.find_elements(By.CSS_SELECTOR, selector)


def _texts(browser: Browser, selector: str) -> list[str]:
    """Return what stands in the elements at this moment, whatever takes their place."""
    script = "return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent)"
    found: list[str] = browser.driver.execute_script(script, selector)
    return found


def _answered(browser: Browser, answer: str) -> bool:
    return _texts(browser, "table.answer td") == [answer]


def _write(browser: Browser, query: str) -> None:
    """Type a query over what is there."""
    browser.find("[data-editor]")
    editor: WebElement = browser.driver.execute_script(
        "return document.querySelector('[data-editor]').shadowRoot.querySelector('.cm-content')"
    )
    editor.click()
    keys = ActionChains(browser.driver)
    keys.key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).send_keys(Keys.DELETE)
    keys.send_keys(query).perform()


def _ask(browser: Browser, query: str) -> None:
    """Type a query over what is there, and run it by the keyboard."""
    _write(browser, query)
    keys = ActionChains(browser.driver).send_keys(Keys.ESCAPE)
    keys.key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL).perform()


@bundled
def test_the_console_runs_a_query_and_remembers_it(browser: Browser) -> None:
    browser.open("/console")
    _ask(browser, "RETURN 6 * 7 AS answer ")
    browser.until(lambda: [c for c in _all(browser, "table.answer td") if c.text == "42"])
    assert "RETURN+6" in browser.driver.current_url
    assert "RETURN 6 * 7" in browser.find("[data-history] li").text
    _ask(browser, "RETURN nope nope ")
    assert "line 1" in browser.find("[data-answer] .error").text
    assert browser.complaints() == []


@bundled
def test_hostile_words_from_the_console_stay_words(browser: Browser) -> None:
    browser.open("/console")
    _ask(browser, "RETURN '<img src=x onerror=alert(1)>' AS x ")
    cell = browser.until(lambda: _all(browser, "table.answer td"))[0]
    assert cell.text == "<img src=x onerror=alert(1)>"
    assert _all(browser, "img") == []
    assert browser.complaints() == []


@bundled
def test_an_answer_of_nodes_is_drawn_and_listed(browser: Browser) -> None:
    browser.open("/console")
    _ask(browser, "MATCH (m:Model)-[d:DERIVED_FROM]->(p) RETURN m, d, p ")
    browser.until(lambda: len(_all(browser, "[data-canvas] .dot")) > 20)
    assert not _all(browser, "table.answer")[0].is_displayed()
    dot = next(d for d in _all(browser, ".dot") if "dropped-8b" in d.text)
    ActionChains(browser.driver).move_to_element(dot).perform()
    assert f"id: {pages.BAD}" in browser.find("[data-detail]").text
    group = browser.find("[data-view]")
    before = group.get_attribute("transform")
    browser.find("[data-tools] button[title='Zoom in']").click()
    browser.until(lambda: group.get_attribute("transform") != before)
    browser.find("[data-show=table]").click()
    assert _all(browser, "table.answer")[0].is_displayed()
    assert not _all(browser, "[data-canvas]")[0].is_displayed()
    assert browser.complaints() == []


@bundled
def test_an_error_is_marked_in_the_query_until_it_is_changed(browser: Browser) -> None:
    browser.open("/console")
    _ask(browser, "MATCH (m:Model) RETURN m.id ORDER BX id ")
    browser.find(".error[data-column]")
    editor = "return document.querySelector('[data-editor]').shadowRoot.querySelector('.cm-wrong')"
    marked = browser.until(lambda: browser.driver.execute_script(editor))
    assert marked.text == "BX"
    ActionChains(browser.driver).send_keys("x").perform()
    browser.until(lambda: browser.driver.execute_script(editor) is None)
    assert browser.complaints() == []


@bundled
def test_what_was_asked_comes_back_by_the_keyboard(browser: Browser) -> None:
    browser.open("/console")
    for query, answer in (("RETURN 1 AS asked ", "1"), ("RETURN 2 AS asked ", "2")):
        _ask(browser, query)
        browser.until(partial(_answered, browser, answer))
    back = ActionChains(browser.driver)
    back.key_down(Keys.CONTROL).send_keys(Keys.ARROW_UP).key_up(Keys.CONTROL).perform()
    text = "return document.querySelector('[data-editor]').shadowRoot.querySelector('.cm-content')"
    assert "RETURN 1" in browser.driver.execute_script(text).text
    assert len(_texts(browser, "[data-history] li")) >= 2
    browser.find("[data-forget]").click()
    browser.until(lambda: not _all(browser, "[data-history]")[0].is_displayed())


@bundled
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("MATCH (m:Mo", "Model"),
        ("MATCH ()-[:IN_", "IN_FAMILY"),
        ("MATCH (f:Family) WHERE f.ll", "llama"),
        ("MATCH (f:Family {tit", "title"),
        ("RETURN $stren", "strengths"),
        ("RETURN coal", "coalesce"),
    ],
)
def test_the_editor_completes_by_the_place(browser: Browser, typed: str, offered: str) -> None:
    browser.open("/console")
    _write(browser, typed)
    options = (
        "return [...document.querySelector('[data-editor]').shadowRoot"
        ".querySelectorAll('.cm-completionLabel')].map((one) => one.textContent)"
    )
    assert offered in browser.until(lambda: browser.driver.execute_script(options))
    assert browser.complaints() == []


@bundled
def test_the_lineage_shows_one_more_level(browser: Browser) -> None:
    browser.open(f"/models/{pages.BAD}")
    before = len(_all(browser, ".drawing a.box"))
    more = browser.until(
        lambda: [b for b in _all(browser, "[data-tools] button") if "level" in b.text]
    )
    more[0].click()
    browser.until(lambda: len(_all(browser, ".drawing a.box")) > before)
    browser.open(f"/models/{pages.HOSTILE}")
    browser.until(lambda: [b for b in _all(browser, "[data-tools] button") if "level" in b.text])[
        0
    ].click()
    browser.until(
        lambda: _all(browser, "[data-tools] [role=status]")[0].text.endswith(("artifacts", "out"))
    )
    assert browser.complaints() == []


_STEPS = """
const tops = Object.fromEntries([...document.querySelectorAll('.drawing a.box')].map((box) =>
  [box.querySelector('title').textContent.split(' · ')[0], box.getBoundingClientRect().top]));
return [...document.querySelectorAll('.drawing path.line title')]
  .map((title) => title.textContent.split(': ')[0].split(' → '))
  .map(([child, parent]) => [child, parent, tops[parent] < tops[child]]);
"""


def _has_grown(browser: Browser, lines: int) -> bool:
    return len(_all(browser, ".drawing path.line")) > lines


@bundled
def test_parents_stand_above_their_children_before_and_after_it_grows(browser: Browser) -> None:
    browser.open(f"/models/{pages.BAD}")
    more = browser.until(
        lambda: [b for b in _all(browser, "[data-tools] button") if "level" in b.text]
    )[0]
    drawn = 0
    for _ in range(3):  # as it came, and two levels more
        browser.until(partial(_has_grown, browser, drawn))
        steps = browser.driver.execute_script(_STEPS)
        assert [pages.BAD, pages.ROOT, True] in steps
        assert all(above for _child, _parent, above in steps)
        drawn = len(steps)
        more.click()
    assert browser.complaints() == []


@bundled
def test_the_rest_interface_is_shown_from_here(browser: Browser, site: str) -> None:
    browser.open("/docs")
    browser.find(".swagger-ui .opblock")
    assert browser.complaints() == []
    assert browser.hosts() == {urlsplit(site).netloc}
