"""The pages of runs in a real Chromium, in every state, and while a crawl goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from sqlalchemy import Engine, update

from api.app import create_app
from api.dashboard.page.rendering import BUNDLE
from graph.storage.database import open_database
from tests import pages
from tests.e2e.browser import Browser, served
from tests.made_runs import REASON, RUNS, plan, put_states

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("runs")


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    with served(create_app(pages.services(folder))) as address:
        yield address


@pytest.fixture(scope="module")
def engine(folder: Path, site: str) -> Engine:
    assert site
    return open_database(f"sqlite:///{folder}/herdbook.db")


@pytest.fixture(scope="module")
def states(engine: Engine) -> dict[str, str]:
    return put_states(engine)


@pytest.fixture(scope="module")
def browser(site: str, folder: Path) -> Iterator[Browser]:
    browser = Browser(site, folder / "profile")
    yield browser
    browser.driver.quit()


def change(engine: Engine, run: str, **values: object) -> None:
    with engine.begin() as connection:
        connection.execute(update(RUNS).where(RUNS.c.id == run).values(**values))


def text(browser: Browser, selector: str) -> str:
    """Return what stands in the first such element, invisible ones included."""
    return browser.driver.find_element(By.CSS_SELECTOR, selector).get_property("textContent") or ""  # type: ignore[return-value]  # selenium types properties as any of many


@pytest.mark.parametrize("state", ["", "running", "done", "stopped", "paused", "failed"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (400, "dark")])
def test_a_run_in_every_state_fits_and_is_quiet(
    browser: Browser, states: dict[str, str], state: str, width: int, scheme: str
) -> None:
    browser.look(width=width, scheme=scheme, scripts=False)
    browser.open(f"/runs/{states[state]}" if state else "/runs")
    assert browser.find("[data-says]").is_displayed()
    bars = browser.driver.find_elements(By.CSS_SELECTOR, "main progress")
    shares = [float(str(bar.get_property("value"))) for bar in bars]
    assert [share > 0.1 for share in shares[:2]] == [True, True]
    assert len(shares) == 3
    browser.look(width=width, scheme=scheme)
    browser.open(f"/runs/{states[state]}" if state else "/runs")
    assert browser.driver.execute_script("return document.documentElement.scrollWidth") <= width
    assert browser.complaints() == []


@pytest.mark.skipif(
    not (BUNDLE / "frame.js").exists(), reason="the scripts are not bundled: npm run build"
)
def test_figures_follow_a_crawl_and_its_end_is_told(
    browser: Browser, engine: Engine, states: dict[str, str]
) -> None:
    browser.look()
    browser.open(f"/runs/{states['running']}")
    change(engine, states["running"], plan=plan(90, 2250), counts={"records": 1_234_567})
    browser.until(lambda: "2,250 of 4,500" in text(browser, "[data-stage=list] [data-words]"))
    assert "1\u202f234\u202f567" in text(browser, "[data-count=records]")
    assert "(50 %)" in text(browser, "[data-says]")
    assert "1,234,567 records so far" in text(browser, "[data-progress]")
    change(engine, states["running"], state="failed", reason=REASON)
    browser.until(lambda: "The crawl is over. Failed: the Hub" in text(browser, "[data-progress]"))
    assert "<b>[U+202E]" + "x" * 300 in text(browser, "[data-says]")
    assert text(browser, "[data-says] code") == "herdbook doctor"
    assert "is-failed" in (browser.find("[data-state]").get_attribute("class") or "")
    assert browser.complaints() == []
