"""Planned models read: from options, from a folder that is to be uploaded, from a file of many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from graph.catalogue.model import DATASET_PREFIX, Relation
from graph.evidence.licence import declared
from graph.evidence.record import HubRecord, Refused, read
from graph.evidence.relation import untyped
from graph.evidence.signals.card_base_model import told_parents
from graph.preflight import Plan, PlanRefused
from herdbook.preflight import folder

_FIELDS = frozenset({"name", "bases", "datasets", "license", "relation"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What is told of a planned model; empty: what the folder's card says, else nothing."""

    name: str
    bases: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    licence: str = ""
    relation: str = ""
    folder: Path | None = None


def plan(asked: Asked) -> Plan:
    """Return the plan that options and a folder come to. Raises PlanRefused.

    What is asked goes before what the folder's card says; the rest is read as the crawl reads it.
    """
    now = datetime.now(UTC)
    made = Plan(asked.name, asked.bases, asked.datasets, created=now)  # refuses bad names first
    record = _record(made, asked)
    bases = tuple(told_parents(record))
    datasets = _texts((record.card or {}).get("datasets"))
    licence = declared(record)
    return replace(
        made,
        bases=bases,
        datasets=tuple(one.removeprefix(DATASET_PREFIX) for one in datasets),
        relation=_relation(asked, record, len(bases)),
        licences=licence.ids if asked.licence or _has_card(record) else None,
        licence_name=licence.name,
        licence_link=licence.link,
        files=record.files,
        siblings=record.siblings,
    )


def _relation(asked: Asked, record: HubRecord, bases: int) -> Relation:
    if not asked.relation:
        return untyped(record, bases)[0]
    try:
        return Relation(asked.relation)
    except ValueError:
        raise PlanRefused(f"{asked.relation!r} is no relation of a model to its base") from None


def _record(made: Plan, asked: Asked) -> HubRecord:
    """Return the plan as the record that the Hub would have of it. Raises PlanRefused."""
    notes: list[str] = []
    told: dict[str, Any] = {"id": made.id}
    if asked.folder is not None:
        names = list(folder.names(asked.folder))
        told |= {"siblings": names, "files": dict(folder.texts(asked.folder, names))}
    try:
        alone = read(told, notes.append)
        card = {**(alone.card or {}), **_card(asked)}
        return read({**told, "cardData": card}, notes.append)
    except Refused as reason:
        raise PlanRefused(f"{made.name!r}: {reason}") from None


def _card(asked: Asked) -> dict[str, Any]:
    """Return what is asked as a card says it."""
    card = {"base_model": [*asked.bases], "datasets": [*asked.datasets], "license": asked.licence}
    return {name: value for name, value in card.items() if value}


def _has_card(record: HubRecord) -> bool:
    """Tell whether the card was there to be read, or is known to be missing."""
    return "README.md" in record.files or "README.md" not in (record.siblings or ("README.md",))


def _texts(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(one for one in values if isinstance(one, str) and one.strip())


def plans(path: Path) -> Iterator[Plan]:
    """Yield the plans of a JSON Lines file. Raises PlanRefused, naming the line."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise PlanRefused(f"{path}: {error.strerror}") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield plan(_asked(orjson.loads(line)))
            except ValueError as error:  # PlanRefused and orjson.JSONDecodeError are such
                raise PlanRefused(f"{path}:{number}: {error}") from None


def _asked(told: object) -> Asked:
    if not isinstance(told, dict) or not isinstance(told.get("name"), str):
        raise PlanRefused("a plan is an object with a name")
    if other := sorted(map(str, told.keys() - _FIELDS)):
        raise PlanRefused(f"unknown: {', '.join(other)}; a plan has {', '.join(sorted(_FIELDS))}")
    words = {name: told.get(name) or "" for name in ("license", "relation")}
    if not all(isinstance(word, str) for word in words.values()):
        raise PlanRefused("license and relation are texts")
    lists = {name: told.get(name) or [] for name in ("bases", "datasets")}
    if not all(isinstance(v, list) and len(_texts(v)) == len(v) for v in lists.values()):
        raise PlanRefused("bases and datasets are lists of ids")
    bases, datasets = tuple(lists["bases"]), tuple(lists["datasets"])
    return Asked(told["name"], bases, datasets, words["license"], words["relation"])
