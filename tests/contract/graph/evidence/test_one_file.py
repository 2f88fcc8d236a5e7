"""A signal is one file: its claims show after an import, and what was stored is read again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.grafted import Grafted

SIGNAL = '''"""A made-up tag: ``made-from:ID``."""

from collections.abc import Iterator

from graph.catalogue.model import Claim, Evidence, Relation, Strength
from graph.evidence.record import HubRecord
from graph.evidence.signal import Signal


def claims(record: HubRecord) -> Iterator[Claim]:
    for parent in record.tagged("made-from:"):
        seen = Evidence(record.id, "tags", f"made-from:{parent}", record.sha)
        yield Claim(record.id, parent, Relation.FINETUNE, Strength.DECLARED, "made_from", seen)


SIGNAL = Signal(claims)
'''
BASE = "meta-llama/Llama-3.1-8B"
OLD, NEW = ({"id": f"acme/{name}", "tags": [f"made-from:{BASE}"]} for name in ("old", "new"))


def taken(product: Grafted, folder: Path, one: dict[str, Any]) -> str:
    """Import a record and return what is said."""
    file = folder / f"{one['id'].replace('/', '-')}.jsonl"
    file.write_text(json.dumps(one) + "\n", "utf-8")
    return product.herdbook("import", str(file))


def strengths(product: Grafted, one: dict[str, Any]) -> list[str]:
    """Return how surely a record is in its family; its tags alone let that be inferred."""
    told = json.loads(product.herdbook("show", one["id"], "--json"))
    return [member["strength"] for member in told["memberships"]]


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Grafted:
    """A product that took in one record before the signal came, and one after."""
    folder = tmp_path_factory.mktemp("grafted")
    made = Grafted(folder)
    taken(made, folder, OLD)
    assert strengths(made, OLD) == ["inferred"]
    made.add("graph/evidence/signals/made_from.py", SIGNAL)
    taken(made, folder, NEW)
    return made


@pytest.mark.parametrize("one", [OLD, NEW], ids=["stored before", "imported after"])
def test_its_claims_show(product: Grafted, one: dict[str, Any]) -> None:
    assert strengths(product, one) == ["declared"]


def test_it_comes_after_the_others(product: Grafted) -> None:
    last = "from graph.evidence.signals import SIGNALS; print(SIGNALS[-1].claims.__module__)"
    assert product.run(last).strip() == "graph.evidence.signals.made_from"


VERSION = "from graph.evidence.version import version; print(version())"
KNOWLEDGE = [
    "graph/evidence/features/size.py",
    "graph/evidence/inference.toml",
    "graph/catalogue/naming.toml",
    "graph/catalogue/licences/llama4.toml",
]


def test_the_version_is_of_all_that_records_are_read_by_and_the_same_everywhere(
    tmp_path: Path,
) -> None:
    product = Grafted(tmp_path)
    seen = [int(product.run(VERSION)), int(product.run(VERSION))]
    assert seen[0] == seen[1] < 2**31
    for place in KNOWLEDGE:
        file = product.root / place
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))  # as on another platform
    assert int(product.run(VERSION)) == seen[0]
    for place in KNOWLEDGE:
        product.add(place, "\n# more\n")
        seen.append(int(product.run(VERSION)))
    product.add("graph/compliance/judge.py", "\n# judged anew, not read anew\n")
    assert int(product.run(VERSION)) == seen[-1]
    assert len(set(seen)) == 1 + len(KNOWLEDGE)
