"""Each open question has its place in the code and its row in docs/policies.md."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from graph.catalogue.model import Outcome
from graph.compliance.policies import PROFILES, Policies
from tests.places import ROOT

ROWS = {
    match[1]: match[2].split(" | ")
    for match in re.finditer(
        r"^\| `(\w+)` \| (.*) \|$",
        (ROOT / "docs" / "policies.md").read_text("utf-8"),
        re.MULTILINE,
    )
}
SOURCE = "".join(path.read_text("utf-8") for path in (ROOT / "graph" / "compliance").rglob("*.py"))
NAMES = [field.name for field in fields(Policies)]


@pytest.mark.parametrize("name", NAMES)
def test_a_row_tells_what_each_profile_says(name: str) -> None:
    said = [getattr(PROFILES[profile], name).value for profile in ("default", "strict", "lenient")]
    assert ROWS[name][1:] == said
    assert ROWS[name][0].strip()


def test_no_row_is_left_over() -> None:
    assert sorted(ROWS) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_is_used(name: str) -> None:
    assert f"policies.{name}" in SOURCE


def test_no_policy_is_unknown_or_hides_a_finding_as_passed() -> None:
    for profile in PROFILES.values():
        said = {getattr(profile, name) for name in NAMES}
        assert said <= {Outcome.FAILED, Outcome.REVIEW, Outcome.INFO}
