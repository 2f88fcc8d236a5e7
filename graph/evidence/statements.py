"""What a card's sentences, headings and tables say of where this model comes from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from graph.catalogue.model import DATASET_PREFIX, Relation
from graph.catalogue.names import size_of
from graph.catalogue.naming import Named, Role, resolve
from graph.evidence.mentions import Mention, mentions
from graph.evidence.prose.blocks import MAX_CARD, Place, blocks
from graph.evidence.prose.grammar import Verb, grammar, label, labels, said
from graph.evidence.prose.markup import marked, repository
from graph.evidence.prose.subject import DROPPED, names, speaks_of
from graph.evidence.prose.text import Row, Sentence, in_lists_too, rows
from graph.evidence.record import HubRecord

__all__ = ["Statement", "names", "speaks_of", "statements"]

MAX_TITLE = 60
QUANTISED = re.compile(
    r"(?<![a-z0-9])(?:gguf|ggml|awq|gptq|exl[23]|mlx|bnb|[248]-?bit|int[48]|fp8|nf4|nvfp4|imatrix"
    r"|quant\w*)(?![a-z])"
)
_COPIES = frozenset({Relation.QUANTIZED, Relation.MIRROR})
_MADE_FROM = re.compile(
    r"(?:[-_. ](?:i1|gguf|ggml|awq|gptq|exl[23]|mlx|bnb|\w{0,4}bit|int[48]|fp8|quant\w*))+$",
    re.IGNORECASE,
)
_OPEN_LIST = re.compile(r"[^.)]{0,80}\betc\b")
_TUNED = re.compile(r"(?<![a-z])(?:instruct|instruction[- ]tuned|chat|it)(?![a-z])")
_PLURAL = re.compile(
    r"\W{0,3}(?:models|checkpoints|variants|derivatives|versions|baselines)\b", re.IGNORECASE
)
_NUMBER = re.compile(r"\W*\d[\d.,%±\s]*\W*")
_OWN_LINE = re.compile(
    r"\W{0,4}(?:(?:the|our|base|model|pre-?trained|original) ){0,3}"
    r"([A-Za-z][\w.]{1,40}(?=[\w.\-]{0,60}(?:\d[bm](?![a-z0-9])|-(?:base|instruct|chat|preview)(?!\w)))"
    r"(?:-[\w.]{0,30}\w){1,6})(?![\w\-]|\.\w)",
    re.IGNORECASE,
)
_VERSION = re.compile(r"(?<![a-z0-9])v\d+(?:\.\d+)*")
_LINK = re.compile(r"\[[*`_]{0,3}([^\[\]\n*`]{2,60})[*`_]{0,3}\]\((https?://[^()\s]{5,200})\)")
_TITLE = re.compile(r"(?:model card (?:for|of)|welcome to|introducing)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Statement:
    """That this model comes from the mentioned one; the relation is None where no word tells it.

    ``copied`` marks what a quantised copy's card repeats of what the original's says of itself,
    ``of_kind`` that the words say what kind this model is: "the instruction-tuned 7B Qwen2 model".
    """

    relation: Relation | None
    mention: Mention
    sentence: Sentence
    copied: bool = False
    of_kind: bool = False


@dataclass(frozen=True, slots=True)
class _Card:
    """Whose card it is, what its title calls the model, and whether it is a quantised copy's."""

    owner: str
    name: str
    title: str
    quantised: bool


def statements(record: HubRecord) -> Iterator[Statement]:
    """Yield what a model's card says of its origin, in order."""
    yield from _statements(record.files.get("README.md", ""), record.id)


@lru_cache(maxsize=4)  # claims and features both ask for a card's
def _statements(text: str, artifact_id: str) -> tuple[Statement, ...]:
    owner, _, name = artifact_id.rpartition("/")
    quantised = QUANTISED.search(name.lower()) is not None
    title = _MADE_FROM.sub("", name) if quantised else _title(text)
    card = _Card(owner, name, title, quantised)
    found = [one for sentence in _told(text, card) for one in _of_sentence(card, sentence)]
    found = [one for one in found if not (one.of_kind and _is_of(owner, one.mention))]
    if any(one.mention.id is None for one in found):
        found = [_as_linked(one, _links(text)) for one in found]
    return tuple(_of_copy(name, one) if quantised else one for one in found)


