"""Every name with "llama" in the shared data, by the name alone: a Llama's, or not and why.

What is no Llama's by its name, and where the name misleads, stands in ``names.toml``, read by hand.
"""

from __future__ import annotations

import gzip
import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from graph.catalogue.model import DATASET_PREFIX
from graph.evidence import classify
from graph.evidence.features.name import of_name
from graph.evidence.inference import confidence, with_authors

FILE = Path(__file__).with_name("names.toml")
WORD = "llama"
LONGEST = 200  # characters of a text that may be an id with a tag's prefix
LINK = re.compile(
    r"(?:huggingface\.co|hf\.co)/((?:datasets/)?(?!spaces/|datasets/)[\w.\-]+/[\w.\-]*\w)", re.ASCII
)
ID = re.compile(
    r"(?:base_model:|dataset:)?(?:[a-z]+:)?((?:datasets/)?[\w.\-]{1,96}/[\w.\-]{1,96})", re.ASCII
)
# What a feature of the name says, in the order in which a name is put down to one of them.
REASONS = {
    "name-llama-other-sense": "other sense",
    "name-runtime": "runtime",
    "name-llama-teacher": "teacher",
    "name-own-training": "own training",
    "name-toy": "toy",
    "name-rival-alone": "rival",
    "name-rival-first": "rival",
    "name-rival-after": "rival",
}


def lines(shared: Path, threshold: float) -> Iterator[str]:
    """Yield how many names are put down to what, and where that differs from the list."""
    every = sorted(ids(shared / "hub"))
    named = [one for one in every if WORD in one.lower()]
    told = {one: reason(one, threshold) for one in named}
    listed, wrong = labels()
    yield f"{len(every)} ids, {len(named)} of them with {WORD!r}"
    for why in sorted(set(told.values())):
        yield f"  {why}: {sum(said == why for said in told.values())}"
    differ = {one for one in named if listed.get(one, WORD) != told[one]}
    differ |= {one for one in listed if one not in told}
    taken = [one for one in named if told[one] == WORD]
    lost = sum(told[one] != WORD for one in wrong)
    right = sum(one not in wrong for one in taken)
    yield f"  taken for Llama's: precision {right / max(len(taken), 1):.3f} by the list"
    yield f"  Llama's that are not taken: {lost} of {right + lost}"
    yield from (f"  not as listed: {one} ({told.get(one)})" for one in sorted(differ))


def labels() -> tuple[dict[str, str], frozenset[str]]:
    """Return each listed id with its reason, and those that their names mislead about."""
    told = tomllib.loads(FILE.read_text("utf-8"))
    listed = {one: why for why, some in told["not"].items() for one in some}
    return listed, frozenset((*told["wrong"]["taken"], *told["wrong"]["left"]))


def reason(artifact_id: str, threshold: float) -> str:
    """Return that a name tells a Llama, or why it does not."""
    name = artifact_id.rpartition("/")[2]
    if WORD not in name.lower():
        return "owner"
    made = classify.of_id(artifact_id.removeprefix(DATASET_PREFIX))
    if made and _sure(made.odds) >= threshold:
        return WORD
    kinds = {feature.kind for feature in of_name(name)}
    return next((why for kind, why in REASONS.items() if kind in kinds), "nothing")


def _sure(odds: float) -> float:
    """Return the confidence in an author of whom nothing else is known."""
    alone = with_authors(np.array([odds]), np.array([-1]), np.zeros(1, np.int8))
    return float(confidence(alone)[0])


def ids(hub: Path) -> set[str]:
    """Return every id in the shared data: repositories, parents, tags, links in cards."""
    found: set[str] = set()
    for path in (*hub.rglob("*.jsonl.gz"), hub / "unsloth_aliases.json"):
        for row in _rows(path):
            for text in _texts(row):
                if len(text) <= LONGEST and (one := ID.fullmatch(text)):
                    found.add(one[1])
                elif len(text) > LONGEST:
                    found.update(LINK.findall(text))
    return found


def _rows(path: Path) -> Iterator[object]:
    if path.suffix != ".gz":
        yield json.loads(path.read_text("utf-8"))
        return
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def _texts(row: object) -> Iterator[str]:
    if isinstance(row, str):
        yield row
    elif isinstance(row, dict | list):
        inner: Iterable[object] = (*row.keys(), *row.values()) if isinstance(row, dict) else row
        for one in inner:
            yield from _texts(one)
