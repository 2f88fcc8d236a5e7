"""What all tests share: where the real data are, what may be missing, how hypothesis searches.

A test marked ``shared``, ``browser``, ``neo4j``, ``postgres`` or ``proxy`` is skipped where that is
missing, and fails instead where HERDBOOK_REQUIRE (names, separated by commas) says that it must be
there, as CI does.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.places import SHARED
from tests.services import fixtures as services
from tests.services.fixtures import (
    database_url,
    empty_neo4j,
    module_database_url,
    neo4j_server,
    postgres_server,
    postgres_url,
)

__all__ = [  # fixtures for all tests
    "database_url",
    "empty_neo4j",
    "module_database_url",
    "neo4j_server",
    "postgres_server",
    "postgres_url",
]

REQUIRED = {name.strip() for name in os.environ.get("HERDBOOK_REQUIRE", "").split(",")} - {""}

settings.register_profile("dev", deadline=None)  # a busy machine is no bug
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev")
)


def pytest_configure(config: pytest.Config) -> None:
    """Refuse a requirement that nobody knows: it would hold nothing."""
    if unknown := REQUIRED - _MISSING.keys():
        raise pytest.UsageError(f"HERDBOOK_REQUIRE: unknown: {', '.join(sorted(unknown))}")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real data (HERDBOOK_SHARED, or `shared` beside the repository)."""
    if reason := _no_shared():
        (pytest.fail if "shared" in REQUIRED else pytest.skip)(reason)
    return SHARED


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks for a server, and skip what is marked for something that is missing here."""
    for item in items:
        for name in services.MARKS.keys() & getattr(item, "fixturenames", ()):
            item.add_marker(services.MARKS[name])
    skips = {
        name: pytest.mark.skip(reason=reason)
        for name, missing in _MISSING.items()
        if (reason := missing())
    }
    for item in items:
        for name, skip in skips.items():
            if item.get_closest_marker(name):
                item.add_marker(skip)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn the skip of a test whose requirement is on into a failure, however it was skipped."""
    report = yield
    required = sorted(name for name in REQUIRED if item.get_closest_marker(name))
    if report.skipped and required and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"HERDBOOK_REQUIRE={','.join(required)}, but the test gave: {reason}"
    return report


def _no_shared() -> str | None:
    if SHARED.is_dir():
        return None
    return f"no real data at {SHARED} (HERDBOOK_SHARED says where they are)"


def _no_browser() -> str | None:
    absent = [name for name in ("chromium", "chromedriver") if not shutil.which(name)]
    return f"no {' and no '.join(absent)} on PATH" if absent else None


_MISSING = {  # a reason, or None where it is there
    "shared": _no_shared,
    "browser": _no_browser,
    "neo4j": services.no_neo4j,
    "postgres": services.no_postgres,
    "proxy": services.no_proxy,
}
