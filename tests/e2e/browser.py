"""A real Chromium without a window, and what it says."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from fastapi import FastAPI
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--hide-scrollbars", "--disable-background-networking", "--disable-component-update",
         "--disable-sync"]  # fmt: skip

PATIENCE = 30.0  # seconds to wait for what a page may yet do


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve an application on a port of its own; yield its address."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


class Browser:
    """A Chromium, and what it says."""

    def __init__(self, site: str, profile: Path) -> None:
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self._site = site
        self.look()

    def look(self, *, width: int = 1280, scheme: str = "light", scripts: bool = True) -> None:
        """Set what the window is like."""
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self._tell("Emulation.setDeviceMetricsOverride", size)
        feature = {"name": "prefers-color-scheme", "value": scheme}
        self._tell("Emulation.setEmulatedMedia", {"features": [feature]})
        self._tell("Emulation.setScriptExecutionDisabled", {"value": not scripts})

    def _tell(self, command: str, values: dict[str, Any]) -> None:
        self.driver.execute_cdp_cmd(command, values)

    def open(self, address: str) -> None:
        """Open a page of the site."""
        self.driver.get(self._site + address)

    def find(self, selector: str) -> WebElement:
        """Return the first element, once it is there."""
        found: list[WebElement] = self.until(
            lambda: self.driver.find_elements(By.CSS_SELECTOR, selector)
        )
        return found[0]

    def until(self, look: Callable[[], Any]) -> Any:
        """Wait for something to come true."""
        return WebDriverWait(self.driver, PATIENCE).until(lambda _: look())

    def complaints(self) -> list[str]:
        """Return what the browser complained of, the answers that are meant to be 404 apart."""
        told = [str(entry["message"]) for entry in self.driver.get_log("browser")]  # type: ignore[no-untyped-call]  # selenium has no type
        return [one for one in told if "/models/no/such" not in one]

    def hosts(self) -> set[str]:
        """Return the hosts that were asked since the last look."""
        events = (
            json.loads(entry["message"])["message"]
            for entry in self.driver.get_log("performance")  # type: ignore[no-untyped-call]  # the same
        )
        asked = (e["params"] for e in events if e["method"] == "Network.requestWillBeSent")
        parts = (urlsplit(params["request"]["url"]) for params in asked)
        return {part.netloc for part in parts if part.scheme != "data"}
