"""Planned models read: from options, from a folder that is to be uploaded, from a file of many."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from graph.preflight import Asked, Plan, PlanRefused, plan
from herdbook.preflight import folder

_TEXTS = {"license": "licence", "relation": "relation"}  # of a line, and what a plan calls them
_LISTS = ("bases", "datasets")
_FIELDS = frozenset({"name", "from_scratch", *_TEXTS, *_LISTS})


def made(asked: dict[str, Any], uploaded: Path | None = None) -> Plan:
    """Return the plan that options, and the folder to be uploaded, come to. Raises PlanRefused."""
    told = dict(asked)
    if uploaded is not None:
        names = list(folder.names(uploaded))
        told |= {"siblings": tuple(names), "files": dict(folder.texts(uploaded, names))}
    return plan(Asked(**told), datetime.now(UTC))


def plans(path: Path) -> Iterator[Plan]:
    """Yield the plans of a JSON Lines file. Raises PlanRefused, naming the line."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise PlanRefused(f"{path}: {error.strerror}") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield made(_asked(orjson.loads(line)))
            except ValueError as error:  # PlanRefused and orjson.JSONDecodeError are such
                raise PlanRefused(f"{path}:{number}: {error}") from None


def _asked(told: object) -> dict[str, Any]:
    if not isinstance(told, dict) or not isinstance(told.get("name"), str):
        raise PlanRefused("a plan is an object with a name")
    if other := sorted(map(str, told.keys() - _FIELDS)):
        raise PlanRefused(f"unknown: {', '.join(other)}; a plan has {', '.join(sorted(_FIELDS))}")
    words = {ours: told.get(name) or "" for name, ours in _TEXTS.items()}
    if not all(isinstance(word, str) for word in words.values()):
        raise PlanRefused("license and relation are texts")
    lists = {name: told.get(name) or [] for name in _LISTS}
    if not all(isinstance(v, list) and _are_ids(v) for v in lists.values()):
        raise PlanRefused("bases and datasets are lists of ids")
    if not isinstance(scratch := told.get("from_scratch") or False, bool):
        raise PlanRefused("from_scratch is true or false")
    given = {name: tuple(ids) for name, ids in lists.items()}
    return {"name": told["name"], "from_scratch": scratch, **words, **given}


def _are_ids(values: list[object]) -> bool:
    return all(isinstance(one, str) and one.strip() for one in values)
