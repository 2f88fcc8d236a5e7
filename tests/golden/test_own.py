"""Cases of our own, in the form of the golden ones: rules that those leave untested."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.golden import cases
from tests.golden.cases import Golden
from tests.home import Record, model

L3, L31, L2 = "meta-llama/Meta-Llama-3-8B", "meta-llama/Llama-3.1-8B", "meta-llama/Llama-2-7b-hf"
QWEN = "Qwen/Qwen2.5-7B"
SUBJECT = "acme/Bravo-8B"


def case(
    name: str, subject: Record, *others: Record, basis: str = "declared", **expect: Any
) -> Golden:
    """Return a case; underscores in the names of checks stand for hyphens."""
    wanted = {check.replace("_", "-"): said.split() for check, said in expect.items()}
    return Golden(name, subject["id"], [*others, subject], wanted, basis)


def one(*parents: str, name: str = SUBJECT, licence: str | None = None, **more: Any) -> Record:
    told = {"createdAt": "2025-03-01T00:00:00.000Z", "cardData": {}, **more}
    return model(name, *parents, licence=licence, **told)


CASES = [
    case(
        "merge of 3 and 3.1 under 3.1's tag and a name for both",
        one(f"merge:{L3}", f"merge:{L31}", name="acme/Llama-3-Both", licence="llama3.1"),
        families="llama-3 llama-3.1", name_prefix="passed", licence_tag="passed",
    ),
    case(
        "merge of 3 and 3.1 under a name for 3.1 alone",
        one(f"merge:{L3}", f"merge:{L31}", name="acme/Llama-Both", licence="llama3"),
        families="llama-3 llama-3.1", name_prefix="failed", licence_tag="passed",
    ),
    case(
        "adapter of a quantised copy",
        one("adapter:unsloth/Meta-Llama-3.1-8B-bnb-4bit", name="acme/lora", licence="apache-2.0"),
        families="llama-3.1", name_prefix="review", licence_tag="failed",
    ),
    case(
        "quantised copy of a fine-tune that had dropped the word",
        one("quantized:acme/Alpha", name="other/Alpha-GGUF", licence="llama3.1"),
        one(f"finetune:{L31}", name="acme/Alpha", licence="llama3.1"),
        families="llama-3.1", name_prefix="not-applicable", licence_tag="passed",
    ),
    case(
        "fine-tune of a known mirror",
        one("finetune:NousResearch/Meta-Llama-3-8B", licence="mit"),
        families="llama-3", name_prefix="failed", licence_tag="failed",
    ),
    case(
        "fine-tune of a mirror that only its name tells of",
        one("finetune:NousResearch/Meta-Llama-3.1-8B", licence="mit"),
        families="llama-3.1", name_prefix="review", licence_tag="review",
    ),
    case(
        "the word at the end of another word",
        one(f"finetune:{L31}", name="acme/Smollama-8B", licence="llama3.1"),
        families="llama-3.1", name_prefix="failed", licence_tag="passed",
    ),
    case(
        "a tool's name with llama in it and a rival's weights",
        one(f"quantized:{QWEN}", name="acme/ollama-qwen", licence="apache-2.0"),
        families="qwen-2.5", name_prefix="not-applicable", licence_tag="not-applicable",
    ),
    case(
        "a list of licences in the card, one of which arrives",
        one(f"finetune:{L31}", cardData={"license": ["apache-2.0", "llama3.1"]}),
        licence_tag="passed",
    ),
    case(
        "an older tag before the right one was listed",
        one(f"finetune:{L31}", licence="llama3", createdAt="2024-08-01T00:00:00.000Z"),
        name_prefix="failed", licence_tag="review",
    ),
    case(
        "Llama 2 owes no name",
        one(f"finetune:{L2}", licence="llama2"),
        families="llama-2", name_prefix="not-applicable", licence_tag="passed",
    ),
    case(
        "outputs of Llama 3 in a rival",
        one(f"finetune:{QWEN}", licence="apache-2.0", tags_more=["dataset:x/Made"]),
        {
            "id": "x/Made", "kind": "dataset",
            "cardData": {"generated_by": ["meta-llama/Meta-Llama-3-8B-Instruct"]},
            "files": {"README.md": "Generated with meta-llama/Meta-Llama-3-8B-Instruct."},
        },
        basis="stated", outputs_training="review", licence_tag="not-applicable",
    ),
    case(
        "nothing fetched: nothing that rests on texts is failed",
        one(f"finetune:{L31}", licence="llama3.1"),
        licence_copy="unknown", built_with="unknown", notice_file="unknown",
        use_policy="info", user_threshold="info",
    ),
]  # fmt: skip


@pytest.mark.parametrize("golden", CASES, ids=lambda golden: golden.case)
def test_a_case_of_our_own_is_judged_so(golden: Golden, tmp_path: Path) -> None:
    for record in golden.records:
        record["tags"] = [*record.get("tags", ()), *record.pop("tags_more", ())]
    assert cases.disagreements(golden, cases.judged(golden, tmp_path)) == {}
