"""Which revision a finding's evidence is of: that at which the text was read."""

from __future__ import annotations

import pytest

from graph.catalogue.model import Artifact
from graph.compliance.case import revision_at

OLD, NEW = "a" * 40, "b" * 40


@pytest.mark.parametrize(
    ("field", "revision"),
    [
        ("README.md", OLD),
        ("readme.md: front", OLD),
        ("README.md: extra_gated_prompt", OLD),
        ("LICENSE", NEW),
        ("odd: name.md", OLD),
        ("license", NEW),
        ("id", NEW),
        ("files", OLD),
    ],
)
def test_a_text_is_of_the_revision_it_was_read_at(field: str, revision: str) -> None:
    held = {"README.md": "x", "LICENSE": "y", "odd: name.md": "z"}
    read_at = {"README.md": OLD, "LICENSE": NEW, "odd: name.md": OLD}
    artifact = Artifact("a/b", revision=NEW, files=held, read_at=read_at)
    assert revision_at(artifact, field) == revision


def test_what_is_not_known_of_texts_is_of_the_present_revision() -> None:
    assert revision_at(Artifact("a/b", revision=NEW, files={"README.md": "x"}), "files") == NEW
    assert revision_at(Artifact("a/b", revision=NEW), "README.md") == NEW
    assert revision_at(Artifact("a/b"), "files") is None
