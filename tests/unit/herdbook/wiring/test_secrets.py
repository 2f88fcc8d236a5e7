"""Secrets from files, and what is shown of them: nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from herdbook.cli import app
from herdbook.wiring.settings import SettingsError, load

WORD = "p@ss/w:rd%25"
SERVER = "postgresql://herdbook@db:5432/herdbook"
QUOTED = "p%40ss%2Fw%3Ard%2525"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of secrets that is read."""
    monkeypatch.setenv("HERDBOOK_SECRETS_DIR", str(tmp_path))
    return tmp_path


def test_a_secret_is_read_from_its_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "herdbook_database_password").write_text(f"{WORD}\n")
    (folder / "herdbook_graph_password").write_text("of the graph")
    (folder / "herdbook_token").write_text("of annotations")
    monkeypatch.setenv("HERDBOOK_DATABASE_URL", SERVER)
    chosen = load()
    assert chosen.database == f"postgresql://herdbook:{QUOTED}@db:5432/herdbook"
    assert chosen.graph_password.get_secret_value() == "of the graph"
    assert chosen.token.get_secret_value() == "of annotations"
    assert WORD not in repr(chosen)


def test_a_variable_goes_before_a_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "herdbook_token").write_text("of the file")
    monkeypatch.setenv("HERDBOOK_TOKEN", "of the variable")
    assert load().token.get_secret_value() == "of the variable"


@pytest.mark.parametrize(
    "url", ["postgresql://herdbook:own@db/herdbook", "sqlite:////tmp/x.db", "no url at all"]
)
def test_a_url_with_a_password_or_without_a_server_stays(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HERDBOOK_DATABASE_PASSWORD", WORD)
    monkeypatch.setenv("HERDBOOK_DATABASE_URL", url)
    assert load().database == url


def test_a_folder_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HERDBOOK_SECRETS_DIR", "/nowhere/at/all")
    with pytest.raises(SettingsError, match="HERDBOOK_SECRETS_DIR: /nowhere/at/all is no folder"):
        load()


def test_a_secret_that_is_no_text_is_refused_without_showing_it(folder: Path) -> None:
    (folder / "herdbook_token").write_bytes(b"\xff\xfeinside")
    with pytest.raises(SettingsError, match="no text") as told:
        load()
    assert "inside" not in str(told.value)


def test_a_wrong_value_names_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HERDBOOK_CYPHER_ROWS", "0")
    with pytest.raises(SettingsError, match=r"^HERDBOOK_CYPHER_ROWS: .*greater than 0"):
        load()


def test_the_list_says_of_secrets_whether_they_are_set(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "herdbook_database_password").write_text(WORD)
    monkeypatch.setenv("HERDBOOK_DATABASE_URL", SERVER)
    monkeypatch.setenv("HERDBOOK_GRAPH_URL", f"bolt://neo4j:{QUOTED}@graph:7687")
    monkeypatch.setenv("HF_TOKEN", WORD)
    told = CliRunner().invoke(app, ["settings", "--json"]).output
    values = {row["name"]: row["value"] for row in json.loads(told)}
    assert {values["HERDBOOK_DATABASE_PASSWORD"], values["HF_TOKEN"]} == {"set"}
    assert values["HERDBOOK_GRAPH_PASSWORD"] is None
    assert values["HERDBOOK_DATABASE_URL"] == "postgresql://herdbook:***@db:5432/herdbook"
    assert values["HERDBOOK_GRAPH_URL"] == "bolt://neo4j:***@graph:7687"
    assert WORD not in told
    assert QUOTED not in told
