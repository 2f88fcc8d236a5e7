"""What the console's page draws, from each engine."""

from __future__ import annotations

import pytest

from api.dashboard.drawing.answer import draw_answer
from api.dashboard.views.drawn import DRAWN
from graph.engines.port.ports import CypherConsole
from graph.engines.queries.elements import elements


@pytest.mark.parametrize(
    ("name", "given", "labels", "arrows"),
    [
        (
            "ancestors-drawn",
            {"id": "b/merge"},
            {"merge", "Llama-3", "unread", "set", "Llama 3"},
            {"merge", "trained_on", "generated_by", "IN_FAMILY"},
        ),
        (
            "descendants-drawn",
            {"id": "meta/Llama-3"},
            {"Llama-3", "Llama-3-child", "merge", "set"},
            {"finetune", "merge", "generated_by", "trained_on"},
        ),
        ("maker-drawn", {"author": "b"}, {"merge", "Llama 2", "Llama 3", "Rival"}, {"IN_FAMILY"}),
    ],
)
def test_each_is_drawn_alike_from_every_engine(
    small: CypherConsole, name: str, given: dict[str, str], labels: set[str], arrows: set[str]
) -> None:
    answer = draw_answer(elements(DRAWN[name].ask(small, given).rows))
    assert answer
    assert {dot.label for dot in answer.dots} == labels
    assert {arrow.label for arrow in answer.arrows} == arrows
    assert answer.loose == 0
