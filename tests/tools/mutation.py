"""Texts cut, doubled, swapped and sprinkled, as fuzzers do: the same for the same seed."""

from __future__ import annotations

import random

from tests.tools.holding import CLAUSES

PIECES = [
    "\x00", "\ufeff", "---\n", "\\u", "\\ud800", "](", "<a ", "&quot;", "\r\n", "\u202e", "é",
    '"' * 40, "(" * 60, "-\n", "\n" * 30, " " * 80, "\U0001f999", "license: [", "Llama 3", "*" * 50,
    "built with ", "is licensed under ", '"a" means ', "![](", "\n> ", "https://", "\t\r\n",
]  # fmt: skip
CARD = (
    f'---\nlicense: llama3.1\nextra_gated_prompt: "{CLAUSES[:900]}"\n---\n# A\nBuilt with Llama\n'
)
LONGEST = 40_000  # characters; longer than nearly all real cards


def mutated(text: str, rng: random.Random, longest: int = LONGEST) -> str:
    """Cut, double, swap and sprinkle a text, a few times over."""
    for _ in range(rng.randint(1, 6)):
        a, b = sorted(rng.randrange(len(text) + 1) for _ in range(2))
        match rng.randrange(5):
            case 0:
                text = text[:a] + text[b:]
            case 1:
                text = text[:a] + rng.choice(PIECES) * rng.randint(1, 9) + text[a:]
            case 2:
                text = text[:b] + text[a : min(b, a + 5_000)] + text[b:]
            case 3:
                text = text[:a] + text[a:b].swapcase() + text[b:]
            case _:
                text = text[b:] + text[:b]
    return text[:longest]


def flooded(text: str, rng: random.Random, longest: int) -> str:
    """Repeat one piece until a text is as long as can be, at its beginning, middle or end."""
    piece = rng.choice(PIECES) + rng.choice(PIECES)
    at = rng.choice((0, len(text) // 2, len(text)))
    flood = piece * (1 + (longest - len(text)) // len(piece))
    return (text[:at] + flood + text[at:])[:longest]
