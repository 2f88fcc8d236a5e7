"""Generated cards and licence files, as long and as telling as the real ones.

Each text is its artifact's own, so that nothing is saved by comparing by content.
"""

from __future__ import annotations

import random
from functools import cache

from graph.catalogue import licences as library
from tests.bench import shares

_SUBJECTS = ("The model", "This checkpoint", "The adapter", "Our run", "Llama", "The tokenizer")
_VERBS = ("was trained on", "answers", "improves over", "was evaluated with", "keeps", "follows")
_OBJECTS = (
    "long conversations in **twelve** languages", "the `transformers` library, version 4.43",
    "a mixture of [public data](https://example.org/data) and synthetic instructions",
    "questions about code & mathematics", "2 epochs at a learning rate of 2e-5, batch size 64",
    "| MMLU | 68.4 | 66.1 |", "the chat template shown below", "7B parameters in bfloat16",
)  # fmt: skip
_PROSE = 120_000


@cache
def _prose() -> str:
    """Return a long run of sentences, from which each card takes another part."""
    rng = random.Random(1)  # noqa: S311 - words, no secrets
    parts: list[str] = []
    length = 0
    while length < _PROSE:
        told = f"{rng.choice(_SUBJECTS)} {rng.choice(_VERBS)} {rng.choice(_OBJECTS)}."
        parts.append(told + ("\n\n## Use\n\n" if rng.random() < 0.1 else "\n"))
        length += len(parts[-1])
    return "".join(parts)


@cache
def _agreement() -> str:
    """Return the clauses that are quoted with Llama 3.1, four times over: as long as its text."""
    duties = library.load().licences["llama3.1"].obligations.values()
    return "LLAMA 3.1 COMMUNITY LICENSE AGREEMENT\n\n" + "\n\n".join(d.quote for d in duties) * 4


def files(artifact_id: str, licences: tuple[str, ...], seed: int) -> dict[str, str]:
    """Return the small files of an artifact: its card, sometimes a licence file."""
    rng = random.Random(seed)  # noqa: S311 - words, no secrets
    found = {"README.md": _card(artifact_id, licences, rng)}
    if rng.random() < shares.LICENCE_FILE:
        found["LICENSE"] = f"{_agreement()}\n\nFor {artifact_id}."
    return found


def _card(artifact_id: str, licences: tuple[str, ...], rng: random.Random) -> str:
    tag = licences[0] if licences else "unknown"
    gated = rng.random() < shares.GATED
    prompt = f'extra_gated_prompt: "{_agreement()}"\n' if gated else ""
    shown = "Built with Llama\n\n" if rng.random() < shares.BUILT_WITH else ""
    at = rng.randrange(_PROSE // 4)
    prose = _prose()[at : at + _length(rng)]
    return f"---\nlicense: {tag}\n{prompt}---\n# {artifact_id}\n\n{shown}{prose}"


def _length(rng: random.Random) -> int:
    """Draw a length between two neighbouring deciles of the real ones."""
    decile = rng.randrange(len(shares.CARD_LENGTHS) - 1)
    return rng.randint(*shares.CARD_LENGTHS[decile : decile + 2])
