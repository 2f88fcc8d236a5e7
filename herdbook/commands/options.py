"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

from graph.catalogue.model import Strength
from herdbook.wiring.settings import load
from herdbook.wiring.wiring import Wiring

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
AsLines = Annotated[bool, typer.Option("--jsonl", help="Print JSON, one object a line.")]


def _strength(word: str) -> str:
    try:
        return Strength.parse(word).word
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


AtLeast = Annotated[
    str,
    typer.Option(
        "--strength",
        callback=_strength,
        help="Count lineage of this strength and above: declared, stated or inferred.",
    ),
]


def wiring() -> Wiring:
    """Return the parts, by the settings in force."""
    return Wiring(load())
