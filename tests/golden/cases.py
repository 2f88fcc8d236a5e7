"""The golden cases: records to import into an empty home, and what the judge must say."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from crawler.ingest.importer import import_file
from graph.catalogue.model import DATASET_PREFIX, Outcome, Strength, worst
from graph.catalogue.roster import load
from graph.engines.memory.store import MemoryStore
from graph.pipeline.build import build
from graph.storage.read_model import ReadModel, StoredArtifact
from graph.storage.tables import Base

Expectation = Callable[["Judged", Any], tuple[object, bool]]  # what is told, and whether it fits


@dataclass(frozen=True)
class Golden:
    """One case, with texts that begin with @ read from the shared folder."""

    case: str
    subject: str
    records: list[dict[str, Any]]
    expect: dict[str, Any]
    basis: str | None


@dataclass(frozen=True)
class Judged:
    """What the register says of a case's subject: its sheet, and its own edges.

    An edge is written as the cases write it: "PARENT RELATION STRENGTH".
    """

    stored: StoredArtifact
    edges: frozenset[str]


def read(shared: Path, name: str = "cases.jsonl") -> list[Golden]:
    """Return all cases of a file of the shared folder."""
    return read_file(shared / "golden" / name, shared)


def read_file(path: Path, shared: Path) -> list[Golden]:
    """Return all cases of a file, without those that say why they are not met."""
    told = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    return [_read(one, shared) for one in told if "unmet" not in one]


def _read(told: dict[str, Any], shared: Path) -> Golden:
    for record in told["records"]:
        for name, text in record.get("files", {}).items():
            if text.startswith("@"):
                record["files"][name] = (shared / text[1:]).read_text(encoding="utf-8")
    subject = told["subject"] if told["kind"] == "model" else DATASET_PREFIX + told["subject"]
    return Golden(told["case"], subject, told["records"], told["expect"], told.get("basis"))


def judged(golden: Golden, folder: Path) -> Judged:
    """Import a case's records into an empty home, build, and return what is said of its subject."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    Base.metadata.create_all(engine)
    path = folder / "case.jsonl"
    path.write_text("\n".join(json.dumps(record) for record in golden.records), encoding="utf-8")
    import_file(engine, path)
    graph = MemoryStore()
    build(engine, graph, "memory://")
    stored = ReadModel(engine).artifact(golden.subject)
    engine.dispose()
    assert stored is not None
    return Judged(stored, _edges(graph, golden.subject))


def _edges(graph: MemoryStore, subject: str) -> frozenset[str]:
    own = graph.lineage(subject, "up", 1, Strength.INFERRED, 1000)
    return frozenset(
        f"{parent} {relation} {told['strength']}"
        for _, parent, relation, told in own.out_edges(subject, keys=True, data=True)
    )


def outcome_of(stored: StoredArtifact, check: str) -> Outcome:
    """Return the worst finding of a check."""
    return worst([finding.outcome for finding in stored.findings if finding.check == check])


def disagreements(golden: Golden, said: Judged) -> dict[str, str]:
    """Return what is said otherwise than the case expects, by expectation."""
    wrong: dict[str, str] = {}
    findings = said.stored.findings
    for what, expected in golden.expect.items():
        told, agrees = _EXPECTATIONS.get(what, _outcome(what))(said, expected)
        if not agrees:
            wrong[what] = f"{told}, not {expected}"
    if golden.basis == "inferred" and any(f.outcome is Outcome.FAILED for f in findings):
        wrong["basis"] = "an inferred lineage failed somebody"
    return wrong


def _outcome(check: str) -> Expectation:
    def held(said: Judged, accepted: Any) -> tuple[object, bool]:
        told = outcome_of(said.stored, check).value
        return told, told in accepted

    return held


def _families(said: Judged, expected: Any) -> tuple[object, bool]:
    told = [m.family for m in said.stored.memberships]
    return told, _families_agree(expected, told)


def _families_any(said: Judged, expected: Any) -> tuple[object, bool]:
    told = [m.family for m in said.stored.memberships]
    return told, any(_families_agree(one, told) for one in expected)


def _has_edges(said: Judged, expected: Any) -> tuple[object, bool]:
    return sorted(said.edges), all(_is_among(one, said.edges) for one in expected)


def _has_no_edges(said: Judged, expected: Any) -> tuple[object, bool]:
    return sorted(said.edges), not any(_is_among(one, said.edges) for one in expected)


_EXPECTATIONS: dict[str, Expectation] = {
    "families": _families,
    "families_any": _families_any,
    "edges": _has_edges,
    "no_edges": _has_no_edges,
}


def _is_among(expected: str, edges: frozenset[str]) -> bool:
    """Tell whether an edge is there; ``*`` stands for anything, ``|`` between parents for or."""
    parents, how = expected.split(" ", 1)
    wanted = [f"{parent} {how}" for parent in parents.split("|")]
    return any(fnmatchcase(edge, one) for edge in edges for one in wanted)


def _families_agree(expected: list[str], said: list[str]) -> bool:
    families = load().families
    llama = {name for name in said if families[name].llama}
    wanted = {name for name in expected if name not in families or families[name].llama}
    rivals = set(expected) - wanted
    return llama == wanted and rivals <= set(said)
