"""Mutated licence files and cards: a finding each, never an exception."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.catalogue.model import Outcome
from graph.compliance.judge import judge
from tests.inherited_licences import inherited
from tests.tools.holding import CLAUSES, LONG, holding
from tests.tools.mutation import CARD, mutated

COUNT = 50_000 if LONG else 5_000  # texts in each of the two tests


def texts(base: str, seed: int) -> Iterator[tuple[str, str]]:
    rng = random.Random(seed)  # noqa: S311 - mutations, no secrets
    for _ in range(COUNT // 2):
        yield mutated(base, rng), mutated(CARD, rng)


def run(base: str, seed: int) -> int:
    seen = 0
    told = [inherited("llama3.1", "merge"), inherited("llama3", "adapter")]
    for licence, card in texts(base, seed):
        one = holding({"LICENSE": licence, "NOTICE": licence[:300], "README.md": card})
        findings = judge(one, told, licensor=False)
        assert {finding.outcome for finding in findings} <= set(Outcome)
        shown = [e.value for finding in findings for e in finding.evidence]
        assert all(value.isprintable() and len(value) < 500 for value in shown)
        seen += 2
    return seen


def test_mutated_clauses_and_cards_give_findings() -> None:
    assert run(CLAUSES, 1) == COUNT // 2 * 2


@pytest.mark.shared
def test_mutated_licences_give_findings(shared: Path) -> None:
    text = (shared / "licences" / "texts" / "llama3.1_LICENSE.txt").read_text("utf-8")
    assert run(text, 2) == COUNT // 2 * 2
