"""A name alone is a guess: whatever it reads as, and whatever the licence, nobody fails by it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.golden import cases

LINES = ["Llama-3.1", "LLaMa_V2", "llama-7b", "Llama-3_3", "CodeLlama", "Sheared-LLaMA", "L3.1",
         "vicuna-7b-v1.5", "DeepSeek-R1-Distill-Llama-8B", "AstroLLaMA", "llama2.c", "llama-68m",
         "Qwen2.5", "TinyLlama", "guanaco-65B"]  # fmt: skip
BESIDE = ["", "8B", "70b", "4x8B", "GGUF", "AWQ", "as", "judge", "from", "pretrained", "deepseek"]
names = st.lists(st.sampled_from(LINES + BESIDE), min_size=1, max_size=4).map(
    lambda parts: "-".join(part for part in parts if part)[:96].rstrip("-.") or "x"
)  # the Hub takes no longer name
licences = st.sampled_from([None, "llama3.1", "llama2", "apache-2.0", "mit", "other"])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=names, licence=licences, dated=st.booleans())
def test_a_name_alone_fails_nobody(
    name: str, licence: str | None, dated: bool, tmp_path: Path
) -> None:
    record: dict[str, Any] = {"id": f"acme/{name}", "tags": ["llama", "llama-3"]}
    record |= {"createdAt": "2024-12-20T00:00:00.000Z"} if dated else {}
    record |= {"cardData": {"license": licence}} if licence else {}
    golden = cases.Golden("", record["id"], [record], {}, "inferred")
    assert cases.disagreements(golden, cases.judged(golden, tmp_path)) == {}
