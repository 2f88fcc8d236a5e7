"""What a card's sentences say of where this model comes from, and whether they speak of it.

A statement counts where its subject is this model ("this model", "it", its name, or none), not
another model, a part of it, or what a reader may do; and where it is not denied or compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from graph.catalogue.model import DATASET_PREFIX, Relation
from graph.catalogue.naming import Role, resolve
from graph.evidence.mentions import Mention, mentions
from graph.evidence.prose import CLOSE, OPEN, Sentence, sentences
from graph.evidence.record import HubRecord

_GAP = r"\W{1,4}"
_KIND = r"(?:version|variant|copy|checkpoint|model|weights|build|conversion)"
_OF = rf"(?:(?:\w+{_GAP}){{0,2}}?{_KIND}{_GAP})?"
_FORMAT = r"(?:gguf|ggml|awq|gptq|exl[23]|mlx|int[48]|fp8|nf4|bnb|[48][- ]bits?)"
_ADAPTER = (
    r"\b(?:q?lora|peft|dora)\b\W{1,4}(?:(?:adapters?|weights|fine-?tune|model|module)\W{1,4}){0,2}"
    r"(?:for|of|on top of|trained on(?: top of)?)\s|\badapters? (?:for|on top of)\s"
)
_QUANTIZED = (
    rf"\b(?:quanti[sz](?:ed|ations?)|quants?|{_FORMAT})\b{_GAP}"
    rf"(?:(?:and|/|{_FORMAT}|quanti[sz]\w{{1,6}}){_GAP}){{0,3}}{_OF}(?:of|from|for)\s"
    rf"|\b(?:converted|quanti[sz]ed) (?:to|into) (?:the )?{_FORMAT}(?: format)? (?:format )?from\s"
)
_MERGE = r"\bmerged?\b\W(?:\w+\W){0,3}?(?:of|between|from)\s|\bmerging\s"
_DISTILLED = r"\bdistil(?:led|lation)\b\W(?:(?:version|variant|model)\W)?(?:from|of)\s"
_FROM = (
    rf"\bfine-?\s?tun(?:e|ed|ing)\b{_GAP}(?:(?:it|this) )?{_OF}"
    r"(?:of|from|on top of|over|on|based (?:up)?on)\b"
    r"(?: (?:the )?(?:base )?model\b)?"
    r"|\b(?:derived|trained|retrained|pre-?trained) from\b|\bderivative of\b"
    r"|\bbased (?:up)?on\b|\bbuil[td] (?:up)?on(?: top of)?\b|\bon top of\b"
    r"|\binitiali[sz]ed (?:from|with)\b"
    r"|\b(?:continued|further|continual)(?:ly)? (?:pre-?)?train(?:ed|ing) (?:of|from|on)\b"
)
VERBS: tuple[tuple[Relation | None, re.Pattern[str]], ...] = (
    (Relation.ADAPTER, re.compile(_ADAPTER)),
    (Relation.QUANTIZED, re.compile(_QUANTIZED)),
    (Relation.MERGE, re.compile(_MERGE)),
    (Relation.DISTILLED, re.compile(_DISTILLED)),
    (None, re.compile(_FROM)),
    (None, re.compile(r"^(?:base|parent) models?\s?(?::|=|is\b)")),
)
TRIGGERS = (
    "lora", "peft", "adapter", "quant", "gguf", "ggml", "awq", "gptq", "exl", "convert", "merg",
    "distil", "tun", "derived", "trained from", "derivative", "based on", "based upon", "built on",
    "built upon", "build on", "on top of", "initiali", "base model", "parent model", "train",
)  # fmt: skip

_SELF = re.compile(
    r"\W{0,6}(?:(?:in )?(?:this|the) (?:repo(?:sitory)?|model|checkpoint|adapter|lora|merge|release"
    r"|llm|quant|fine-?tune)(?! card|'s|’s)\b|it(?:['’]s)?\b|we\b|our models?\b|this is\b"
    r"|these (?:models|weights)\b|model weights\b)"
)
_NOMINAL = re.compile(r"\W{0,4}(?:an?|the)\s")
_LABEL = re.compile(r"[\w \-/]{2,40}\s?:")
_PART = re.compile(
    r"\b(?:tokeni[sz]er|architecture|code|codebase|encoder|tower|vae|card|datasets?|data|template"
    r"|framework|scripts?|recipe|implementation|method|approach|pipeline|evaluation|scores?|image"
    r"|license|licence|network|prompts?|agent|products?|adapter modules?|demo|apps?|paper|work"
    r"|readme|vocabulary|embeddings?)\b[^.]{0,40}$"
)
_DENIED = re.compile(
    r"\b(?:not|never|no|nor|cannot|without|unlike|rather than|instead of|neither|than|versus|vs|if"
    r"|how to|please|you|your|users?|similar|inspired|(?:can|could|may|might|should|must|to|will"
    r"|would) be)\b|n['’]t\b|\b(?:compar|outperform|surpass|benchmark)"
)
_QUANTISED = re.compile(
    r"(?<![a-z0-9])(?:gguf|ggml|awq|gptq|exl[23]|mlx|bnb|[248]-?bit|int[48]|fp8|nf4|nvfp4|imatrix"
    r"|quant\w*)(?![a-z])"
)
# What prose may leave away of a name; in a parent's name less, for variants tell models apart.
_DROPPED = re.compile(r"v?\d+(?:\.\d+)*[bm]?|[a-z]|preview|hf", re.IGNORECASE)
_VARIANT = re.compile(
    _DROPPED.pattern + r"|instruct|chat|base|it|sft|dpo|generation|alpha|beta|mot", re.IGNORECASE
)
_MODELS = re.compile(
    r"\b(?:models|checkpoints|versions|variants|derivatives|adapters|finetunes|llms|merges)\b"
)
_OUR_MODELS = re.compile(r"\W{0,6}(?:our|these|the) (?:models|checkpoints|adapters)\b")


@dataclass(frozen=True, slots=True)
class Statement:
    """That this model comes from the mentioned one; the relation is None where no word tells it."""

    relation: Relation | None
    mention: Mention
    sentence: Sentence


def statements(record: HubRecord) -> Iterator[Statement]:
    """Yield what a model's card says of its origin, in order."""
    card = record.files.get("README.md", "")
    quantised = _QUANTISED.search(record.name.lower()) is not None
    for sentence in sentences(card, TRIGGERS):
        for relation, found in _verbs(sentence.text.lower()):
            if quantised and relation is not Relation.QUANTIZED:
                continue  # a copy's card repeats what the original's says of itself
            if not speaks_of(record.name, sentence.text, found):
                continue
            for mention in mentions(sentence.text[found.end() :]):
                if names(record.name, mention.words, _DROPPED):
                    break  # "a GGUF of this one is here"
                if mention.named.role is not Role.SOURCE and not _is_data(mention):
                    yield Statement(relation, mention, sentence)


