"""A language is one file: a card in it names its model's parent, once the file is there."""

from __future__ import annotations

import json
from pathlib import Path

from tests.grafted import Grafted

SWEDISH = """
language = "Swedish"
seen = ["modellen", "bygger"]
words = ["bygger", "basmodell", "kvantiser"]
self = ["den här modellen"]
beside = ["modellen"]
and = ["och"]
other = ["arkitektur*"]
made = ["genererad*"]
denied = ["inte"]
labels = ["basmodell"]
derived = ["bygger på X"]
quantized = ["kvantiserad …av X"]
"""
PARENT = "meta-llama/Meta-Llama-3-8B"
CARDS = {
    "acme/Svensk": f"Den här modellen bygger på {PARENT}.",
    "acme/Inte": f"Den här modellen bygger inte på {PARENT}.",
}


def families(product: Grafted, repo: str) -> list[str]:
    told = json.loads(product.herdbook("show", repo, "--json"))
    return [member["family"] for member in told["memberships"]]


def test_a_language_is_one_file(tmp_path: Path) -> None:
    product = Grafted(tmp_path)
    product.add("graph/evidence/languages/sv.toml", SWEDISH)
    file = tmp_path / "cards.jsonl"
    records = [{"id": repo, "files": {"README.md": card}} for repo, card in CARDS.items()]
    file.write_text("".join(f"{json.dumps(one)}\n" for one in records), "utf-8")
    product.herdbook("import", str(file))
    assert families(product, "acme/Svensk") == ["llama-3"]
    assert families(product, "acme/Inte") == []
