"""The world of the evaluation: real records twice, as they are and with declared parents hidden.

Truth is what the product itself resolves from declared parents; the classifications are what it
makes of the same records when nobody declares anything.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import md5
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import StaticPool

from crawler.ingest.importer import import_file
from graph.catalogue.roster import Roster, load
from graph.evidence.record import HubRecord, read
from graph.lineage.families import Families
from graph.lineage.resolve import resolve
from graph.storage import columns
from graph.storage.tables import Base

CAP = 3  # rows of weight at the most, for an author and family: two authors hold 39 % of a set
DIMENSIONS = (
    "hidden_size",
    "num_hidden_layers",
    "num_attention_heads",
    "num_key_value_heads",
    "vocab_size",
)


@dataclass(frozen=True, eq=False)
class Row:
    """One repository with its truth, and its record without declared parents."""

    set: str
    record: HubRecord
    llama: bool
    families: tuple[str, ...]
    weight: float

    @property
    def author(self) -> str:
        """Who published it, in lower case."""
        return self.record.id.partition("/")[0].lower()

    @property
    def tuning(self) -> bool:
        """Whether it belongs to the half that weights are fitted on, drawn by author."""
        return md5(self.author.encode(), usedforsecurity=False).digest()[0] % 2 == 0


@dataclass(frozen=True)
class World:
    """Rows with a truth, every record hidden, what was left out and why, what declares nothing."""

    rows: list[Row]
    hidden: dict[str, list[HubRecord]]
    left_out: dict[str, list[str]]
    undeclared: frozenset[str]


def build(hub: Path, *, live: bool = True) -> World:
    """Read the shared hub folder into a world.

    The bytes (``usedStorage``) that the captures hold are hidden, for lists do not give them.
    ``live`` hides of a config all but the architecture, which is what lists give of it.
    """
    raw = {"leaderboard": _leaderboard(hub), "series": _series(hub)}
    truth = _truth(hub)
    beside = _configs(hub), _cards(hub)
    hidden = {
        name: [_hide(r, *beside, live=live) for r in rows.values()] for name, rows in raw.items()
    }
    rows: list[tuple[str, HubRecord, tuple[str, ...], bool]] = []
    left_out: dict[str, list[str]] = {}
    for name, records in hidden.items():
        for record in records:
            why, families = _label(record, truth, load())
            if why:
                left_out.setdefault(f"{name}: {why}", []).append(record.id)
            else:
                llama = load().families[families[0]].llama
                rows.append((name, record, families, llama))
    undeclared = frozenset(
        r["id"] for some in raw.values() for r in some.values() if not _declares(r)
    )
    return World(_weighted(rows), hidden, left_out, undeclared)


def _declares(raw: dict[str, Any]) -> bool:
    """Tell whether a record names a parent, by tag or card."""
    tagged = any(tag.startswith("base_model:") for tag in raw.get("tags", []))
    return tagged or bool((raw.get("cardData") or {}).get("base_model"))


def _label(
    record: HubRecord, truth: dict[str, list[str]], roster: Roster
) -> tuple[str | None, tuple[str, ...]]:
    """Return why a record has no truth, or the families that its declared parents lead to."""
    if roster.family_of(record.id) is not None:
        return "a roster's own", ()
    families = tuple(truth.get(record.id, ()))
    if not families:
        return "no declared parent that leads to a root", ()
    kinds = {roster.families[f].llama for f in families}
    return ("Llama and another family", ()) if len(kinds) > 1 else (None, families)


def _weighted(rows: list[tuple[str, HubRecord, tuple[str, ...], bool]]) -> list[Row]:
    count: dict[tuple[str, str, tuple[str, ...]], int] = {}
    keys = []
    for name, record, families, llama in rows:
        key = (name, record.id.partition("/")[0].lower(), families if llama else ("rival",))
        keys.append(key)
        count[key] = count.get(key, 0) + 1
    return [
        Row(name, record, llama, families, min(1.0, CAP / count[key]))
        for (name, record, families, llama), key in zip(rows, keys, strict=True)
    ]


def _truth(hub: Path) -> dict[str, list[str]]:
    """Return for each live repository the families that declared edges alone lead to."""
    engine = empty_database()
    import_file(engine, hub / "leaderboard-2025-03.jsonl.gz")
    for path in sorted((hub / "series").glob("*.gz")):
        import_file(engine, path)
    with engine.connect() as connection:
        told = columns.load(connection)
    edges = resolve(told.claims, told.older_name, told.live)
    families = Families(told.ids, edges, load())
    return {
        told.ids[node]: [
            m.family for m in families.memberships(node) if m.strength.word == "declared"
        ]
        for node in range(len(told.ids))
        if told.live[node]
    }


def empty_database() -> Engine:
    """Return a database in memory with all tables."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    Base.metadata.create_all(engine)
    return engine


def _hide(
    raw: dict[str, Any], configs: dict[str, Any], cards: dict[str, str], *, live: bool
) -> HubRecord:
    """Return a record without what declares a parent, with the config and card known for it."""
    shown = {**raw, "tags": [t for t in raw.get("tags", []) if not t.startswith("base_model")]}
    shown.pop("usedStorage", None)
    declared = ("base_model", "base_model_relation")
    shown["cardData"] = {k: v for k, v in (raw.get("cardData") or {}).items() if k not in declared}
    files: dict[str, str] = {}
    if config := configs.get(raw["id"]):
        told = {} if live else {k: config[k] for k in DIMENSIONS if config.get(k)}
        files["config.json"] = json.dumps(told | {"model_type": config["architecture"]})
    if card := cards.get(raw["id"].lower()):
        files["README.md"] = card
    return read({**shown, "files": files}, lambda _line: None)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def _series(hub: Path) -> dict[str, dict[str, Any]]:
    live: dict[str, dict[str, Any]] = {}
    for path in sorted((hub / "series").glob("*.gz")):
        for record in _lines(path):
            if record.get("removed"):
                live.pop(record["id"], None)
            else:
                live[record["id"]] = record
    return live


def _leaderboard(hub: Path) -> dict[str, dict[str, Any]]:
    return {r["id"]: r for r in _lines(hub / "leaderboard-2025-03.jsonl.gz")}


def _configs(hub: Path) -> dict[str, Any]:
    return {r["id"]: r for r in _lines(hub / "configs.jsonl.gz")}


def _cards(hub: Path) -> dict[str, str]:
    return {r["id"].lower(): r["readme"] for r in _lines(hub / "cards.jsonl.gz")}
