"""Which model generated a data set, by its card: "generated with X", "answered by X and Y".

A model that translated, rated, filtered or classified is not the generator, and neither is a
data set that the material was taken from, nor what a card cites of others' work. Words that tell a
family and no repository ("synthetic data from Llama 3.1 70B") are the claim's parent as they
stand: what they mean is a further edge (`graph.evidence.signals.identity`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.catalogue.folder import toml
from graph.catalogue.model import DATASET_PREFIX, Claim, Kind, Relation
from graph.catalogue.naming import Bare, Named, Role, resolve
from graph.evidence.languages import reading
from graph.evidence.languages.places import named_before, sentences
from graph.evidence.mentions import Mention, mention, mentions
from graph.evidence.prose import Sentence
from graph.evidence.record import HubRecord, clean_reference
from graph.evidence.signal import Signal, stated

MAX_PARENTS = 24
_TOLD: dict[str, list[str]] = toml("graph.evidence.signals", "generated.toml")
TRIGGERS = tuple(_TOLD.pop("triggers"))
_W = {key: f"(?:{'|'.join(words)})" for key, words in _TOLD.items()}

_BY = rf"(?:{_W['how']} )?{_W['by']}"
_SYNTHETIC = rf"synthetic(?: [\w\-]+)? {_W['data']}"
_TOOL = rf"(?: (?:the |our )?(?:[\w\-]+ )?{_W['tools']},? (?:with|and|using|running|via|on))?"
_ASKING = (
    rf"(?: (?:iterative(?:ly)? )?{_W['asking']}(?: (?:from|of))?"
    rf"| (?:{_SYNTHETIC}|{_W['texts']}) (?:from|by|of))?"
)
_LIST = r"(?: (?:the |all )?(?:following|these|several) (?:[\w\-]+ ){0,2}?(?:models|llms))?:?"
_TO_MAKE = (
    rf"(?:(?:to|and|(?:which|that)(?: then)?) (?:re)?{_W['make']}[sd]?\b"
    rf"|for (?:[\w\-]+ ){{0,2}}?{_W['making']}\b)(?! (?:[\w\-]+ ){{0,2}}?{_W['judgements']})"
)
VERBS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_W['made']}(?: \w+){{0,3}}? {_BY}{_TOOL}{_ASKING}{_LIST}\s"
        r"(?!(?:fine-?|pre-?|instruction[- ])?(?:tun|train|merg)ing\b)",
        rf"\b{_W['texts']} (?:(?:were|was|are|is|come|came|taken|generated|sampled) )?"
        rf"(?:from|of|by){_LIST}\s",
        rf"\b{_SYNTHETIC}(?: \w+)? (?:from|by|using|of)\s",
        rf"\b{_W['used']} (?=.{{0,120}}?{_TO_MAKE})",
        r"\bpipeline (?:has been |was |is )?run (?:with|using|on)\s",
        r"^(?:(?:text|data|response|answer|question|prompt|image|synthetic data|completion) )?"
        rf"{_W['labels']}(?:\s?\([^()]{{0,40}}\))?\s?[:=]",
        rf"^(?:the )?(?:following )?(?:models?|llms?) (?:that )?(?:were |was |are )?used "
        rf"{_TO_MAKE}[^:]{{0,60}}:\s",
    )
)
# What follows the model: "X was used to generate", "X generated the answers".
_BEHIND = re.compile(
    r"\b(?:(?:which |that )?(?:was|were|is|are|has been|have been) (?:then |also |first )?"
    rf"(?:used|prompted|asked|instructed|employed|queried) (?:[\w\-]+ ){{0,2}}?{_TO_MAKE}"
    r"|(?:was|is) (?:used as )?(?:the|our|a) (?:data )?(?:generator|teacher)\b"
    r"|(?:generated|wrote|answered) (?:the|all|these|each|our|every)\b"
    rf"|generated (?:[\w\-]+ )?(?:{_W['data']}|{_W['texts']}|images|questions|prompts)\b)"
)
_BETWEEN = re.compile(
    r"[\s\"'”’),]{0,3}(?:models?|llms?)?[\s\"'”’)]{0,3}(?:(?:has|have|then|also)\s){0,2}$",
    re.IGNORECASE,
)
_OUTPUTS = re.compile(
    rf"(?:['’]s)?[\s\-]{{1,2}}(?:generated )?(?:{_W['data']}|{_W['texts']})\b", re.IGNORECASE
)
_HYPHENED = re.compile(
    r"(?<![\w.])([A-Za-z][\w.+/\-]{2,80}?)-generated (?:[\w\-]+ )?"
    rf"(?:{_W['data']}|{_W['texts']}|images|questions|prompts)",
    re.IGNORECASE,
)
_OTHER_WORK = re.compile(rf"\b{_W['other_work']}")
_DENIED = re.compile(rf"\b{_W['denied']}\b|n['’]t\b")
_CITED = re.compile(
    r"[^.;]{0,60}?\b(?:for comparison|(?:is|are|was|were) (?:then )?compared"
    r"|as (?:a |our )?baselines?)\b"
)
_BESIDE = re.compile(rf"(?<!each )(?<!every )(?<!one )\b{_W['beside']}\b(?: \w+){{0,2}}\W{{0,4}}$")
_MODELS = re.compile(r"\b(?:models?|llms?|checkpoints?)\s$")  # what was made is a model
_SHOWN = re.compile(r"\b(?:images|pictures|videos)\b")
_JUDGED = re.compile(r"[^.;]{0,60}?\b(?:evaluat|assess|benchmark)")
_NUMBER = re.compile(r"v?\d", re.IGNORECASE)
_LOOK_BACK = 90
_NEAR = 20  # characters between a model and what it did


def claims(record: HubRecord) -> Iterator[Claim]:
    """Yield a stated claim for each model that a data set's card names as its generator."""
    if record.kind is not Kind.DATASET:
        return
    told = list(generators(record.files.get("README.md", "")))
    covered = {one.named.family for one, _ in told if one.id}
    seen: set[str] = set()
    for one, sentence in told:
        for parent in parents(one.words, one.named, covered):
            if parent.lower() not in seen and len(seen) < MAX_PARENTS:
                seen.add(parent.lower())
                yield stated(record, parent, Relation.GENERATED_BY, "generated", sentence)


