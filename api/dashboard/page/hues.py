"""Colours by family: a class name each, the same on every page."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from graph.catalogue.roster import load

_OTHERS = 5  # classes for makers that are not Llama's


@cache
def _classes() -> dict[str, str]:
    roster = load()
    llama = [family.id for family in roster.llama_families()]
    makers = sorted({f.maker for f in roster.families.values() if not f.llama})
    hues = {family: f"llama-{place % 8}" for place, family in enumerate(llama)}
    for family in roster.families.values():
        if not family.llama:
            hues[family.id] = f"maker-{makers.index(family.maker) % _OTHERS}"
    return hues


def hue(family: str | None) -> str:
    """Return the class of a family's colour."""
    return _classes().get(family or "", "none")


def title(family: str) -> str:
    """Return a family's name as people say it."""
    known = load().families.get(family)
    return known.title if known else family


def in_order(families: Iterable[str]) -> list[str]:
    """Return families each once: Llama's by age, other makers', what else there is as it came."""
    there = dict.fromkeys(families)
    return [
        *(one for one in _classes() if one in there),
        *(n for n in there if n not in _classes()),
    ]
