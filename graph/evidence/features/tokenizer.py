"""The tokenizer's own tokens, as the config in a list or a GGUF's head gives them.

An adapter's repository mostly holds its base's tokenizer, which special tokens may mark. Others
take a tokenizer over too, so the feature is one among others.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from graph.catalogue.roster import Family, load
from graph.evidence.inference import Feature
from graph.evidence.json_files import config_of, inner
from graph.evidence.record import HubRecord

ORDER = 70
MAX_TEMPLATE = 1 << 16  # characters of a chat template that are searched; Llama's have 4,000


def features(record: HubRecord) -> Iterator[Feature]:
    """Yield a feature where the tokens are those of a Llama."""
    for field, told in (
        ("config.tokenizer_config", inner(config_of(record), "tokenizer_config")),
        ("gguf", inner(record.raw, "gguf")),
    ):
        if not told:
            continue
        template, begin = _text(told.get("chat_template")), _token(told.get("bos_token"))
        families = _by_template(template) or [f for f in _marked() if begin == f.tokenizer.begin]
        if families:
            value, narrowed = _narrowed(template, families)
            yield Feature("tokenizer-llama", field, value, tuple(f.id for f in narrowed))
            return


@cache
def _marked() -> list[Family]:
    """Return the families whose tokens are known."""
    return [f for f in load().llama_families() if f.tokenizer.begin or f.tokenizer.template]


def _by_template(template: str) -> list[Family]:
    known = [f for f in _marked() if f.tokenizer.template]
    return [f for f in known if all(word in template for word in f.tokenizer.template)]


def _narrowed(template: str, families: list[Family]) -> tuple[str, list[Family]]:
    """Return the telling word that a template holds with its families, else all by their mark."""
    for word in dict.fromkeys(word for f in families for word in f.tokenizer.telling):
        if word in template:
            return word, [f for f in families if word in f.tokenizer.telling]
    mark = families[0].tokenizer
    return mark.begin or mark.template[0], families


def _text(told: object) -> str:
    """Return a chat template; a tokenizer with several gives a list of named ones."""
    if isinstance(told, list):
        told = next((t.get("template") for t in told if isinstance(t, dict)), None)
    return told[:MAX_TEMPLATE] if isinstance(told, str) else ""


def _token(told: object) -> object:
    """Return a token's text; older files wrap it in an object."""
    return told.get("content") if isinstance(told, dict) else told
