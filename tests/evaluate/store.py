"""Fitting the weights on the tuning half, and writing them where the product reads them."""

from __future__ import annotations

import re

import numpy as np

from graph.evidence import features
from graph.evidence.inference import Weights, weights
from tests.evaluate.fit import fit
from tests.evaluate.world import World
from tests.places import ROOT

FILE = ROOT / "graph" / "evidence" / "inference.toml"


def refit(world: World) -> Weights:
    """Fit weights on the tuning half, write them, and return them."""
    rows = [row for row in world.rows if row.tuning]
    authors = {name: n for n, name in enumerate(sorted({row.author for row in rows}))}
    fitted = fit(
        [features.of_record(row.record) for row in rows],
        np.array([row.llama for row in rows], float),
        np.array([row.weight for row in rows]),
        np.array([authors[row.author] for row in rows]),
        weights(),
    )
    text = FILE.read_text(encoding="utf-8")
    text = re.sub(r"^intercept = .*$", f"intercept = {fitted.intercept}", text, flags=re.MULTILINE)
    text = _replace(text, "llama", dict(sorted(fitted.llama.items())))
    text = _replace(text, "author", dict(fitted.author))
    FILE.write_text(text, encoding="utf-8")
    return fitted


def _replace(text: str, table: str, values: dict[str, float]) -> str:
    body = "".join(f"{name} = {value}\n" for name, value in values.items())
    pattern = rf"(\[weights\.{table}\][^\n]*\n)(?:[\w\"-].*\n)*"
    return re.sub(pattern, lambda found: found.group(1) + body, text)
