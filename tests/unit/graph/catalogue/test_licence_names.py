"""How people name a licence and where they link: the forms of each version, and what tells none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.catalogue.licences import load

MODELS = "github.com/meta-llama/llama-models"
HUB = "huggingface.co/meta-llama"


@pytest.mark.parametrize(
    ("link", "licence"),
    [
        ("developer.meta.com/ai/llama2/license", "llama2"),
        ("developer.meta.com/ai/llama3/license", "llama3"),
        ("developer.meta.com/ai/llama3_1/license", "llama3.1"),
        ("developer.meta.com/ai/llama4/license", "llama4"),
        ("ai.meta.com/llama/license", "llama2"),
        ("ai.meta.com/resources/models-and-libraries/llama-downloads", "llama2"),
        ("llama.meta.com/llama2/license", "llama2"),
        ("llama.meta.com/llama3/license", "llama3"),
        ("llama.meta.com/llama3_1/license", "llama3.1"),
        ("llama.com/llama3_2/license", "llama3.2"),
        ("llama.com/llama3_3/license", "llama3.3"),
        (f"{MODELS}/blob/main/models/llama3_1/LICENSE", "llama3.1"),
        (f"{MODELS}/raw/main/models/llama2/LICENSE", "llama2"),
        (f"{MODELS}/raw/refs/heads/main/models/llama3_3/LICENSE", "llama3.3"),
        (f"{MODELS}/blob/a9c89c471f79/models/llama4/LICENSE", "llama4"),
        (
            "raw.githubusercontent.com/meta-llama/llama-models/main/models/llama3_2/LICENSE",
            "llama3.2",
        ),
        ("github.com/facebookresearch/llama/blob/main/LICENSE", "llama2"),
        ("github.com/facebookresearch/llama/raw/main/LICENSE", "llama2"),
        ("github.com/meta-llama/llama/blob/8fac8befd776/LICENSE", "llama2"),
        ("raw.githubusercontent.com/facebookresearch/llama/main/LICENSE", "llama2"),
        ("raw.githubusercontent.com/facebookresearch/llama/refs/heads/main/LICENSE", "llama2"),
        ("github.com/meta-llama/llama3/blob/main/LICENSE", "llama3"),
        (f"{HUB}/Llama-2-7b-chat-hf/blob/main/LICENSE.txt", "llama2"),
        (f"{HUB}/Meta-Llama-3-8B/blob/main/LICENSE", "llama3"),
        (f"{HUB}/Meta-Llama-3.1-8B/resolve/main/LICENSE", "llama3.1"),
        (f"{HUB}/Llama-3.2-1B/raw/main/LICENSE.txt", "llama3.2"),
        (f"{HUB}/Llama-4-Scout-17B-16E/blob/main/LICENSE", "llama4"),
        ("huggingface.co/NousResearch/Meta-Llama-3-8B/blob/main/LICENSE", "llama3"),
        ("huggingface.co/codellama/CodeLlama-7b-hf/blob/main/LICENSE", "codellama"),
        ("web.archive.org/web/2024/https://llama.meta.com/llama3/license", "llama3"),
    ],
)
@pytest.mark.parametrize("before", ["https://", "http://", "https://www.", ""])
@pytest.mark.parametrize("after", ["", "/", "#license", "/?utm_source=x", "?download=true"])
def test_a_link_to_a_versions_licence_is_known(
    link: str, licence: str, before: str, after: str
) -> None:
    assert load().by_link(before + link + after) == licence
    assert load().by_link((before + link + after).upper()) == licence


@pytest.mark.parametrize(
    "link",
    [
        "https://llama.meta.com/license/",
        "https://www.llama.com/license",
        "https://www.llama.com",
        "https://www.llama.com/llama-downloads",
        "https://ai.meta.com/llama/",
        "LICENSE",
        "LICENSE.md",
        f"https://{MODELS}/blob/main/models/llama3_2/USE_POLICY.md",
        f"https://{MODELS}",
        f"https://{HUB}/Llama-3.2-1B/blob/main/USE_POLICY.md",
        "https://ai.meta.com/llama/use-policy/",
        "https://llama.meta.com/llama3/use-policy",
        "https://www.llama.com/llama3_1/use-policy/",
        "https://github.com/facebookresearch/llama/blob/llama_v1/LICENSE",
        "https://acme.org/license",
        "https://github.com/facebookresearch/llama/blob/main/MODEL_CARD.md",
        "https://huggingface.co/acme/My-Model/blob/main/LICENSE",
        "https://llama.com/llama9_1/license",
        "https://ollama.com/library/llama3.1/blobs/0ba8f0e314b4",
        "",
    ],
)
def test_a_link_that_tells_no_version_names_no_licence(link: str) -> None:
    assert load().by_link(link) is None


@pytest.mark.parametrize(
    ("name", "licence"),
    [
        ("META LLAMA 3 COMMUNITY LICENSE AGREEMENT", "llama3"),
        ("llama-3-community-license", "llama3"),
        ("Llama3.1 Community License", "llama3.1"),
        ("llama3_1", "llama3.1"),
        ("llama31", "llama3.1"),
        ("meta-llama-3.1", "llama3.1"),
        ("Llama 2 Community License Agreement", "llama2"),
        ("LLAMA2", "llama2"),
        ("Llama v2", "llama2"),
        ("llama-2-custom", "llama2"),
        ("Meta's Llama 3 license", "llama3"),
        ("Llama-3_1", "llama3.1"),
        ("llama-3.0", "llama3"),
        ("Meta Llama 3.1 Community License Agreement (July 23, 2024)", "llama3.1"),
        ("llama3.1-license-2024", "llama3.1"),
        ("Llama 4 Community License Agreement", "llama4"),
        ("The Llama 3.2 Community Licence", "llama3.2"),
        ("llama-3.2-1b-instruct license", "llama3.2"),
        ("llama3.3-community", "llama3.3"),
        ("Llama 3 Community License v1.0", None),
        ("llama community license", None),
        ("llama", None),
        ("Llama 3.1 and MIT", None),
        ("Llama-3.1-Nemotron", None),
        ("llama 13b", None),
        ("llama-70b", None),
        ("Llama 3.10", None),
        ("TinyLlama 1.1", None),
        ("Llama Guard 3 license", None),
        ("Llama 9", None),
    ],
)
def test_a_name_is_known_in_any_spelling(name: str, licence: str | None) -> None:
    assert load().by_name(name) == licence
    assert load().by_name(f"  {name.lower()} ") == licence


@given(st.text(max_size=300))
def test_any_text_is_looked_up_without_error(text: str) -> None:
    assert load().by_link(text) in {None, *load().licences}
    load().by_name(text)
