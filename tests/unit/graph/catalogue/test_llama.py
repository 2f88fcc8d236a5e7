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


FOLDER = ROOT / "graph" / "catalogue" / "families"
FILES = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.toml")}
OURS = {
    name: told
    for name, told in FILES.items()
    if name == "muse" or any(f.get("llama") for f in told.get("family", []))
}
REUPLOADS = FILES["reuploads"]
FAMILIES: list[dict[str, Any]] = [f for told in OURS.values() for f in told["family"]]
VERSIONS = [f for f in FAMILIES if f["licence"]]
OLD: dict[str, str] = {
    o: now for told in OURS.values() for o, now in told.get("renamed", {}).items()
}
LICENCE_OF: dict[str, str] = {i: f["licence"] for f in VERSIONS for i in f.get("official", ())}
COPIES: dict[str, str] = REUPLOADS["quantized"] | REUPLOADS["mirror"]
LINES = (ROOT / "herdbook" / "sample" / "hub.jsonl").read_text("utf-8").splitlines()
SAMPLE: list[dict[str, Any]] = [json.loads(line) for line in LINES]


@pytest.mark.parametrize("told", OURS.values(), ids=OURS.keys())
def test_every_file_is_whole(told: dict[str, Any]) -> None:
    licensors = set(told.get("licensors", ()))
    for family in told["family"]:
        official, roots = set(family.get("official", ())), set(family.get("roots", ()))
        assert set(family.get("multimodal", ())) <= official
        assert (bool(official) != bool(roots)) == bool(family["licence"])
        assert {i.split("/")[0] for i in official} <= licensors
        assert not {i.split("/")[0] for i in roots} & licensors


def test_a_llama_generation_has_a_file_of_its_own() -> None:
    for name, told in OURS.items():
        if name != "muse":
            assert [f["id"] for f in told["family"]] == [name]


def test_an_official_repository_stands_once_and_an_old_name_leads_to_one() -> None:
    assert len(LICENCE_OF) == sum(len(f.get("official", ())) for f in FAMILIES)
    assert set(OLD.values()) <= set(LICENCE_OF)
    assert not set(OLD) & set(LICENCE_OF)


def test_a_licence_that_is_judged_comes_with_a_family() -> None:
    judged = {path.stem for path in (FOLDER.parent / "licences").glob("*.toml")}
    assert judged <= {f["licence"] for f in VERSIONS}


@pytest.mark.shared
def test_the_roster_is_taken_over_whole() -> None:
    if not SHARED.is_dir():
        pytest.skip(f"no roster at {SHARED} (HERDBOOK_SHARED)")
    told = json.loads((SHARED / "roster.json").read_text("utf-8"))
    own, official = {"muse-glimmer": "apache-2.0"}, told["official"]
    licences = {r["id"]: own.get(r["licence"], r["licence"]) for r in official}
    assert licences.items() <= LICENCE_OF.items()
    multimodal = {i for f in FAMILIES for i in f.get("multimodal", ())}
    assert {r["id"] for r in official if r["multimodal"]} == multimodal & licences.keys()
    aliases = {old: r["id"] for r in official for old in r.get("aliases", [])}
    assert aliases.items() <= OLD.items()
    roots = {i: f["id"] for f in FAMILIES for i in f.get("roots", ())}
    assert {r["id"]: r["family"] for r in told["aliases_of_roots"]}.items() <= roots.items()


def test_a_copy_stands_once_and_is_not_official() -> None:
    assert not REUPLOADS["quantized"].keys() & REUPLOADS["mirror"].keys()
    assert len({copy.lower() for copy in COPIES}) == len(COPIES)
    assert not COPIES.keys() & (LICENCE_OF.keys() | OLD.keys())
    assert all(ID.fullmatch(i) for pair in COPIES.items() for i in pair)


def test_chains_of_copies_end() -> None:
    links: dict[str, str] = COPIES | OLD
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


def test_the_sample_holds_official_repositories_that_are_known() -> None:
    licensors = {owner for told in OURS.values() for owner in told.get("licensors", ())}
    official = {row["id"] for row in SAMPLE if row["author"] in licensors - {"facebook"}}
    assert len(official) >= 50
    assert official <= LICENCE_OF.keys()


@pytest.mark.parametrize("row", SAMPLE, ids=lambda row: str(row["id"]))
def test_tags_and_card_of_a_sample_row_agree(row: dict[str, Any]) -> None:
    tags, card = row.get("tags", []), row.get("cardData", {})
    typed = [t.split(":", 2)[1:] for t in tags if t.startswith("base_model:") and t.count(":") == 2]
    assert {relation for relation, _ in typed} <= {"finetune", "adapter", "merge", "quantized"}
    assert all(ID.fullmatch(parent) and f"base_model:{parent}" in tags for _, parent in typed)
    licence = card.get("license")
    assert [t[8:] for t in tags if t.startswith("license:")] == ([licence] if licence else [])
    assert licence == "other" or not {"license_name", "license_link"} & card.keys()