@lru_cache(maxsize=4)
def _links(text: str) -> Mapping[str, str]:
    """Return what a card's links lead to, by their words: "FLUX" may be linked elsewhere."""
    told: dict[str, set[str]] = defaultdict(set)
    for found in _LINK.finditer(text[:MAX_CARD]):
        if (parent := repository(found.group(2))) and not parent.startswith((DATASET_PREFIX, "/")):
            told[found.group(1).lower()].add(parent)
    return {words: next(iter(ids)) for words, ids in told.items() if len(ids) == 1}


def _as_linked(one: Statement, links: Mapping[str, str]) -> Statement:
    linked = links.get(one.mention.words.lower())
    if one.mention.id or linked is None:
        return one
    return replace(one, mention=replace(one.mention, named=replace(one.mention.named, id=linked)))


def _told(text: str, card: _Card) -> Iterator[Sentence]:
    """Yield the sentences in which something may be said: of text, lists, headings, tables."""
    yield from in_lists_too(text, grammar().triggers, label)
    for row in rows(text):
        yield from _of_row(card.name, row)


def _title(text: str) -> str:
    """Return what the card's first heading calls the model, if that is no other's name."""
    heading = next((b for b in blocks(text) if b.place is Place.HEADING), None)
    if heading is None or heading.level != 1:
        return ""
    title = _TITLE.sub("", re.sub(r"[^\w .\-]", "", heading.text)).strip()
    if not 4 <= len(title) <= MAX_TITLE or len(title.split()) > 4 or resolve(title):
        return ""
    return title if any(c.isupper() for c in title) else ""


def _of_row(name: str, row: Row) -> Iterator[Sentence]:
    """Yield what a row says: "| Base model | X |", and a cell below that beside our own name."""
    parts = row.cells
    if len(parts) == 2 and label(f"{parts[0].lower()}:"):
        yield _cell(parts[0], parts[1], row)
        return
    if parts == row.head:
        return
    heads = labels(row.head)
    ours = [n for n, part in enumerate(parts) if names(name, part, DROPPED)]
    only = row.alone and not any(_NUMBER.fullmatch(part) for part in parts)
    for n, (head, part) in enumerate(zip(row.head, parts, strict=False)):
        if heads[n] and (only or any(own != n for own in ours)):
            yield _cell(head, part, row)
        elif n and ours and ours[0] == 0:
            yield _cell(name, part, row)


def _cell(head: str, part: str, row: Row) -> Sentence:
    return Sentence(f"{marked(head).rstrip(' :')}: {marked(part)}", row.line, Place.ROW)


def _of_sentence(card: _Card, sentence: Sentence) -> Iterator[Statement]:
    low = _small(sentence.text)
    labelled = label(low)
    if labelled:
        told, place = labelled
        original = card.quantised and told in grammar().original
        relation = Relation.QUANTIZED if original else grammar().labels.get(told)
        yield from _mentioned(card, sentence, place, relation, None)
    deep = sentence.place is Place.HEADING and sentence.level > 1
    deep = deep and not low.startswith(("a ", "an "))  # "An X fine-tune" is no recipe
    for verb, found in _verbs(low):
        if deep and (verb.then or verb.one):
            continue  # "Fine-tuning X" heads a recipe
        if labelled and found.end() <= labelled[1]:
            continue
        made_of = list(_mentioned(card, sentence, found.end(), verb.relation, verb))
        if made_of and speaks_of(card.name, sentence.text, found, card.title):
            yield from made_of


