"""Whether a sentence speaks of this model, and means what it says.

It does where its subject is this model ("this model", "it", its name, or none), not another model,
a part of it, or what a reader may do; and where it is not denied or compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from graph.catalogue.folder import toml
from graph.catalogue.model import DATASET_PREFIX
from graph.catalogue.names import read
from graph.catalogue.naming import resolve
from graph.evidence.prose.markup import BEGIN, CLOSE, OPEN

_SAID = toml(__package__, "english.toml")["subject"]
_SELF = re.compile(_SAID["self"])
_NOMINAL = re.compile(r"\W{0,4}(?:an?|the|my|our)\s")
_BARE = re.compile(  # "Reward model", "Medical LLM": a fragment that needs no article
    r"\W{0,4}(?!(?:other|another|teacher|student|reference|draft|judge|critic|base|original|similar|every|each|any|no|most|some|many|which|what|whose|all)\b)"
    r"(?:[\w\-]{2,20} ){1,3}(?:model|llm|assistant|chatbot|classifier)\s?(?:\w+ly )?"
)
_LABEL = re.compile(r"[\w \-/()]{2,40}\s?:")
_PART = re.compile(_SAID["part"])
_ADVERB = re.compile(_SAID["adverb"])
_MAIN = re.compile(_SAID["main"])
_DENIED = re.compile(_SAID["denied"])
_RESTART = re.compile(r"^.{0,400}\b(?:since|because|as)\s(?=(?:it|this|the model|we)\b)", re.DOTALL)
_MODELS = re.compile(
    r"\b(?:models|checkpoints|versions|variants|derivatives|adapters|finetunes|llms|merges)\b"
)
_LINKS = re.compile(f"{BEGIN}[^{OPEN}]{{0,200}}{OPEN}[^{CLOSE}]{{0,220}}{CLOSE}")
_KIND = re.compile(  # "a DistilBERT model fine-tuned from": what kind it is, no other model
    r"\W{0,4}an? (?:[\w.\-]+ ){1,4}(?:model|llm|checkpoint)\s"
    r"(?:(?:that|which) (?:is|was|has been) )?"
)
_ASIDE = re.compile(r"can be found|\([^()]{0,160}\)")  # denies nothing of what is said
_SERIES = re.compile(r"\bin the [\w .\-]{1,40} (?:series|family) of models\b")
_OUR_MODELS = re.compile(
    r"\W{0,8}(?:this repo(?:sitory)? (?:contains|holds|hosts|provides) )?"
    r"(?:our |these |the |the  ?)?(?:models|checkpoints|adapters|versions|variants)\b"
)
_MAIN_CLAUSE = re.compile(  # "this model was trained with X and Y on a": whose links are no subject
    rf"(?:\([^(){OPEN}]{{0,60}}\)|(?!\b(?:which|that|whose|who|while)\b|\()[^{OPEN}]){{0,300}}"
    rf"(?:{OPEN}[^{CLOSE}]{{1,220}}{CLOSE}"
    rf"(?:(?!\b(?:which|that|whose|who|while|is|was|are|were|has|have)\b|\()[^{OPEN}]){{0,200}}){{1,4}}"
)
_SCRATCH = re.compile(r"\b(?:this|it|model|one)\b.{0,24}\b(?:pre-?)?trained (?:\w+ )?from scratch")
_NOTHING = re.compile(_SAID["nothing"])
# What prose may leave away of a name; in a parent's name less, for variants tell models apart.
DROPPED = re.compile(r"v?\d+(?:\.\d+)*[bm]?|[a-z]|preview|hf", re.IGNORECASE)
VARIANT = re.compile(
    DROPPED.pattern
    + r"|instruct|chat|base|it|sft|dpo|generation|alpha|beta|mot|original|diffusers|safetensors"
    r"|pytorch|fp16",
    re.IGNORECASE,
)
_LINKED = re.compile(f"{OPEN}(?!{DATASET_PREFIX})([^{CLOSE}]{{1,220}}){CLOSE}")
_SUBJECT = re.compile(_SAID["subject"])
_TOKEN = re.compile(r"\d+(?:\.\d+)?[bm]?(?![a-z0-9])|[a-z]+|\d+")
_NOISE = frozenset(
    {"the", "model", "version", "v", "large", "language", "llm", "ai", "series", "new"}
)


def speaks_of(name: str, text: str, found: re.Match[str], title: str = "") -> bool:
    """Tell whether a sentence says its verb of the model of this name, and means it."""
    before, after = _RESTART.sub("", text[: found.start()]), text[found.end() :]
    if _DENIED.search(_ASIDE.sub("", found.group().lower())):
        return False  # "we did not fine-tune"
    low = before.lower()
    if adverb := _ADVERB.match(low):
        before, low = before[adverb.end() :], low[adverb.end() :]
    if _DENIED.search(low) or _SCRATCH.search(text.lower()):
        return False
    named = names(name, before) or (bool(title) and names(title, before)) or _brand(name, before)
    own = _SELF.match(low) is not None
    kind = _KIND.fullmatch(low) is not None
    clause = own and _MAIN_CLAUSE.fullmatch(before)
    if not named and not kind and not clause and _another(name, before):
        return False
    label = _LABEL.match(before)
    rest = low[label.end() :] if label else low
    ours = named or own or _SELF.match(rest) is not None
    told = _without(name, _LINKS.sub(" ", low))
    if _PART.search(told[-60:]) and not (ours and _MAIN.search(low)):
        return False
    if _MODELS.search(_SERIES.sub(" ", low)) and not _OUR_MODELS.match(_without(name, low)):
        return False
    if ours:
        return True
    if _NOTHING.fullmatch(rest):
        return _names_no_other(name, after)
    if _BARE.fullmatch(rest):
        return True
    return _NOMINAL.match(rest) is not None and not re.search(
        r"\b(?:is|are|was|were|has|have|uses?)\b", rest
    )


def names(name: str, text: str, dropped: re.Pattern[str] = VARIANT) -> bool:
    """Tell whether a text names the model of this name; what ``dropped`` fits may be left away.

    "DeepSeek-R1-Distill-Llama-8B" does not name DeepSeek-R1.
    """
    if _begins(name) not in text.lower():
        return False  # as mostly; patterns are dear
    return _named(name, dropped).search(text) is not None


@lru_cache(maxsize=64)
def _begins(name: str) -> str:
    """Return letters that stand in each way to write a name."""
    first = re.split(r"[-_. ]+", name.strip("-_. "))[0]
    return re.split(r"(?<=[a-z])(?=[A-Z\d])", first)[0].lower()


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


def _without(name: str, low: str) -> str:
    """Return a text without the model's own name: "sdxl-vae-fp16-fix" is no VAE beside it."""
    return _named(name, VARIANT).sub(" ", low) if _begins(name) in low else low