def parents(words: str, named: Named, covered: set[str | None]) -> Iterator[str]:
    """Yield what a claim on a generator has as its parent: its id, else the words of a family.

    Words that tell less than an id does that stands beside them are ``covered`` by it. A maker
    alone ("GPT-4") is no family.
    """
    if named.id:
        yield named.id
        return
    for part in words.split("/"):
        told = named if part == words else resolve(part, Bare.FAMILY)
        if told is None or told.role is not Role.MODEL or told.family in covered:
            continue
        text = clean_reference(_least(part, told))
        if text and (told.family or told.llama):
            yield text


def _least(words: str, named: Named) -> str:
    """Return the fewest words that name the same: those before and behind them are others'."""
    parts = words.strip("-_.,:/ ").split()
    while len(parts) > 1 and _same(parts[1:], named):
        del parts[0]
    while len(parts) > 1 and not _NUMBER.match(parts[-1]) and _same(parts[:-1], named):
        del parts[-1]
    return " ".join(parts)


def _same(parts: list[str], named: Named) -> bool:
    return resolve(" ".join(parts), Bare.FAMILY) == named


def generators(card: str) -> Iterator[tuple[Mention, Sentence]]:
    """Yield the models that a card names as generators, ids and families alike."""
    for sentence in sentences(card, TRIGGERS):
        for one in (*_behind_verbs(sentence.text), *_before_verbs(sentence.text)):
            data = one.id is not None and one.id.startswith(DATASET_PREFIX)
            if one.named.role is Role.MODEL and not data:
                yield one, sentence
    yield from reading.generators(card)


def _behind_verbs(text: str) -> Iterator[Mention]:
    """Yield the models of "generated by X", "responses from X", "we prompted X to write"."""
    low = text.lower()
    for pattern in VERBS:
        for found in pattern.finditer(low):
            made = _MODELS.search(low, max(0, found.start() - _NEAR), found.start())
            if not made and _is_generation(low, found.start(), found.group()):
                for one in _made_by(text[found.end() :]):
                    if not _is_cited(low, low[found.end() + one.end :]):
                        yield one


def _made_by(text: str) -> Iterator[Mention]:
    """Yield the models that a text begins with, or the one whose outputs it begins with."""
    outputs = _OUTPUTS.search(text, 0, _LOOK_BACK)
    first = mention(text[: outputs.start()], 0, Bare.FAMILY) if outputs else None
    if outputs and first and first.end >= outputs.start():
        yield first
    else:
        yield from mentions(text, Bare.FAMILY)


def _before_verbs(text: str) -> Iterator[Mention]:
    """Yield the models of "X was used to generate" and "X-generated responses"."""
    low = text.lower()
    for found in _HYPHENED.finditer(text) if "-generated" in low else ():
        one = mention(text[: found.end(1)], found.start(1), Bare.FAMILY)
        if one and _is_generation(low, found.start(), found.group().lower()):
            yield one
    for behind in _BEHIND.finditer(low):
        between = _BETWEEN.search(text, max(0, behind.start() - _NEAR), behind.start())
        start, told = named_before(text, between.start()) if between else (0, None)
        if told and _is_generation(low, start, behind.group()):
            yield told


def _is_generation(low: str, start: int, verb: str) -> bool:
    """Tell whether a verb makes data, rather than translating or rating it, and is not denied."""
    before = low[max(0, start - _LOOK_BACK) : start]
    clause = re.split(r"[;,]|\band (?:then |were |was )?", before)[-1]
    if _OTHER_WORK.search(clause + verb) or _DENIED.search(clause):
        return False
    display = verb.strip() == "built with"  # "Built with Llama" is what the licences ask to show
    return not display and _BESIDE.search(clause) is None


def _is_cited(low: str, after: str) -> bool:
    """Tell whether what was made is only compared with, or is pictures that are evaluated."""
    judged = _SHOWN.search(low) is not None and _JUDGED.match(after) is not None
    return judged or _CITED.match(after) is not None


SIGNAL = Signal(claims, order=90)