def _small(text: str) -> str:
    """Return a text in small letters, each in its place: "İ" would become two."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower()[:1] for c in text)


def _mentioned(
    card: _Card, sentence: Sentence, place: int, relation: Relation | None, verb: Verb | None
) -> Iterator[Statement]:
    after = sentence.text[place:]
    if relation is Relation.MERGE:
        after = re.sub(r"(?<=\S) with (?=\S)", " and ", after)
    listed = list(_parents(card, after))
    if verb and verb.then:
        ends = [n for n, one in enumerate(listed) if verb.then.match(after, one.end)]
        listed = listed[: ends[0] + 1] if ends else []
    if verb and verb.one and (len(listed) > 1 or any(_PLURAL.match(after, m.end) for m in listed)):
        return
    if listed and place + listed[0].end <= sentence.lead:
        return  # the lead's own sentence is read where it stands
    for mention in listed:
        if mention.link is None and _only_base(after, mention):
            continue
        if _OPEN_LIST.match(after, mention.end) and not mention.id:
            continue  # "a language model (Llama, Gemma, etc.)"
        yield Statement(relation, mention, sentence, of_kind=bool(verb and verb.kind))


def _only_base(after: str, mention: Mention) -> bool:
    """Tell whether "the instruction-tuned 32B X" was read as X's base: words parted from a name."""
    lead = after[: max(0, mention.end - len(mention.words))].lower()
    tuned = _TUNED.search(lead) is not None
    return tuned and mention.id is not None and not _TUNED.search(mention.id.lower())


def _parents(card: _Card, after: str) -> Iterator[Mention]:
    """Yield the models that are named behind a verb, up to this one's own name."""
    named = [*mentions(after)] or [*_own_line(card, after)]
    for mention in named:
        told = mention.link is None and "/" not in mention.words
        if told and names(card.name, mention.words, DROPPED) and not _other(card, mention.words):
            return  # "a GGUF of this one is here"
        if mention.named.role is Role.SOURCE or _is_data(mention) or _made_of(card.name, mention):
            continue
        whole = told and not mention.id and "/" not in card.owner
        yield next(_own_line(card, mention.words), mention) if whole else mention


def _other(card: _Card, words: str) -> bool:
    """Tell whether words that name this model otherwise name another version: v0.2 of a v0.3."""
    own, told = _VERSION.findall(card.name.lower()), _VERSION.findall(words.lower())
    return bool(own and told) and set(own).isdisjoint(told)


def _own_line(card: _Card, text: str) -> Iterator[Mention]:
    """Read a name as a repository of the same owner: makers leave the owner away in their cards.

    It must have a size or a variant, as a line's name has not, and begin as this model's does.
    """
    found = _OWN_LINE.match(text)
    if found and card.owner and not card.quantised and found.group(1).lower() != card.name.lower():
        words = found.group(1)
        brand = words.partition("-")[0].lower() == card.name.partition("-")[0].lower()
        if brand and size_of(words) in {None, size_of(card.name) or size_of(words)}:
            yield Mention(words, Named(f"{card.owner}/{words}"), found.end())


def _verbs(low: str) -> Iterator[tuple[Verb, re.Match[str]]]:
    """Yield the verbs of derivation in a sentence; of two that overlap, the more telling one."""
    taken: list[tuple[int, int]] = []
    for verb in said(low):
        if verb.also and not any(word in low for word in verb.also):
            continue
        for found in verb.says.finditer(low):
            if verb.then or all(found.end() <= a or found.start() >= b for a, b in taken):
                if not verb.then:
                    taken.append(found.span())
                yield verb, found


def _is_data(mention: Mention) -> bool:
    return mention.id is not None and mention.id.startswith(DATASET_PREFIX)


def _is_of(owner: str, mention: Mention) -> bool:
    """Tell whether words alone name a model of the same owner, as a maker names its own lines."""
    told = (mention.id or "").partition("/")[0]
    return mention.link is None and "/" not in mention.words and told.lower() == owner.lower()


def _made_of(name: str, mention: Mention) -> bool:
    """Tell whether a link leads to a copy that others made of this model."""
    told = (mention.id or "").rpartition("/")[2].lower()
    return told.startswith(name.lower()) and QUANTISED.search(told[len(name) :]) is not None


def _of_copy(name: str, told: Statement) -> Statement:
    """Return what a quantised copy's card says: of its original, or what that says of itself."""
    if told.relation in _COPIES:
        return told
    original = _MADE_FROM.sub("", name.lower())
    parent = (told.mention.id or "").rpartition("/")[2].lower()
    if told.relation is None and parent and parent == original:
        return replace(told, relation=Relation.QUANTIZED)
    return replace(told, copied=True)
