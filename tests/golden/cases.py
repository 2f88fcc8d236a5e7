"""The golden cases: records to import into an empty home, and what the judge must say."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from crawler.ingest.importer import import_file
from graph.catalogue.model import DATASET_PREFIX, Outcome, worst
from graph.catalogue.roster import load
from graph.engines.memory.store import MemoryStore
from graph.pipeline.build import build
from graph.storage.read_model import ReadModel, StoredArtifact
from graph.storage.tables import Base


@dataclass(frozen=True)
class Golden:
    """One case, with texts that begin with @ read from the shared folder."""

    case: str
    subject: str
    records: list[dict[str, Any]]
    expect: dict[str, list[str]]
    basis: str | None


def read(shared: Path) -> list[Golden]:
    """Return all cases."""
    lines = (shared / "golden" / "cases.jsonl").read_text(encoding="utf-8").split("\n")
    return [_read(json.loads(line), shared) for line in lines if line]


def _read(told: dict[str, Any], shared: Path) -> Golden:
    for record in told["records"]:
        for name, text in record.get("files", {}).items():
            if text.startswith("@"):
                record["files"][name] = (shared / text[1:]).read_text(encoding="utf-8")
    subject = told["subject"] if told["kind"] == "model" else DATASET_PREFIX + told["subject"]
    return Golden(told["case"], subject, told["records"], told["expect"], told.get("basis"))


def judged(golden: Golden, folder: Path) -> StoredArtifact:
    """Import a case's records into an empty home, build, and return its subject's sheet."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    Base.metadata.create_all(engine)
    path = folder / "case.jsonl"
    path.write_text("\n".join(json.dumps(record) for record in golden.records), encoding="utf-8")
    import_file(engine, path)
    build(engine, MemoryStore(), "memory://")
    stored = ReadModel(engine).artifact(golden.subject)
    engine.dispose()
    assert stored is not None
    return stored


def outcome_of(stored: StoredArtifact, check: str) -> Outcome:
    """Return the worst finding of a check."""
    return worst([finding.outcome for finding in stored.findings if finding.check == check])


def disagreements(golden: Golden, stored: StoredArtifact) -> dict[str, str]:
    """Return what a sheet says otherwise than the case expects, by expectation."""
    wrong: dict[str, str] = {}
    for check, accepted in golden.expect.items():
        if check == "families":
            said = [m.family for m in stored.memberships]
            if not _families_agree(accepted, said):
                wrong[check] = f"{said}, not {accepted}"
        elif outcome_of(stored, check).value not in accepted:
            wrong[check] = f"{outcome_of(stored, check).value}, not one of {accepted}"
    if golden.basis == "inferred" and any(f.outcome is Outcome.FAILED for f in stored.findings):
        wrong["basis"] = "an inferred lineage failed somebody"
    return wrong


def _families_agree(expected: list[str], said: list[str]) -> bool:
    families = load().families
    llama = {name for name in said if families[name].llama}
    wanted = {name for name in expected if name not in families or families[name].llama}
    rivals = set(expected) - wanted
    return llama == wanted and rivals <= set(said)
