"""A database that cannot be used: a line that says what to do, exit code 1, and no password."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from fastapi.testclient import TestClient
from sqlalchemy.engine import make_url

from api.app import create_app
from crawler.ingest.importer import PAGE, import_file
from crawler.ingest.records import store_page
from graph.pipeline.build import build
from graph.storage.filters.lists import ArtifactFilter
from herdbook.cli import main
from tests.contract.rest_read_model import services
from tests.home import LLAMA, Home, model
from tests.services.postgres import Address, Postgres

SECRET = "S3CRET-word"  # noqa: S105
Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command that fails, and return the one line that it says."""
    monkeypatch.setenv("HERDBOOK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HERDBOOK_GRAPH_URL", "memory://")

    def run(url: str, *arguments: str) -> str:
        monkeypatch.setenv("HERDBOOK_DATABASE_URL", url)
        monkeypatch.setattr(sys, "argv", ["herdbook", *(arguments or ("migrate",))])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        assert ended.value.code == 1
        assert out == ""
        (line,) = [one for one in err.splitlines() if one.startswith("error: ")]
        assert "Traceback" not in err
        assert "HERDBOOK_" in line
        assert SECRET not in err
        assert _password(url) not in err
        return line

    return run


def _password(url: str) -> str:
    """Return the password of a server that a test started, or what no message holds."""
    return str(make_url(url).password) if "@127.0.0.1:" in url else SECRET


@pytest.mark.parametrize(
    ("url", "says"),
    [
        (SECRET, "is not a database URL; write postgresql://"),
        (f"postgres://u:{SECRET}@h/db", "begins with 'postgres'; write postgresql://"),
        (f"postgresql+foo://u:{SECRET}@h/db", "begins with 'postgresql+foo'"),
        (f"mysql://u:{SECRET}@h/db", "begins with 'mysql'"),
        (f"postgresql://u:{SECRET}@h:port/db", "is not a database URL"),
        (f"postgresql://u:{SECRET}@[::1/db", "is not a database URL"),
        (f"postgresql://u:a@{SECRET}@h/db", "write %40"),
        (f"postgresql://u:{SECRET}@127.0.0.1:99999/db", "this is no address of a server"),
        (f"postgresql://u:{SECRET}@127.0.0.1:1/db", "does not answer or went away"),
        (f"postgresql://u:{SECRET}@127.0.0.1:1/db?nonsense=1", "no address of a server"),
        (f"postgresql://u:{SECRET}@no.such.host.invalid/db", "no server of that name is known"),
        ("sqlite:////proc/nowhere/herdbook.db", "no folder /proc/nowhere"),
        ("sqlite:////tmp", "that file is no database"),
        ("sqlite+foo:///herdbook.db", "begins with 'sqlite+foo'"),
    ],
)
@pytest.mark.parametrize("command", [("migrate",), ("findings", "--json")])
def test_a_url_that_leads_nowhere(run: Run, url: str, says: str, command: list[str]) -> None:
    assert says in run(url, *command)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"password": SECRET}, "check the user and the password"),
        ({"username": "nobody"}, "check the user and the password"),
        ({"database": "nowhere"}, "there is no such database"),
    ],
)
def test_a_login_that_a_server_refuses(
    run: Run, postgres_url: str, changed: dict[str, str], says: str
) -> None:
    wrong = make_url(postgres_url).set(**changed)  # type: ignore[arg-type]  # texts alone
    assert says in run(wrong.render_as_string(hide_password=False))


def test_one_who_may_not_write_is_told_what_it_takes(
    run: Run, postgres_server: Address, postgres_url: str, tmp_path: Path
) -> None:
    home = Home(tmp_path, database=postgres_url)
    home.close()
    reader = "herdbook_test_reader"
    with psycopg.connect(postgres_url) as connection:
        connection.execute(f"DROP ROLE IF EXISTS {reader}")
        connection.execute(f"CREATE ROLE {reader} LOGIN PASSWORD '{SECRET}'")
    url = make_url(postgres_url).set(username=reader, password=SECRET)
    try:
        assert "give the user the right" in run(url.render_as_string(hide_password=False))
    finally:
        with psycopg.connect(postgres_url) as connection:
            connection.execute(f"DROP ROLE {reader}")


def test_a_file_that_is_no_database_is_left_alone(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "letters.db"
    path.write_text("dear reader\n" * 100)
    assert "that file is no database" in run(f"sqlite:///{path}")
    assert path.read_text() == "dear reader\n" * 100


@pytest.mark.postgres
def test_a_server_killed_in_an_import_keeps_the_pages_before_and_the_next_import_ends(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [model(LLAMA), *(model(f"a/Llama-{n}", f"finetune:{LLAMA}") for n in range(5000))]
    snapshot = tmp_path / "many.jsonl"
    snapshot.write_text("\n".join(map(json.dumps, records)))
    with Postgres.start() as server:
        url = server.database("herdbook")
        pages = 0

        def and_kill(*arguments: object) -> object:
            nonlocal pages
            pages += 1
            if pages == 2:
                server.kill()
            return store_page(*arguments)  # type: ignore[arg-type]  # as it is given

        monkeypatch.setattr("crawler.ingest.importer.store_page", and_kill)
        assert "does not answer or went away" in run(url, "import", str(snapshot))
        monkeypatch.undo()
        server.restart()
        home = Home(tmp_path, database=url)
        assert home.rows("select count(*) from records") == [(PAGE,)]
        counts = import_file(home.engine, snapshot)
        assert (counts.new, counts.changed) == (len(records) - PAGE, 0)
        home.build()
        assert len(home.live()) == len(records)
        home.close()


@pytest.mark.postgres
def test_a_server_killed_in_a_build_leaves_the_last_one_and_the_next_build_ends(
    tmp_path: Path,
) -> None:
    with Postgres.start() as server:
        home = Home(tmp_path, database=server.database("herdbook"))
        home.take(model(LLAMA, licence="llama3.1"), model("a/One", f"finetune:{LLAMA}"))
        first = home.build().id
        home.take(model("a/Two", f"finetune:{LLAMA}"))
        with pytest.raises(Exception, match=r"closed the connection|terminating|lost"):
            _build_killing(home, server)
        server.restart()
        assert (home.read_model.build() or {})["id"] == first
        assert [one.id for one in home.read_model.artifacts(ArtifactFilter(author="a"))] == [
            "a/One"
        ]
        home.build()
        assert len(home.read_model.artifacts(ArtifactFilter(author="a"))) == 2
        assert home.build().id is None
        home.close()


def _build_killing(home: Home, server: Postgres) -> None:
    build(home.engine, home.store, home.graph, lambda _done, _all: server.kill())


@pytest.mark.postgres
def test_the_server_of_pages_says_that_it_cannot_read_and_reads_again(tmp_path: Path) -> None:
    with Postgres.start() as server:
        url = server.database("herdbook")
        password = str(make_url(url).password)
        with TestClient(create_app(services(tmp_path, url)), raise_server_exceptions=False) as asks:
            assert asks.get("/readyz").status_code == 200
            server.kill()
            for path in ("/readyz", "/v1/models", "/models", "/v1/findings"):
                answer = asks.get(path)
                assert answer.status_code == 503, path
                assert password not in answer.text
                assert "127.0.0.1" not in answer.text
            server.restart()
            assert asks.get("/readyz").status_code == 200
            assert asks.get("/v1/models").status_code == 200
