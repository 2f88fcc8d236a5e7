"""Neo4j's jars, fetched once by Maven into a folder that all test runs share."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from filelock import FileLock

VERSION = "5.26.30"
POM = Path(__file__).with_name("pom.xml")


class NoJars(RuntimeError):
    """Neo4j's jars are not there and could not be fetched; the message says why."""


def folder() -> Path:
    """Return the folder of the jars: `herdbook/` in the user's cache."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "herdbook" / f"neo4j-{VERSION}"


def fetch() -> Path:
    """Return the folder with the jars, filled if it was not there. Raises NoJars.

    Of several processes at once one fetches and the others wait; a fetch that breaks off leaves
    no folder that looks whole.
    """
    jars = folder()
    jars.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(jars.with_suffix(".lock")):
        if not jars.is_dir():
            _fetch(jars)
    return jars


def _fetch(jars: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="neo4j-", dir=jars.parent) as made:
        part = Path(made) / "jars"
        command = [
            "mvn", "--batch-mode", "--quiet", f"--file={POM}", "dependency:copy-dependencies",
            "-DincludeScope=runtime", f"-DoutputDirectory={part}",
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NoJars(f"Maven could not fetch Neo4j {VERSION}:\n{done.stdout[-3000:]}")
        part.rename(jars)


def missing() -> str | None:
    """Return what is to be installed before Neo4j can be started, if anything."""
    absent = [] if shutil.which("java") else ["Java 17 (openjdk-17-jre-headless)"]
    if not shutil.which("mvn") and not folder().is_dir():
        absent.append("Maven (maven)")
    return f"no {' and no '.join(absent)} for Neo4j" if absent else None
