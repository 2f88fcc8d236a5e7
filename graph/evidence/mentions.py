"""The models that a phrase names, one after the other: "the X model and [Y](link)".

A mention is an id where a link leads to the Hub or the words name one repository; else it is the
family, as far as the words tell it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.catalogue.model import DATASET_PREFIX
from graph.catalogue.naming import OWNED, Bare, Named, resolve
from graph.evidence.prose import CLOSE, OPEN

MAX_MENTIONS = 12
_LEAD = re.compile(
    r"(?:[\s:\"'“”‘’(\[–—]{1,6}|(?:the|an?|our|its|both|meta|google|openai|microsoft|original"
    r"|official|open[- ]source|powerful|popular|large|small|latest|previous|great|new"
    r"|state[- ]of[- ]the[- ]art|foundation(?:al)?|pre-?trained|fine-?tuned|instruction-tuned|base"
    r"|language|models?|llm|weights (?:of|from)|weights|checkpoint of|checkpoint|version of"
    r"|series of|via|using|with|[\w.]{2,20}(?: ai)?['’]s?)(?=[\s:\"'“‘(]))",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z0-9π][\w.+/:π\-]{0,100}")
_STOP = re.compile(
    r"an?|the|and|or|but|with|using|on|for|via|by|to|which|that|is|was|are|were|be|in|at|from|as|of"
    r"|(?:fine-?)?tuned|trained|through|under|over|after|models?|llms?|checkpoints?|series|family"
    r"|weights|architecture|it|we|this|our|its|released|developed|where|when|has|have|can|if|than"
    r"|then|into|instead|plus|not|language|large|foundation|backbone",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"[\s'’s]{0,4}(?:architectur|tokeni[sz]er|design|framework|paper|codebase|code\b|repo\b"
    r"|repositor|prompt|dataset|data\b|method|recipe|technique|chat template|template|format"
    r"|librar|licen[sc]e|implementation|model card|vocab|pipeline)",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"[\s\"'”’)\]]{0,3}(?:models?|llms?|checkpoints?|series|weights)?\s{0,2}"
    r"(?:,\s{0,2}and\b|,|and\b|&|\+)\s"
)
_CLOSES = re.compile(r"[\s\"'”’)\]]{0,3}(?:models?)?\s{0,2}(?:[,.;&)]|and\b|$)")
_LATE_LINK = re.compile(
    rf" ?(?:(?:base )?models?|llms?|checkpoints?|weights|series) ?(?={OPEN})", re.IGNORECASE
)
_FILE = re.compile(r"\.(?:py|md|ya?ml|json|txt|sh|safetensors|bin|pt|gguf|ipynb)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A model in a text: its id or its family, and where in the text the mention ends."""

    words: str
    named: Named
    end: int

    @property
    def id(self) -> str | None:
        """The repository's id, if it is told."""
        return self.named.id


def mentions(text: str, bare: Bare = Bare.BASE) -> Iterator[Mention]:
    """Yield the models that a text names from its beginning on; it ends at the first other word."""
    place, listed = 0, True
    for _ in range(MAX_MENTIONS):
        found = mention(text, place, bare)
        if found is None or _OTHER.match(text, found.end):
            return
        if not listed and not _CLOSES.match(text, found.end):
            return  # "based on X, Y is …": a comma begins a list or a clause
        yield found
        following = _NEXT.match(text, found.end)
        if not following:
            return
        place, listed = following.end(), not following.group().rstrip().endswith(",")


def mention(text: str, place: int = 0, bare: Bare = Bare.BASE) -> Mention | None:
    """Return the model that a text names at a place, after words such as "the original"."""
    for _ in range(8):
        lead = _LEAD.match(text, place)
        if not lead:
            break
        place = lead.end()
    words: list[str] = []
    end = place
    while len(words) < 8:
        at = end + (text[end : end + 1] == " ")
        if text.startswith(OPEN, at):
            return _linked(text, at, " ".join(words))
        found = _WORD.match(text, at)
        if not found or _STOP.fullmatch(found.group()):
            late = _LATE_LINK.match(text, end)
            if late and words:
                return _linked(text, late.end(), " ".join(words))
            break
        words.append(found.group())
        end = found.end()
        if text[end : end + 1] not in {" ", OPEN}:
            break
    return _told(words, text, place, bare)


def _linked(text: str, start: int, words: str) -> Mention | None:
    end = text.find(CLOSE, start)
    reference = text[start + 1 : end] if end > 0 else ""
    if not reference:
        return None
    named = None if reference.startswith(DATASET_PREFIX) else resolve(reference)
    return Mention(words, named or Named(reference), end + 1)


def _told(words: list[str], text: str, place: int, bare: Bare) -> Mention | None:
    """Resolve the longest run of words that names a model."""
    for count in range(len(words), 0, -1):
        said = " ".join(words[:count]).rstrip(".:/")
        if count > 1 and "/" in said:
            continue
        if OWNED.fullmatch(said) and not is_reference(said):
            continue
        named = resolve(said, bare)
        if named and (named.id or any(c.isupper() or c.isdigit() for c in said)):
            return Mention(said, named, _end(text, place, words[:count]))
    return None


def _end(text: str, place: int, words: list[str]) -> int:
    for word in words:
        place = text.index(word, place) + len(word)
    return place


def is_reference(said: str) -> bool:
    """Tell an id in prose ("acme/Base-7B") from two words with a slash ("chat/instruct")."""
    owner, _, name = said.partition("/")
    told = resolve(said)
    if told and told.family:
        return True
    odd = any(c.isdigit() for c in name) or ("-" in name and any(c.isupper() for c in name))
    return odd and len(owner) > 2 and len(name) > 4 and not _FILE.search(name)
