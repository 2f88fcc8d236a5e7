"""The rosters, the table of re-uploads and the bundled sample."""

import json
import os
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.places import ROOT

SHARED = Path(os.environ.get("HERDBOOK_SHARED", ROOT.parent / "shared")) / "licences"
ID = re.compile(r"[\w\-.]+/[\w\-.]{1,96}", re.ASCII)


def load(name: str) -> dict[str, Any]:
    return tomllib.loads(
        (ROOT / "graph" / "catalogue" / "families" / f"{name}.toml").read_text("utf-8")
    )


LLAMA, MUSE, REUPLOADS = load("llama"), load("muse"), load("reuploads")
FAMILIES: list[dict[str, Any]] = LLAMA["family"] + MUSE["family"]
LICENCE_OF: dict[str, str] = {i: f["licence"] for f in FAMILIES for i in f["official"]}
COPIES: dict[str, str] = REUPLOADS["quantized"] | REUPLOADS["mirror"]
LINES = (ROOT / "herdbook" / "sample" / "hub.jsonl").read_text("utf-8").splitlines()
SAMPLE: list[dict[str, Any]] = [json.loads(line) for line in LINES]
FIELDS = {"id", "title", "licence", "released", "llama", "official", "multimodal", "roots"}


@pytest.mark.parametrize("roster", [LLAMA, MUSE], ids=["llama", "muse"])
def test_every_family_is_whole(roster: dict[str, Any]) -> None:
    for family in roster["family"]:
        assert set(family) == FIELDS
        assert set(family["multimodal"]) <= set(family["official"])
        assert bool(family["official"]) != bool(family["roots"])
        assert {i.split("/")[0] for i in family["official"]} <= set(roster["licensors"])
        assert not {i.split("/")[0] for i in family["roots"]} & set(roster["licensors"])


def test_an_official_repository_stands_once_and_an_old_name_leads_to_one() -> None:
    assert len(LICENCE_OF) == sum(len(f["official"]) for f in FAMILIES)
    assert set(LLAMA["renamed"].values()) <= set(LICENCE_OF)
    assert not set(LLAMA["renamed"]) & set(LICENCE_OF)


@pytest.mark.shared
def test_the_roster_is_taken_over_whole() -> None:
    if not SHARED.is_dir():
        pytest.skip(f"no roster at {SHARED} (HERDBOOK_SHARED)")
    told = json.loads((SHARED / "roster.json").read_text("utf-8"))
    own, official = {"muse-glimmer": "apache-2.0"}, told["official"]
    assert {r["id"]: own.get(r["licence"], r["licence"]) for r in official} == LICENCE_OF
    multimodal = {i for f in FAMILIES for i in f["multimodal"]}
    assert {r["id"] for r in official if r["multimodal"]} == multimodal
    aliases = {old: r["id"] for r in official for old in r.get("aliases", [])}
    assert aliases.items() <= LLAMA["renamed"].items()
    roots = {i: f["id"] for f in FAMILIES for i in f["roots"]}
    assert {r["id"]: r["family"] for r in told["aliases_of_roots"]} == roots


def test_a_copy_stands_once_and_is_not_official() -> None:
    assert not REUPLOADS["quantized"].keys() & REUPLOADS["mirror"].keys()
    assert len({copy.lower() for copy in COPIES}) == len(COPIES)
    assert not COPIES.keys() & (LICENCE_OF.keys() | LLAMA["renamed"].keys())
    assert all(ID.fullmatch(i) for pair in COPIES.items() for i in pair)


def test_chains_of_copies_end() -> None:
    links: dict[str, str] = COPIES | LLAMA["renamed"]
    for start in links:
        seen, here = {start}, start
        while here in links:
            here = links[here]
            assert here not in seen, start
            seen.add(here)


@pytest.mark.parametrize("table", ["quantized", "mirror"])
def test_copies_are_sorted(table: str) -> None:
    copies = list(REUPLOADS[table])
    assert copies == sorted(copies, key=lambda i: (i.lower(), i))


def test_the_sample_is_a_snapshot_of_distinct_repositories() -> None:
    assert len({(row.get("kind", "model"), row["id"]) for row in SAMPLE}) == len(SAMPLE) >= 150
    assert all(row["author"] == row["id"].split("/")[0] for row in SAMPLE)
    assert not any({"downloads", "likes", "files"} & row.keys() for row in SAMPLE)
    assert {row["id"] for row in SAMPLE} >= LICENCE_OF.keys()


@pytest.mark.parametrize("row", SAMPLE, ids=lambda row: str(row["id"]))
def test_tags_and_card_of_a_sample_row_agree(row: dict[str, Any]) -> None:
    tags, card = row.get("tags", []), row.get("cardData", {})
    typed = [t.split(":", 2)[1:] for t in tags if t.startswith("base_model:") and t.count(":") == 2]
    assert {relation for relation, _ in typed} <= {"finetune", "adapter", "merge", "quantized"}
    assert all(ID.fullmatch(parent) and f"base_model:{parent}" in tags for _, parent in typed)
    licence = card.get("license")
    assert [t[8:] for t in tags if t.startswith("license:")] == ([licence] if licence else [])
    assert licence == "other" or not {"license_name", "license_link"} & card.keys()
