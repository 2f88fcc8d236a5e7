"""What texts mean that people and tools write where an id is wanted; and what means nothing."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.catalogue.model import DATASET_PREFIX
from graph.evidence import classify
from graph.evidence.record import MAX_ID, valid_id
from graph.evidence.reference import count, held_id, is_plain, keys, meant, read, texts

BASE = "meta-llama/Llama-3.1-8B"
INSTRUCT = "meta-llama/Llama-3.1-8B-Instruct"
INSTRUCT_3 = "meta-llama/Meta-Llama-3-8B-Instruct"


def held(text: str) -> list[str]:
    assert {one.relation.value for one in read(text)} <= {"renamed", "merge"}
    assert all(one.is_held and one.confidence == 1.0 for one in read(text)), read(text)
    return [one.id for one in read(text)]


def guessed(text: str) -> list[tuple[str, str]]:
    assert all(not one.is_held and 0.7 < one.confidence < 1 for one in read(text)), read(text)
    return [(one.id, one.relation.value) for one in read(text)]


@pytest.mark.parametrize(
    "text",
    ["acme/Foo-7B", BASE, "gpt2", "bert-base-uncased", "distilgpt2", "acme/a--b", "None", "model",
     "01-ai/Yi-34B", "datasets/acme/Data", "datasets/squad"],
)  # fmt: skip
def test_a_plain_id_means_itself(text: str) -> None:
    assert read(text) == ()
    assert meant(text) == (text,)
    assert keys(text) == {text.lower()}


@pytest.mark.parametrize(
    "form",
    [
        "{}/", " {} ", '"{}"', "'{}'", "`{}`", "**{}**", "“{}”", "<{}>",
        "https://huggingface.co/{}", "http://huggingface.co/{}/", "https://www.huggingface.co/{}",
        "huggingface.co/{}", "HuggingFace.co/{}", "hf.co/{}", "https://hf.co/{}", "//hf.co/{}",
        "https://hf-mirror.com/{}", "https://huggingface.co//{}", "https://huggingface.co/models/{}",
        "https://huggingface.co/api/models/{}", "<https://huggingface.co/{}>",
        "https://huggingface.co/{}/tree/main", "https://huggingface.co/{}/blob/main/LICENSE",
        "https://huggingface.co/{}/resolve/main/model.safetensors?download=true",
        "https://huggingface.co/{}/discussions/12", "https://huggingface.co/{}/raw/v1/README.md",
        "https://huggingface.co/{}?library=transformers", "https://huggingface.co/{}#usage",
        "https://huggingface.co/{}@main", "https://huggingface.co/{}.", "https://huggingface.co/{})",
        "hf://{}", "hf://models/{}", "hf:{}", "hf-hub:{}", "huggingface/{}", "models/{}",
        "{}@0e9e39f249a16976918f6564b8830bc894c89659", "{}@main", "{}@refs/pr/3", "{}:main",
        "hf.co/{}:Q4_K_M", "{}:Q4_K_M", "{}/tree/main", "{}/blob/main/config.json", "{} (base)",
        "[the base](https://huggingface.co/{})", "[Base](hf.co/{}/)", "base_model: {}", "id = {}",
        "https://huggingface.co/{} ", "Base: https://huggingface.co/{}",
        "see [Base](https://huggingface.co/{}) for more",
    ],
)  # fmt: skip
@pytest.mark.parametrize("artifact_id", [BASE, "acme/Foo-7B"])
def test_a_text_that_holds_an_id_means_it(form: str, artifact_id: str) -> None:
    if form == "id = {}":
        form = "model_id = {}"
    text = form.format(artifact_id)
    assert held(text) == [artifact_id]
    assert (held_id(text), meant(text)) == (artifact_id, (artifact_id,))
    assert keys(text) == keys(artifact_id)


@pytest.mark.parametrize(
    "text",
    ["https://huggingface.co/acme%2FFoo-7B", "meta-llama/Llama-3.1-8B/original",
     "Fine-tuned from meta-llama/Llama-3.1-8B with LoRA", "meta-llama/llama-3.1-8b (in 4 bit)"],
)  # fmt: skip
def test_what_the_rosters_know_is_found_within_a_folder_and_within_words(text: str) -> None:
    assert [one.lower() for one in held(text)] in (["acme/foo-7b"], [BASE.lower()])


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("{}, {}", 2), ("{},{}", 2), ("{} and {}", 2), ("{} + {}", 2), ("{}+{}", 2), ("{}|{}", 2),
        ("{}; {}", 2), ("{} & {}", 2), ("{} -> {}", 2), ("https://hf.co/{} https://hf.co/{}", 2),
        ("{} und https://huggingface.co/{}/tree/main", 2), ("{} (base), {} (LoRA)", 2),
        ("{0}, {0}/, {1}", 2), ("{}, {}, acme/Baz", 3),
    ],
)  # fmt: skip
def test_a_text_of_several_is_their_merge(text: str, ids: int) -> None:
    text = text.format(BASE, "acme/Foo-7B")
    assert held(text) == [BASE, "acme/Foo-7B", "acme/Baz"][:ids]
    assert {one.relation.value for one in read(text)} == {"merge"}
    assert (held_id(text), count([text, BASE])) == (None, ids)


@pytest.mark.parametrize(
    ("text", "artifact_id"),
    [
        ("/nfs/huggingfacehub/Meta-Llama-3.1-8B/", BASE),
        ("D:\\models\\Llama-2-7b-hf", "meta-llama/Llama-2-7b-hf"),
        ("./models/Llama-2-7b-chat-hf", "meta-llama/Llama-2-7b-chat-hf"),
        ("models/Llama-3.1-8B", BASE),
        ("../Llama-3.1-8B-Instruct", INSTRUCT),
        ("/home/me/transformers/Llama-3.1-8B-Instruct", INSTRUCT),
        ("/models/unsloth/Llama-3.1-Storm-8B", "unsloth/Llama-3.1-Storm-8B"),
        ("~/llm/llama-3.1-8b-instruct", INSTRUCT),
        ("/scratch/llama/hf/Meta-Llama-3-8B-Instruct/original", INSTRUCT_3),
        ("C:/My Models/Meta-Llama-3-8B-Instruct", INSTRUCT_3),
        ("file:///data/Llama-3.1-8B", BASE),
        ("https://huggingface.co//data/Llama-3.1-8B", BASE),  # as the Trainer's cards link a path
        ("s3://bucket/models/Llama-2-7b-hf/", "meta-llama/Llama-2-7b-hf"),
        ("azureml://registries/meta/models/Meta-Llama-3-8B-Instruct/versions/1", INSTRUCT_3),
        ("/mnt/models/meta-llama/Llama-3.1-8B", BASE),
        ("/models/meta-llama_Meta-Llama-3-8B-Instruct", INSTRUCT_3),
        ("/kaggle/input/llama-3/transformers/8b-chat-hf/1", INSTRUCT_3),
        ("/kaggle/input/llama-3.1/transformers/8b-instruct/2", INSTRUCT),
        ("metaresearch/llama-3.1/Transformers/8b-instruct/2", INSTRUCT),
        ("metaresearch/llama-3.2/PyTorch/3b-instruct", "meta-llama/Llama-3.2-3B-Instruct"),
        ("https://www.kaggle.com/models/metaresearch/llama-3.1/Transformers/8b/1", BASE),
        ("/kaggle/input/models/x/llama-3.1-8b-instruct/transformers/default/1", INSTRUCT),
        ("/root/.cache/kagglehub/models/metaresearch/llama-3.2/transformers/1b/1",
         "meta-llama/Llama-3.2-1B"),
        ("/x/models--meta-llama--Llama-3.1-8B/snapshots/0e9e39f/", BASE),
        ("models--acme--Foo-7B", "acme/Foo-7B"),
        ("C:\\hub\\models--acme--Foo\\snapshots\\abc", "acme/Foo"),
        ("llama3.1:8b", INSTRUCT),
        ("llama3.1:8b-instruct-q4_0", INSTRUCT),
        ("llama3.1:8b-text-q4_K_M", BASE),
        ("ollama/llama3.2:3b", "meta-llama/Llama-3.2-3B-Instruct"),
        ("https://ollama.com/library/llama3.1:8b", INSTRUCT),
        ("codellama:7b-instruct", "codellama/CodeLlama-7b-Instruct-hf"),
        ("Meta Llama 3.1 8B Instruct", INSTRUCT),
        ("Meta's Llama 3.1 8B Instruct", INSTRUCT),
        ("Llama 3.1 8B Instruct by Meta", INSTRUCT),
        ("llama3.2-vision:11b", "meta-llama/Llama-3.2-11B-Vision-Instruct"),
        ("codellama:13b-code", "codellama/CodeLlama-13b-hf"),
        ("/root/.cache/modelscope/hub/LLM-Research/Meta-Llama-3___1-8B-Instruct", INSTRUCT),
        ("LLaMA 2 13B chat", "meta-llama/Llama-2-13b-chat"),
        ("Meta-Llama-3-8B-Instruct", INSTRUCT_3),
        ("llama-2-7b-hf", "meta-llama/Llama-2-7b-hf"),
        ("Mistral-7B-v0.1", "mistralai/Mistral-7B-v0.1"),
        ("Qwen 2.5 7B", "Qwen/Qwen2.5-7B"),
        ("/models/Qwen2.5-7B-Instruct", "Qwen/Qwen2.5-7B-Instruct"),
    ],
)  # fmt: skip
def test_a_text_that_looks_like_a_repository_may_be_a_copy_of_it(
    text: str, artifact_id: str
) -> None:
    assert guessed(text) == [(artifact_id, "mirror")]
    assert held_id(text) is None
    assert keys(text) == keys(artifact_id)


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("/out/Llama-3.1-8B/checkpoint-500", "finetune"),
        ("/models/Llama-3.1-8B.Q4_K_M.gguf", "quantized"),
        ("Llama-3.1-8B-GPTQ", "quantized"),
        ("Llama-3.1-8B-bnb-4bit", "quantized"),
        ("/models/llama-3.1-8b.ggmlv3.q4_0.bin", "quantized"),
        ("/models/Llama-3.1-8B/snapshots/0e9e39f", "mirror"),
        ("/models/Llama-3.1-8B/pytorch_model.bin", "mirror"),
    ],
)
def test_a_file_or_a_checkpoint_below_a_name_is_what_it_is(text: str, relation: str) -> None:
    assert guessed(text) == [(BASE, relation)]


def test_several_names_without_owners_are_guessed_each() -> None:
    told = [(INSTRUCT_3, "merge"), ("mistralai/Mistral-7B-v0.1", "merge")]
    assert guessed("Meta-Llama-3-8B-Instruct and Mistral-7B-v0.1") == told


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "/", "./output", "/run/model", "output/checkpoint-500", "results/sft", "a/b/c",
        "https://example.com/acme/Foo-7B", "https://github.com/acme/Foo-7B", "acme/", "/acme",
        "https://huggingface.co", "https://huggingface.co/", "https://huggingface.co/meta-llama",
        "https://huggingface.co/papers/2307.09288", "https://huggingface.co/docs/transformers/llama",
        "https://huggingface.co/datasets/acme/Llama-3.1-8B", "https://huggingface.co/spaces/a/b",
        "https://huggingface.co/collections/meta-llama/llama-31-669fc079a0c406a149a5738f",
        "https://huggingface.co/blog/llama31", "https://notthehuggingface.co/acme/Foo",
        "https://huggingface.co.evil.org/acme/Foo", "https://cdn-lfs.huggingface.co/a/b-7B",
        "hf.co.uk/acme/Foo-7B",
        "not meta-llama/Llama-3.1-8B", "trained from scratch, unlike Llama 3.1 8B Instruct",
        "meta-llama/Llama-3.1-8B-Instruct (Merge)", "acme/Foo (Merge)", "and/or", "N/A", "I/O",
        "Llama 3.1 70B", "Llama 3", "llama3.1:latest", "tinyllama:1.1b", "LLaMA-7B", "my-llama-8b",
        "/data/llama-3-8b-finetuned", "Llama-3.1-8B-Instruct-sft", "Llama-3-8B-中文",
        "/home/me/llama.cpp/out", "/data/nvidia/my-llama-run",
        "https://github.com/hiyouga/LLaMA-Factory", "models/llama/7B",
        "outputs/run/checkpoints/last/pretrained_model", "https://example.com/acme/Foo?x=y",
    ],
)  # fmt: skip
def test_what_means_no_one_repository_means_none(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("/data/llama-3-finetuned/", "llama-3"), ("Llama 3.1 70B", "llama-3.1"),
        ("llama3.1:latest", "llama-3.1"), ("./out/my-llama-experiment/", "llama"),
        ("/models/acme/Llama-3.2-3B-sft/final", "llama-3.2"),
        ("https://github.com/meta-llama/llama3", "llama-3"), ("models/llama/7B", None),
        ("tinyllama:1.1b", None), ("/run/model", None), ("acme/Llama-3.1-8B (Merge)", None),
        ("https://huggingface.co/datasets/acme/llama-3-data", None), (f"{BASE}/", None),
        ("anything but Llama 3, not Llama", None), ("datasets/llama-3/x/y", None), ("", None),
    ],
)  # fmt: skip
def test_words_that_name_no_one_repository_may_speak_of_a_family(
    text: str, family: str | None
) -> None:
    found = classify.of_id(text)
    if text == "models/llama/7B":
        assert found is not None
        assert found.family in {"llama", "llama-1"}
    elif family is None:
        assert found is None or found.odds < 0
    else:
        assert found is not None
        assert (found.family, found.odds > 0) == (family, True)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("https://huggingface.co/datasets/acme/Data", ["acme/Data"]),
        ("huggingface.co/datasets/squad", ["squad"]),
        ("hf://datasets/acme/Data/train.csv", ["acme/Data"]),
        ("acme/Data/", ["acme/Data"]), ("acme/Data@main", ["acme/Data"]),
        ("[Data](https://huggingface.co/datasets/acme/Data)", ["acme/Data"]),
        ("acme/One, acme/Two", ["acme/One", "acme/Two"]),
        ("https://huggingface.co/acme/Model", []), ("/data/Llama-3.1-8B", []),
        ("Llama 3.1 8B Instruct", []), ("a few books", []),
    ],
)  # fmt: skip
def test_a_data_sets_text_means_data_sets(text: str, ids: list[str]) -> None:
    assert held(DATASET_PREFIX + text) == [DATASET_PREFIX + one for one in ids]
    assert {one.relation.value for one in read(DATASET_PREFIX + text)} <= {"renamed"}


def test_the_texts_of_a_field_are_its_lines_lists_and_names() -> None:
    assert texts("a/b\n c/d ", 9) == ["a/b", "c/d"]
    assert texts(["a/b", ["c/d"], {"name": "e/f", "revision": "main"}, 3, None], 9) == [
        "a/b", "c/d", "e/f",
    ]  # fmt: skip
    many = ", ".join(f"acme/Model-Number-{n}" for n in range(20))
    assert len(many) > MAX_ID
    assert len(texts(many, 99)) == 20
    assert texts("x" * 300, 9) == texts({"size": 3}, 9) == texts("None", 9) == []


REFERENCE_BITS = st.sampled_from(
    ["https://", "huggingface.co/", "hf.co/", "datasets/", "models/", "acme/", "Llama-3.1-8B",
     "Llama 3.1 8B", "/", "\\", ":", "@", "+", ",", " and ", " ", "[", "](", ")", "--", ".gguf",
     "transformers", "checkpoint-1", "llama3", ":8b", "?", "#", "%2F", "\n", "C:", "x"]
)  # fmt: skip


@given(st.text(max_size=MAX_ID) | st.lists(REFERENCE_BITS | st.text(max_size=3)).map("".join))
def test_any_text_means_valid_ids_or_nothing(text: str) -> None:
    for one in (*read(text), *read(DATASET_PREFIX + text)):
        assert valid_id(one.id.removeprefix(DATASET_PREFIX))
        assert one.id not in {text, DATASET_PREFIX + text}
        assert 0.5 < one.confidence <= 1
        assert one.is_held is (one.confidence == 1)
    if is_plain(text):
        assert valid_id(text)
    assert keys(text)
    classify.of_id(text)


@pytest.mark.parametrize(
    "bit",
    ["a", "/", "a/", "a/b,", "a/b and ", "--", "_", "[", "[a](", "(", ":", "@", "..", " ", "-",
     "hf.co/", "llama", "models--a--b/", "https://hf.co/a/b ", "Llama 3 8B, ", "1", "step-1/"],
)  # fmt: skip
def test_the_longest_text_of_any_kind_takes_milliseconds(bit: str) -> None:
    read.cache_clear()
    began = time.process_time()
    for text in (bit * 2000, bit * (MAX_ID // len(bit)), f"x/{bit * 120}", f"{bit * 120}/x y"):
        read(text)
        classify.of_id(text)
    assert time.process_time() - began < 1
