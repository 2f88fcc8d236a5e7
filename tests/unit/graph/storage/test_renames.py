"""A rename in a list: history, annotations and files go along, the old name stays known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.compliance.triage import AnnotationKind, AnnotationState, state
from graph.storage.filters.lists import FindingFilter
from graph.storage.triage import Triage
from tests.home import LLAMA, Home, Record, model

OLD, NEW = "acme/Tales-8B", "acme/Stories-8B"
TEXT = "---\nlicense: llama3.1\n---\nA model.\n"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    opened = Home(tmp_path)
    yield opened
    opened.close()


def one(name: str, hub_id: str = "1" * 24, **more: object) -> Record:
    return model(name, f"finetune:{LLAMA}", licence="llama3.1", _id=hub_id, sha="a" * 40, **more)


def findings(home: Home) -> dict[str, int]:
    """Return how many findings an artifact ever had, open or closed."""
    query = "select a.id, count(*) from findings join artifacts a using (key) group by a.id"
    return dict(home.rows(query))


def test_a_rename_is_no_removal_and_no_birth(home: Home) -> None:
    home.take(one(OLD, files={"README.md": TEXT}), model("x/Child", f"finetune:{OLD}"))
    home.build()
    counts = home.take(one(NEW))
    assert (counts.renamed, counts.new, counts.removed) == (1, 0, 0)
    home.build()
    assert home.live() == {NEW, "x/Child"}
    stored = home.read_model.artifact(NEW)
    assert stored is not None
    assert dict(stored.artifact.files) == {"README.md": TEXT}
    assert (OLD, "renamed", NEW, "declared") in home.edges()
    assert ("x/Child", "finetune", OLD, "declared") in home.edges()


def test_children_of_the_old_name_stay_in_the_family(home: Home) -> None:
    home.take(one(OLD), model("x/Child", f"finetune:{OLD}"))
    home.build()
    home.take(one(NEW))
    home.build()
    members = home.found()["members"]
    assert {row[0] for row in members if row[1] == "llama-3.1"} >= {OLD, NEW, "x/Child"}
    after = home.found()
    home.build(fresh=True)
    assert home.found() == after


def test_findings_keep_their_history_and_replies_their_findings(home: Home) -> None:
    home.take(one(OLD, files={"README.md": TEXT}, siblings=["README.md"]))
    home.build()
    (found,) = (
        f.finding
        for f in home.read_model.findings(FindingFilter(check="licence-copy"))
        if f.finding.artifact == OLD
    )
    Triage(home.engine).take(found, AnnotationKind.NOTED, "seen", "me")
    opened = findings(home)[OLD]
    home.take(one(NEW))
    home.build()
    assert findings(home)[NEW] >= opened
    assert OLD not in findings(home)
    stored = home.read_model.artifact(NEW)
    assert stored is not None
    (annotation,) = stored.annotations
    mine = next(f for f in stored.findings if f.check == "licence-copy")
    assert state(annotation, mine, datetime.now(UTC)) is AnnotationState.STANDING


def test_two_that_swap_names_swap_what_is_held(home: Home) -> None:
    home.take(
        one("a/One", "1" * 24, files={"README.md": "one"}),
        one("a/Two", "2" * 24, files={"README.md": "two"}),
    )
    home.take(one("a/Two", "1" * 24), one("a/One", "2" * 24))
    held = dict(home.rows("select a.id, files from records join artifacts a using (key)"))
    assert b'"two"' in held["a/One"]
    assert b'"one"' in held["a/Two"]


def test_another_repository_under_an_old_name_inherits_nothing(home: Home) -> None:
    home.take(one(OLD, "1" * 24, files={"README.md": TEXT}))
    counts = home.take(one(OLD, "2" * 24))
    assert counts.renamed == 0
    assert home.rows("select files from records") == [(None,)]


def test_an_id_that_is_listed_under_two_names_is_no_rename(home: Home) -> None:
    home.take(one(OLD))
    counts = home.take(one(OLD), one(NEW))
    assert counts.renamed == 0
    assert home.live() == {OLD, NEW}
