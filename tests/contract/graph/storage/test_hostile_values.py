"""What a database may choke on comes in alike on each: NULs, half characters, endless numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from graph.storage import findings
from graph.storage.filters.lists import ArtifactFilter
from tests.home import LLAMA, Home, model

NUL = "\0"
REPO = "acme/Hostile"


@pytest.fixture
def home(tmp_path: Path, database_url: str) -> Iterator[Home]:
    opened = Home(tmp_path, database=database_url)
    yield opened
    opened.close()


HOSTILE: dict[str, dict[str, Any]] = {
    "NUL in a licence's name": {"cardData": {"license": "other", "license_name": f"a{NUL}b"}},
    "NUL in a licence": {"cardData": {"license": f"mit{NUL}"}},
    "NUL in a licence's link": {"cardData": {"license_link": f"https://x/{NUL}"}},
    "NUL in a parent": {"cardData": {"base_model": f"{LLAMA}{NUL}"}},
    "NUL in a card": {
        "files": {"README.md": f"---\nlicense: mit\n---\nfinetuned from {LLAMA}{NUL}"}
    },
    "NUL before a card": {"files": {"README.md": f"{NUL}---\nlicense: mit\n---\n"}},
    "an escaped NUL in a card": {"files": {"README.md": '---\nlicense_name: "a\\0b"\n---\n'}},
    "half a character in a card": {"files": {"README.md": '---\nlicense_name: "\\ud800"\n---\n'}},
    "half a character as parent": {
        "files": {"README.md": f'---\nbase_model: ["\\ud800", "{LLAMA}"]\n---\n'}
    },
    "NUL in the config": {"files": {"config.json": f'{{"_name_or_path": "{LLAMA}\\u0000"}}'}},
    "half a character in the config": {"files": {"config.json": '{"_name_or_path": "\\ud800"}'}},
    "NUL in a licence file": {"files": {"LICENSE": f"{NUL}META LLAMA 3{NUL}"}},
    "endless downloads": {"downloads": 1 << 70},
    "endless likes": {"likes": -1},
    "endless children": {"childrenModelCount": {"finetune": (1 << 64) - 1, "merge": 1 << 60}},
    "the year one": {"createdAt": "0001-01-01T00:00:00+14:00"},
    "the year one here": {"createdAt": "0001-01-01T00:00:00Z"},
    "the last second": {"lastModified": "9999-12-31T23:59:59.999999-14:00"},
    "the last second here": {"lastModified": "9999-12-31T23:59:59.999999Z"},
    "a long author": {"author": "x" * 256},
    "a long sha": {"sha": "f" * 256},
    "a long parent": {"tags": [f"base_model:{'é' * 256}"]},
    "a long licence": {"cardData": {"license": "l" * 100_000}},
    "a percent sign": {"cardData": {"license_name": "100%s %(key)s :name"}},
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_record_is_stored_built_and_shown(home: Home, what: str) -> None:
    hostile = model(REPO, f"finetune:{LLAMA}", licence="llama3.1") | HOSTILE[what]
    home.take(model(LLAMA, licence="llama3.1"), hostile, model("acme/Other"))
    home.build()
    assert home.live() == {LLAMA, REPO, "acme/Other"}
    assert home.read_model.artifact(REPO) is not None
    shown = home.read_model.artifacts(ArtifactFilter(search="hostile"))
    assert [one.id for one in shown] == [REPO]
    assert home.take(hostile).changed == 0
    assert home.build().id is None


def test_what_sql_cannot_hold_is_replaced_alike(home: Home) -> None:
    told = {"license": "other", "license_name": f"a{NUL}b"}
    home.take(model(LLAMA, licence="llama3.1"), model(REPO) | {"cardData": told})
    query = "select licence_name from records where licence_name is not null"
    assert home.rows(query) == [("a\ufffdb",)]


def test_a_finding_keeps_what_it_quotes(home: Home) -> None:
    home.take(model(LLAMA, licence="llama3.1"), model(REPO, f"finetune:{LLAMA}", licence="mit"))
    home.build()
    stored = home.read_model.artifact(REPO)
    assert stored is not None
    found = [f._replace(message=f"says {NUL} and \ud800") for f in stored.findings]
    with home.engine.begin() as connection:
        key = connection.scalar(text("select key from artifacts where id = :id"), {"id": REPO})
        findings.put_findings(connection, [key], {key: found}, datetime.now(UTC))
    assert home.read_model.artifact(REPO) == replace(stored, findings=found)


@pytest.mark.parametrize("bad", ["\\u0000", "\\ud800", "a" * 5000])
def test_a_line_that_cannot_be_read_is_reported_with_what_it_holds(home: Home, bad: str) -> None:
    counts = home.take_lines([f'{{"id": "{bad}"}}', f'{{"id": "a/b", "kind": "{bad}"}}'])
    assert counts.refused == 2
    run = home.read_model.runs()[0]["number"]
    assert len(home.read_model.notices(run)) == 2


@pytest.mark.parametrize("wild", ["%", "_", "\\", "a%", "/"])
def test_a_search_is_taken_by_the_letter(home: Home, wild: str) -> None:
    home.take(model("acme/One_Two"), model("acme/OneXTwo"), model(LLAMA, "finetune:we%ird\\id"))
    home.build()
    found = {one.id for one in home.read_model.artifacts(ArtifactFilter(search=wild))}
    every = {"acme/One_Two", "acme/OneXTwo", LLAMA, "we%ird\\id"}
    assert found == {i for i in every if wild in i}