def _brand(name: str, text: str) -> bool:
    """Tell whether the subject is the first words of a name: "Ultravox" of "ultravox-llama-3_1-8b".

    What it leaves away must be numbers, variants or the family's words, and its first word no
    family's; a letter may be wrong in it.
    """
    found = _SUBJECT.match(text)
    told = _tokens(found.group(1)) if found else []
    own = _own_tokens(name)
    if not told or not own or len(told[0]) < 4 or len(told) > len(own):
        return False
    same = told[0] in (own[0], f"{own[0]}s") or (
        min(len(told[0]), len(own[0])) >= 6
        and SequenceMatcher(None, told[0], own[0]).ratio() >= 0.85
    )
    if not same or read(told[0]).words:
        return False
    left = set(own[1:]) - set(told[1:])
    family = {t for word in read(name).words for t in _tokens(word.text)}
    return set(told[1:]) <= set(own[1:]) and all(
        t in family or VARIANT.fullmatch(t) is not None for t in left
    )


@lru_cache(maxsize=64)
def _own_tokens(name: str) -> list[str]:
    return _tokens(re.sub(r"(?<=\d)_(?=\d)", ".", name))


def _tokens(text: str) -> list[str]:
    return [token for token in _TOKEN.findall(text.lower()) if token not in _NOISE]


def _another(name: str, text: str) -> bool:
    """Tell whether a text names another model."""
    links = _LINKED.findall(text.lower())
    if links and not any(link.endswith(f"/{name.lower()}") for link in links):
        return True
    return any(_bare(word) not in _bare(name) for word in _known(text))


def _known(text: str) -> Iterator[str]:
    for word in re.findall(r"[A-Za-z][\w.+\-]{2,80}", text):
        if any(c.isupper() or c.isdigit() for c in word):
            told = resolve(word)
            if told and (told.family or told.llama or told.maker):
                yield word


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