def _verbs(low: str) -> Iterator[tuple[Relation | None, re.Match[str]]]:
    """Yield the verbs of derivation in a sentence; of two that overlap, the more telling one."""
    taken: list[tuple[int, int]] = []
    for relation, pattern in VERBS:
        for found in pattern.finditer(low):
            if all(found.end() <= a or found.start() >= b for a, b in taken):
                taken.append(found.span())
                yield relation, found


def _is_data(mention: Mention) -> bool:
    return mention.id is not None and mention.id.startswith(DATASET_PREFIX)


def speaks_of(name: str, text: str, found: re.Match[str]) -> bool:
    """Tell whether a sentence says its verb of the model of this name, and means it."""
    before, after = text[: found.start()], text[found.end() :]
    low = before.lower()
    if _DENIED.search(low) or _PART.search(low[-60:]):
        return False
    named = names(name, before)
    if not named and _another(name, before):
        return False
    if _MODELS.search(low) and not _OUR_MODELS.match(low):
        return False
    label = _LABEL.match(before)
    rest = low[label.end() :] if label else low
    if named or _SELF.match(rest) or _SELF.match(low):
        return True
    if not re.search(r"\w", rest) or re.fullmatch(
        r"\W*(?:additionally|is|was|further|full|a|an|the)\W*", rest
    ):
        return _names_no_other(name, after)
    return _NOMINAL.match(rest) is not None and not re.search(
        r"\b(?:is|are|was|were|has|have|uses?)\b", rest
    )


def names(name: str, text: str, dropped: re.Pattern[str] = _VARIANT) -> bool:
    """Tell whether a text names the model of this name; what ``dropped`` fits may be left away.

    "DeepSeek-R1-Distill-Llama-8B" does not name DeepSeek-R1.
    """
    return _named(name, dropped).search(text) is not None


@lru_cache(maxsize=64)
def _named(name: str, dropped: re.Pattern[str]) -> re.Pattern[str]:
    first, *rest = re.split(r"[-_. ]+", name.strip("-_. ")) or [""]
    parts = [
        f"(?:[-_. ]{{0,2}}{_spelled(part)})" + ("?" if dropped.fullmatch(part) else "")
        for part in rest
    ]
    end = r"(?:[- ]v?\d[\d.]*)?(?![\w]|[-.]\w)"
    return re.compile(rf"(?<![\w\-]){_spelled(first)}{''.join(parts)}{end}", re.IGNORECASE)


def _spelled(part: str) -> str:
    """Return a pattern of a part of a name: "StableBeluga2" is also written in three words."""
    words = re.split(r"(?<=[a-z])(?=[A-Z\d])", part)
    return "[-_. ]?".join(re.escape(word) for word in words)


def _another(name: str, text: str) -> bool:
    """Tell whether a text names another model."""
    if OPEN in text and f"/{name.lower()}{CLOSE}" not in text.lower():
        return True
    words = re.findall(r"[A-Za-z][\w.+\-]{2,80}", text)
    told = [
        w
        for w in words
        if any(c.isupper() or c.isdigit() for c in w)
        and (n := resolve(w))
        and (n.family or n.llama or n.maker)
    ]
    return any(_bare(w) not in _bare(name) for w in told)


def _names_no_other(name: str, after: str) -> bool:
    """Tell whether "based on X, we release Y" speaks of this model as Y, or of no Y at all."""
    found = re.search(r",\s(?:we|the|this)\s(.{0,200})", after)
    if not found or re.match(r"(?:this|the) model\b", after[found.start() + 2 :].lower()):
        return True
    told = found.group(1)
    return names(name, told) or not re.search(
        r"\b(?:releas|present|introduc|open-?sourc|model\b)", told
    )


def _bare(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())
