"""The rosters of other makers: whole, strangers to each other, and what they take for their own."""

import re
import tomllib
from datetime import date
from fnmatch import fnmatchcase
from typing import Any

import pytest

from graph.catalogue.roster import Roster
from graph.catalogue.roster import load as load_rosters
from tests.places import ROOT

ROSTERS = ROOT / "graph" / "catalogue" / "families"
ID = re.compile(r"[\w\-.]+/[\w\-.]{1,96}", re.ASCII)
OLD_ID = re.compile(r"([\w\-.]+/)?[\w\-.]{1,96}", re.ASCII)
PATTERN = re.compile(r"[\w\-.]+/[\w\-.*]{1,96}", re.ASCII)
SLUG = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
TOP = {"maker", "source", "as_of", "family", "not_ours", "renamed", "licensors", "line"}
FIELDS = {
    "id": str,
    "title": str,
    "licence": str,
    "released": date,
    "llama": bool,
    "official": list,
    "patterns": list,
    "roots": list,
    "multimodal": list,
    "component": bool,
    "name": dict,
    "weights": dict,
}
NEEDED = {"id", "title", "licence"}

FILES: dict[str, dict[str, Any]] = {
    path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(ROSTERS.glob("*.toml"))
}
RIVALS = {
    name: told
    for name, told in FILES.items()
    if "family" in told and not any(f.get("llama") for f in told["family"])
}
COPIES: dict[str, str] = FILES["reuploads"]["quantized"] | FILES["reuploads"]["mirror"]
RENAMED: dict[str, str] = {
    old: now for told in FILES.values() for old, now in told.get("renamed", {}).items()
}


