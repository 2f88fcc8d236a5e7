"""`herdbook finding …` as people call it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.running import run

ABOUT = ("acme/support", "--check", "licence-tag")


def test_a_finding_is_disputed_shown_and_the_reply_withdrawn(home: Path) -> None:
    said = ("--reason", "two licences", "--by", "maker", "--until", "2999-01-01", "--json")
    made = json.loads(run(home, "finding", "dispute", *ABOUT, *said))
    assert made["until"] == "2999-01-01T00:00:00Z"
    assert "by maker" in run(home, "show", "acme/support")
    assert "disputed" in run(home, "findings", "--check", "licence-tag")
    run(home, "finding", "withdraw", str(made["number"]))
    assert "by maker" not in run(home, "show", "acme/support")


def test_what_cannot_be_answered_is_said(home: Path) -> None:
    run(home, "finding", "note", "acme/nobody", "--check", "x", "--reason", "y", code=1)
    run(home, "finding", "waive", *ABOUT, "--reason", " ", code=1)
    run(home, "finding", "waive", *ABOUT, "--reason", "y", "--until", "soon", code=2)
    run(home, "finding", "withdraw", "99", code=1)
