"""Moving from the embedded database to a server and back, as a person does it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.e2e.running import ANNOTATION, HERDBOOK, answers, environment, run


def _refused(home: Path, to: str, **more: str) -> str:
    done = subprocess.run(
        [*HERDBOOK, "copy", "--to", to],
        env=environment(home, **more), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return " ".join(done.stderr.split())


def test_a_server_and_the_way_back_give_the_same_answers(
    home: Path, postgres_url: str, tmp_path: Path
) -> None:
    run(home, *ANNOTATION)
    before = answers(home)
    run(home, "copy", "--to", postgres_url)
    server = {"HERDBOOK_DATABASE_URL": postgres_url}
    run(tmp_path / "one", "build", code=0, **server)
    assert answers(tmp_path / "one", **server) == before
    embedded = f"sqlite:///{tmp_path}/two/herdbook.db"
    run(tmp_path / "one", "copy", "--to", embedded, code=0, **server)
    run(tmp_path / "two", "build")
    assert answers(tmp_path / "two") == before
    assert "not empty" in _refused(home, postgres_url)


@pytest.mark.parametrize(
    ("to", "told"),
    [
        ("bolt://neo4j:7687", "--to: a graph is not copied"),
        ("mysql://u@h/d", "--to begins with 'mysql'"),
        ("nothing", "--to is not a database URL"),
        ("postgresql://u:hidden@127.0.0.1:9/d", "--to: connection failed"),
    ],
)
def test_what_cannot_be_copied_to_is_told(home: Path, to: str, told: str) -> None:
    answer = _refused(home, to)
    assert told in answer
    assert "hidden" not in answer


def test_nothing_stored_is_nothing_to_copy(tmp_path: Path) -> None:
    assert "nothing is stored" in _refused(tmp_path, f"sqlite:///{tmp_path}/x.db")
