"""Which operators are let in, by the list in an engine's folder."""

import pytest

from graph.engines.console import plans
from graph.engines.port.ports import QueryRefused

READS = plans.reading("graph.engines.kglite")


def test_what_is_listed_is_let_in() -> None:
    for operator in ("Match", "FusedCountAll", "OptimizerPass"):
        plans.admit(operator, READS)


@pytest.mark.parametrize(
    ("operator", "why"),
    [
        ("LoadCsv", "files"),
        ("Create", "only reads, and Create"),
        ("ShowProcedures", "SHOW"),
        ("", "only reads, and this"),
        ("FusedWrite", "FusedWrite"),
    ],
)
def test_what_is_not_listed_is_refused(operator: str, why: str) -> None:
    with pytest.raises(QueryRefused, match=why):
        plans.admit(operator, READS)
