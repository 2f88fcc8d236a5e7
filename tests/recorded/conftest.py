"""Fixtures of the recorded tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.home import Home
from tests.recorded.front import front, url

__all__ = ["front", "url"]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """An empty register."""
    opened = Home(tmp_path)
    yield opened
    opened.close()
