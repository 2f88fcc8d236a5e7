"""Baselines: an earlier answer of `herdbook check --json`, by which only what is new fails."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

from graph.catalogue.model import Outcome
from graph.preflight import PlanRefused
from graph.preflight.answer import Key


def read(path: Path) -> frozenset[Key]:
    """Return what failed in an earlier answer: one object, a list of them, or one a line.

    Raises PlanRefused for a file that holds none.
    """
    try:
        answers = _documents(path.read_bytes())
        return frozenset(
            (answer["id"], finding["check"], finding["licence"])
            for answer in answers
            for finding in answer["findings"]
            if finding["outcome"] == Outcome.FAILED
        )
    except OSError as error:
        raise PlanRefused(f"{path}: {error.strerror}") from None
    except (ValueError, KeyError, TypeError):
        raise PlanRefused(f"{path} is no answer of `herdbook check --json`") from None


def _documents(text: bytes) -> list[Any]:
    try:
        whole = orjson.loads(text)
    except orjson.JSONDecodeError:
        return [orjson.loads(line) for line in text.splitlines() if line.strip()]
    return whole if isinstance(whole, list) else [whole]