def families(told: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = told.get("family", [])
    return found


def own(told: dict[str, Any]) -> set[str]:
    """Return the ids that a file's families name one by one."""
    return {i for f in families(told) for i in (*f.get("official", ()), *f.get("roots", ()))}


@pytest.fixture(scope="module")
def roster() -> Roster:
    return load_rosters()


@pytest.mark.parametrize("told", RIVALS.values(), ids=RIVALS.keys())
def test_a_file_is_whole(told: dict[str, Any]) -> None:
    assert set(told) <= TOP
    assert told["maker"].strip()
    assert told["source"].strip()
    assert isinstance(told["as_of"], date)
    assert families(told)
    for family in families(told):
        assert NEEDED <= set(family) <= set(FIELDS)
        assert {key: type(value) for key, value in family.items()} == {k: FIELDS[k] for k in family}
        assert SLUG.fullmatch(family["id"])
        assert family["title"].strip()
        assert family["licence"].strip()
        assert family.get("official") or family.get("roots") or family.get("patterns")
        assert all(ID.fullmatch(i) for i in (*family.get("official", ()), *family.get("roots", ())))
        assert all(PATTERN.fullmatch(p) for p in family.get("patterns", []))
        assert not family.get("llama")
    assert all(PATTERN.fullmatch(p) for p in told.get("not_ours", []))


@pytest.mark.parametrize("told", RIVALS.values(), ids=RIVALS.keys())
def test_lists_are_sorted_and_say_things_once(told: dict[str, Any]) -> None:
    listed = [
        f[key] for f in families(told) for key in ("official", "patterns", "roots") if key in f
    ]
    for ids in (*listed, told.get("not_ours", []), list(told.get("renamed", {}))):
        assert len(set(ids)) == len(ids)
        assert ids == sorted(ids, key=lambda i: (i.lower(), i))


def test_family_ids_are_unique_over_all_files() -> None:
    ids = [f["id"] for told in FILES.values() for f in families(told)]
    assert len(set(ids)) == len(ids)


def test_an_id_is_named_by_one_family_and_in_one_spelling() -> None:
    ids = [i for told in FILES.values() for i in own(told)]
    assert len({i.lower() for i in ids}) == len(ids)


def test_makers_are_strangers() -> None:
    for name, told in RIVALS.items():
        patterns = [p for f in families(told) for p in f.get("patterns", [])]
        for other, theirs in FILES.items():
            if other != name:
                ids = own(theirs)
                assert not own(told) & ids
                assert not [(p, i) for p in patterns for i in ids if fnmatchcase(i, p)]


def test_a_pattern_stands_once_and_its_own_ids_stay_in_its_family(roster: Roster) -> None:
    patterns = [p for t in RIVALS.values() for f in families(t) for p in f.get("patterns", [])]
    patterns += [p for told in RIVALS.values() for p in told.get("not_ours", [])]
    assert len(set(patterns)) == len(patterns)
    by_shape = Roster({k: f for k, f in roster.families.items() if f.patterns}, {}, {}, frozenset())
    for told in RIVALS.values():
        for family in families(told):
            for official in family.get("official", ()):
                found = roster.family_of(official)
                assert found is not None
                assert found.id == family["id"]
                if any(fnmatchcase(official, p) for p in family.get("patterns", [])):
                    assert (shaped := by_shape.family_of(official)) is not None
                    assert shaped.id == family["id"]


def test_renamed_chains_end_at_names_of_today() -> None:
    links = COPIES | RENAMED
    for start in links:
        seen, here = {start}, start
        while here in links:
            here = links[here]
            assert here not in seen, start
            seen.add(here)
    official = {i for told in FILES.values() for i in own(told)}
    assert not RENAMED.keys() & official
    assert all(ID.fullmatch(now) and OLD_ID.fullmatch(old) for old, now in RENAMED.items())


def test_an_old_name_leads_into_a_family_of_the_same_file(roster: Roster) -> None:
    for told in RIVALS.values():
        for now in told.get("renamed", {}).values():
            found = roster.family_of(now)
            none_of_theirs = any(fnmatchcase(now, p) for p in told.get("not_ours", []))
            assert (found is None) == none_of_theirs, now
            assert found is None or found.id in {f["id"] for f in families(told)}


@pytest.mark.parametrize(
    ("artifact", "family"),
    [
        ("Qwen/Qwen2.5-7B", "qwen-2.5"),
        ("Qwen/Qwen2.5-VL-7B-Instruct", "qwen-2.5-vl"),
        ("Qwen/Qwen3-Coder-30B-A3B-Instruct", "qwen-3"),
        ("Qwen/Qwen3-Coder-Next", "qwen-3-next"),
        ("Qwen/Qwen3.8-27B", "qwen-3.8"),
        ("Qwen/QwQ-32B", "qwq"),
        ("google/gemma-2b", "gemma-1"),
        ("google/gemma-2-2b", "gemma-2"),
        ("google/gemma-3-4b-it", "gemma-3"),
        ("google/gemma-3n-E4B-it", "gemma-3n"),
        ("mistralai/Mistral-7B-v0.1", "mistral"),
        ("mistral-community/Mistral-7B-v0.2", "mistral"),
        ("mistralai/Mixtral-8x7B-v0.1", "mixtral"),
        ("mistralai/Mistral-Small-Instruct-2409", "mistral-small-2409"),
        ("mistralai/Mistral-Small-24B-Base-2501", "mistral-small"),
        ("deepseek-ai/DeepSeek-R1", "deepseek-r1"),
        ("microsoft/phi-4", "phi-4"),
        ("microsoft/Phi-3.5-mini-instruct", "phi-3.5"),
        ("openai/gpt-oss-20b", "gpt-oss"),
        ("openai-community/gpt2", "gpt-2"),
        ("upstage/SOLAR-10.7B-v1.0", "solar"),
        ("CohereForAI/c4ai-command-r7b-12-2024", "command-r7b"),
        ("THUDM/glm-4-9b", "glm-4"),
        ("nvidia/NVIDIA-Nemotron-3-Nano-30B-A3B-BF16", "nemotron-3"),
        ("ibm-granite/granite-3.1-8b-base", "granite-3"),
        ("allenai/OLMo-2-1124-7B", "olmo-2"),
        ("meta-models/Muse-Glimmer-30B", "muse-glimmer"),
    ],
)
def test_a_repository_is_of_its_family(roster: Roster, artifact: str, family: str) -> None:
    found = roster.family_of(artifact)
    assert found is not None
    assert found.id == family


@pytest.mark.parametrize(
    "artifact",
    [
        "deepseek-ai/DeepSeek-R1-Distill-Llama-8B",
        "deepseek-ai/DeepSeek-R1-Distill-Qwen-7B",
        "deepseek-ai/DeepSeek-R1-0528-Qwen3-8B",
        "nvidia/Llama-3.1-Nemotron-70B-Instruct-HF",
        "nvidia/Mistral-NeMo-Minitron-8B-Base",
        "nvidia/Nemotron-Orchestrator-8B",
        "nvidia/Qwen3.6-35B-A3B-NVFP4",
        "NousResearch/Hermes-3-Llama-3.1-8B",
        "allenai/Llama-3.1-Tulu-3-8B",
        "ibm/merlinite-7b",
        "microsoft/Orca-2-7b",
        "microsoft/Fara1.5-27B",
        "openbmb/MiniCPM-Llama3-V-2_5",
        "OpenGVLab/InternVL2-Llama3-76B",
        "hfl/chinese-llama-2-7b",
        "hfl/chinese-alpaca-2-7b",
        "stabilityai/StableBeluga2",
        "databricks/dolly-v2-12b",
        "tencent/UI-Mate-27B",
        "amd/gpt-oss-20b-BF16-w8a8-llmcompressor-v0.10.0.2",
    ],
)
def test_what_was_made_from_others_has_no_family_of_its_own(roster: Roster, artifact: str) -> None:
    assert roster.family_of(artifact) is None


@pytest.mark.parametrize(
    "artifact",
    [
        "TinyLlama/TinyLlama-1.1B-Chat-v1.0",
        "openlm-research/open_llama_7b",
        "HuggingFaceTB/SmolLM-135M",
        "HuggingFaceTB/SmolLM2-1.7B",
        "01-ai/Yi-6B",
        "deepseek-ai/deepseek-llm-7b-base",
        "BSC-LT/salamandra-7b",
        "tiiuae/Falcon3-7B-Base",
        "marin-community/marin-8b-base",
        "amd/AMD-Llama-135m",
    ],
)
def test_what_wears_llamas_shape_is_a_rival(roster: Roster, artifact: str) -> None:
    found = roster.family_of(artifact)
    assert found is not None
    assert not found.llama
