"""Backup and restore by the commands of docs/operations.md: SQL restored, graph rebuilt."""

from __future__ import annotations

import re
import secrets
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from tests.e2e.running import ANNOTATION, answers, run
from tests.places import ROOT
from tests.services import postgres
from tests.services.postgres import program

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def _command(name: str, url: str) -> list[str]:
    """Return a command of the page, with this server and database for the one in the container."""
    found = re.search(
        rf"exec --no-TTY postgres ({name} [^<>\n]*) [<>] herdbook\.dump$", PAGE, re.MULTILINE
    )
    assert found, name
    at = make_url(url)
    words = [word for word in shlex.split(found[1])[1:] if word != "herdbook"]
    words = [word for word in words if not word.startswith(("--username", "--dbname"))]
    return [program(name), *words, f"--host={at.host}", f"--port={at.port}",
            f"--username={at.username}", f"--dbname={at.database}"]  # fmt: skip


def _run(command: list[str], url: str, given: bytes = b"") -> bytes:
    password = {"PGPASSWORD": str(make_url(url).password)}
    done = subprocess.run(command, input=given, env=password, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def another_url(postgres_server: postgres.Address) -> Iterator[str]:
    """A second empty database."""
    name = f"herdbook_test_{secrets.token_hex(6)}"
    yield postgres_server.database(name)
    postgres_server.drop(name)


def test_a_restored_postgresql_gives_the_same_answers(
    home: Path, postgres_url: str, another_url: str, tmp_path: Path
) -> None:
    run(home, *ANNOTATION)
    run(home, "copy", "--to", postgres_url)
    old = {"HERDBOOK_DATABASE_URL": postgres_url}
    run(tmp_path / "old", "build", code=0, **old)
    before = answers(tmp_path / "old", **old)
    dump = _run(_command("pg_dump", postgres_url), postgres_url)
    _run(_command("pg_restore", another_url), another_url, dump)
    restored = {"HERDBOOK_DATABASE_URL": another_url}
    run(tmp_path / "new", "build", code=0, **restored)
    assert answers(tmp_path / "new", **restored) == before
    run(tmp_path / "new", "finding", "note", "acme/support", "--check", "name-prefix",
        "--reason", "numbered on", code=0, **restored)  # fmt: skip


def test_a_copied_file_put_in_its_place_gives_the_same_answers(home: Path, tmp_path: Path) -> None:
    before = answers(home)
    run(home, "copy", "--to", f"sqlite:///{tmp_path}/backup.db")
    (tmp_path / "new").mkdir()
    (tmp_path / "backup.db").rename(tmp_path / "new" / "herdbook.db")
    run(tmp_path / "new", "build")
    assert answers(tmp_path / "new") == before
