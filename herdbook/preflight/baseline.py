"""Baselines: an earlier answer of `herdbook check --json`, by which only what is new counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from graph.catalogue.model import Outcome
from graph.preflight import PlanRefused
from graph.preflight.gate import Before, Key, reference_key


def read(path: Path) -> Before:
    """Return how bad it stood in an earlier answer: one object, a list of them, or one a line.

    Raises PlanRefused for a file that holds none.
    """
    try:
        found = [pair for answer in _documents(path.read_bytes()) for pair in _told(answer)]
    except OSError as error:
        raise PlanRefused(f"{path}: {error.strerror}") from None
    except (ValueError, KeyError, TypeError):
        raise PlanRefused(f"{path} is no answer of `herdbook check --json`") from None
    kept: dict[Key, Outcome] = {}
    for known, outcome in found:  # a check may say two things of one licence
        kept[known] = min(kept.get(known, outcome), outcome, key=lambda one: one.rank)
    return kept


def _told(answer: Any) -> Iterator[tuple[Key, Outcome]]:
    for finding in answer["findings"]:
        known = (answer["id"], finding["check"], finding["licence"])
        yield known, Outcome(finding["outcome"])
    for one in (*answer.get("unresolved", ()), *answer.get("guessed", ())):
        yield reference_key(answer["id"], one["reference"]), Outcome.UNKNOWN


def _documents(text: bytes) -> list[Any]:
    try:
        whole = orjson.loads(text)
    except orjson.JSONDecodeError:
        return [orjson.loads(line) for line in text.splitlines() if line.strip()]
    return whole if isinstance(whole, list) else [whole]
