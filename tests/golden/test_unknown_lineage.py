"""A lineage that ends in what nobody knows is unknown, and said to be, with what to do about it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph.catalogue.model import Outcome
from graph.storage.read_model import StoredArtifact
from tests.golden import cases
from tests.golden.test_own import QWEN, one
from tests.home import Home, Record, model

TAB = "---\nbase_model:\tmeta-llama/Llama-3.1-8B\ntags:\n\t- x\n---\n"


def sheet(folder: Path, *records: Record) -> StoredArtifact:
    """Return what is said of the last record."""
    golden = cases.Golden("", records[-1]["id"], list(records), {}, None)
    return cases.judged(golden, folder).stored


def bare(name: str, *parents: str, **more: Any) -> Record:
    return one(*parents, name=name, **more)


@pytest.mark.parametrize(
    ("records", "named"),
    [
        ([bare("acme/Support-7B", "finetune:secret-org/Foo-7b")], "secret-org/Foo-7b"),
        ([bare("acme/Support-7B", cardData={"base_model": "our base model"})], "our base model"),
        ([bare("acme/Mid", "finetune:x/Root-1"), bare("acme/L", "quantized:acme/Mid")], "x/Root-1"),
        ([bare("acme/M", "merge:x/One", "merge:y/Two")], "x/One"),
        ([bare("acme/P", files={"README.md": "Fine-tuned from [x/Base](https://huggingface.co/x/Base)."})],
         "x/Base"),
        ([bare("acme/Tab", cardData=None, files={"README.md": TAB})], "README.md"),
        ([bare("acme/J", files={"adapter_config.json": '{"base_model_name_or_path": '})],
         "adapter_config.json"),
        ([bare("acme/U", files={"mergekit_config.yml": "models: [open"})], "mergekit_config.yml"),
    ],
    ids=["parent", "words", "grandparent", "merge", "prose", "card", "adapter", "recipe"],
)  # fmt: skip
def test_what_leads_nowhere_is_unknown_and_named(
    records: list[Record], named: str, tmp_path: Path
) -> None:
    records = [{k: v for k, v in record.items() if v is not None} for record in records]
    said = sheet(tmp_path, *records)
    assert said.memberships == []
    assert {finding.outcome for finding in said.findings} == {Outcome.UNKNOWN}
    assert said.outcome is Outcome.UNKNOWN
    assert all(named in finding.message and finding.remedy for finding in said.findings)


@pytest.mark.parametrize(
    "records",
    [
        [bare("acme/Amber")],
        [bare("acme/Root"), bare("acme/Child", "finetune:acme/Root")],
        [bare("acme/Child", f"finetune:{QWEN}")],
        [bare("acme/Child", "finetune:somebody/My-Mistral-7B-tune")],
        [bare("acme/Child", "finetune:x/Unread", config={"architectures": ["BertForMaskedLM"]})],
        [bare("acme/Merge", f"merge:{QWEN}", "merge:x/Unread")],
        [bare("acme/Config", files={"config.json": '{"_name_or_path": "x/Unread"}'})],
        [bare("meta-llama/Odd-Name", "finetune:x/Unread")],
        [{"id": "acme/Data", "kind": "dataset", "cardData": {"base_model": "x/Unread"}}],
    ],
    ids=["none", "known root", "rival", "rival's name", "rival's config", "rival beside",
         "inferred", "licensor", "data"],
)  # fmt: skip
def test_what_is_known_stays_not_applicable(records: list[Record], tmp_path: Path) -> None:
    subject = records[-1]["id"]
    golden = cases.Golden("", subject, records, {}, None)
    if records[-1].get("kind") == "dataset":
        golden = cases.Golden("", f"datasets/{subject}", records, {}, None)
    said = cases.judged(golden, tmp_path).stored
    assert said.outcome is Outcome.NOT_APPLICABLE


def test_a_family_that_is_known_is_judged_whatever_else_could_not_be_read(tmp_path: Path) -> None:
    record = one("finetune:meta-llama/Llama-3.1-8B", files={"mergekit_config.yml": "a: [b"})
    said = sheet(tmp_path, record)
    assert cases.outcome_of(said, "name-prefix") is Outcome.FAILED


def test_it_is_known_once_the_parent_is_read_and_unknown_again_when_that_goes(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path)
    home.take(model("acme/Low", "finetune:acme/Mid"), model("acme/Mid", "finetune:x/Root"))
    home.build()
    assert _outcomes(home) == {"acme/Low": "unknown", "acme/Mid": "unknown"}
    home.take(model("x/Root"))
    home.build()
    assert _outcomes(home) == dict.fromkeys(("acme/Low", "acme/Mid", "x/Root"), "not-applicable")
    home.take({"id": "x/Root", "removed": True})
    home.build()
    assert _outcomes(home) == {"acme/Low": "unknown", "acme/Mid": "unknown"}


def _outcomes(home: Home) -> dict[str, str]:
    found = home.found()["standings"]
    return {row[0]: row[2] for row in found if row[1]}
