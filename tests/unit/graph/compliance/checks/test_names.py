"""How a licence's name is read, whatever words stand around it."""

from __future__ import annotations

import pytest

from graph.catalogue import licences


@pytest.mark.parametrize(
    ("spelling", "licence"),
    [
        ("Meta Llama 3 Community License Agreement", "llama3"),
        ("Llama 3.1 Community Licence", "llama3.1"),
        ("META-LLAMA-3.2", "llama3.2"),
        ("The Llama 3.3 License", "llama3.3"),
        ("llama-2-license-2023", "llama2"),
        ("LicenseRef-scancode-llama-3.1-license-2024", "llama3.1"),
        ("LicenseRef-scancode-llama-license-2023", "llama1"),
        ("llama-4-cla-2025", "llama4"),
        ("llama3-2-community-license", "llama3.2"),
        ("Code Llama license", "codellama"),
        ("llama license", "llama1"),
        ("Llama Community License", None),
        ("llama", None),
        ("Meta License Agreement", None),
        ("license", None),
        ("", None),
        ("Apache License 2.0", "apache-2.0"),
        ("MIT License", "mit"),
        ("cc-by-2.0", "cc-by-2.0"),
        ("fair-noncommercial-research-license", "fair-noncommercial-research-license"),
        ("llama-3.9", None),
    ],
)
def test_a_name_is_read_without_the_words_any_may_bear(spelling: str, licence: str | None) -> None:
    assert licences.load().by_name(spelling) == licence


def test_every_id_stands_for_itself() -> None:
    known = licences.load()
    for one in [*known.classes, *(i for x in known.licences.values() for i in x.hub_ids)]:
        assert known.by_name(one) == one
