"""The tokenizer's own tokens, as the config in a list or a GGUF's head gives them.

An adapter's repository mostly holds its base's tokenizer, and Llama 3's is marked by its special
tokens. Others took it over too, so the clue is one among others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graph.evidence.features.architecture import config_of
from graph.evidence.inference import Clue
from graph.evidence.record import HubRecord

MAX_TEMPLATE = 1 << 16  # characters of a chat template that are searched; Llama's have 4,000
BEGIN = "<|begin_of_text|>"
THIRD = ("llama-3", "llama-3.1", "llama-3.2", "llama-3.3")
LATER = ("llama-3.1", "llama-3.2", "llama-3.3")
# What the official templates write into every dialogue from 3.1 on, and for Llama 4.
_LATER_WORDS = ("Cutting Knowledge Date: December 2023", "<|python_tag|>", "<|eom_id|>")
_FOURTH_WORDS = ("<|header_start|>", "<|header_end|>")
_THIRD_WORDS = ("<|start_header_id|>", "<|eot_id|>")


def clues(record: HubRecord) -> Iterator[Clue]:
    """Yield a clue where the tokens are those of a Llama 3 or 4."""
    for field, told in _told(record):
        template, begin = _text(told.get("chat_template")), _token(told.get("bos_token"))
        if all(word in template for word in _FOURTH_WORDS):
            yield Clue("tokenizer-llama", field, _FOURTH_WORDS[0], ("llama-4",))
            return
        if begin == BEGIN or all(word in template for word in _THIRD_WORDS):
            later = next((word for word in _LATER_WORDS if word in template), None)
            yield Clue("tokenizer-llama", field, later or BEGIN, LATER if later else THIRD)
            return


def _told(record: HubRecord) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield what is told of a tokenizer, with the field that tells it."""
    for field, told in (
        ("config.tokenizer_config", config_of(record).get("tokenizer_config")),
        ("gguf", record.raw.get("gguf")),
    ):
        if isinstance(told, dict):
            yield field, told


def _text(told: object) -> str:
    """Return a chat template; a tokenizer with several gives a list of named ones."""
    if isinstance(told, list):
        told = next((t.get("template") for t in told if isinstance(t, dict)), None)
    return told[:MAX_TEMPLATE] if isinstance(told, str) else ""


def _token(told: object) -> object:
    """Return a token's text; older files wrap it in an object."""
    return told.get("content") if isinstance(told, dict) else told
