"""A card's front matter: the YAML between the two ``---`` lines at its head.

Cards are hostile input: the text is bounded before it is parsed. A few lines of YAML can stand for
gigabytes by anchors and aliases, so what they stand for is counted before anything is made of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

MAX_DEPTH = 40
MAX_EVENTS = 50_000
MAX_SIZE = 1 << 20  # characters of all values, those that aliases stand for among them
MAX_DIGITS = 18  # characters of a whole number: what is longer stays text
MAX_FRONT_MATTER = 256 << 10  # characters; whole licences in `extra_gated_prompt` are below 20 KiB
_FRONT = re.compile(r"\A\ufeff?\s*---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)


_BEGUN = re.compile(r"\A\ufeff?\s*---[ \t]*\r?\n")
# A rule at the head of a card begins no front matter, unless one of the Hub's keys follows.
_KEYED = re.compile(
    _BEGUN.pattern + r"(?:base_model|datasets|inference|language|library_name|licen[sc]e|metrics"
    r"|model_name|pipeline_tag|tags|thumbnail|widget)[ \t]*:"
)
_END = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)


class CardError(ValueError):
    """YAML that cannot be read, a card's or a file's; the message says why in one line."""


class _Loader(yaml.CSafeLoader):
    """The safe loader, with dates left as the text they were."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def _whole_number(loader: _Loader, node: yaml.ScalarNode) -> int | str:
    """Read a whole number; the loader's own way takes seconds for one of 100,000 digits."""
    text = str(loader.construct_scalar(node))
    return loader.construct_yaml_int(node) if len(text) <= MAX_DIGITS else text


_Loader.add_constructor("tag:yaml.org,2002:int", _whole_number)


class _Extent(NamedTuple):
    """How many entries something has, how many characters, and how many levels."""

    entries: int
    size: int
    levels: int = 0


@dataclass(slots=True)
class _Counted:
    """What a text stands for, as far as it is read: an alias counts as what it stands for."""

    entries: int = 0
    size: int = 0
    anchors: dict[str, _Extent] = field(default_factory=dict)
    within: list[tuple[str | None, _Extent]] = field(default_factory=list)
    deepest: list[int] = field(default_factory=list)

    def take(self, event: yaml.Event) -> None:
        """Count an event. Raises CardError past a bound."""
        if isinstance(event, yaml.ScalarEvent):
            self._add(event.anchor, _Extent(1, len(event.value)))
        elif isinstance(event, yaml.CollectionStartEvent):
            self.within.append((event.anchor, _Extent(self.entries, self.size)))
            self.deepest.append(0)
            self._add(None, _Extent(1, 0))
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close()
        elif isinstance(event, yaml.AliasEvent):
            if any(anchor == event.anchor for anchor, _ in self.within):
                raise CardError("has a YAML alias within what it stands for")
            self._add(None, self.anchors.get(str(event.anchor), _Extent(1, 0)))

    def _close(self) -> None:
        anchor, before = self.within.pop()
        levels = self.deepest.pop() + 1
        if self.deepest:
            self.deepest[-1] = max(self.deepest[-1], levels)
        if anchor:
            whole = self.entries - before.entries, self.size - before.size
            self.anchors[anchor] = _Extent(*whole, levels)

    def _add(self, anchor: str | None, one: _Extent) -> None:
        self.entries, self.size = self.entries + one.entries, self.size + one.size
        if anchor:
            self.anchors[anchor] = one
        if self.deepest:
            self.deepest[-1] = max(self.deepest[-1], one.levels)
        if len(self.within) + one.levels > MAX_DEPTH:
            raise CardError("is nested too deeply")
        if self.entries > MAX_EVENTS or self.size > MAX_SIZE:
            raise CardError("has too many entries")


def _bound(text: str) -> None:
    """Refuse what the loader must not see; events come one by one, so this cannot blow up.

    The loader recurses in C for each level, and would end the process on a deep card.
    """
    counted = _Counted()
    for event in yaml.parse(text, Loader=_Loader):
        counted.take(event)


def split(card: str) -> tuple[str, str]:
    """Split a card into its front matter (empty if it has none) and its body."""
    found = _FRONT.match(card[: MAX_FRONT_MATTER + 64])
    return (found.group(1), card[found.end() :]) if found else ("", card)


def front_matter(card: str) -> dict[str, Any] | None:
    """Return a card's front matter as a mapping, None if it has none. Raises CardError."""
    text, _ = split(card)
    if not text and _BEGUN.match(card) and _END.search(card, MAX_FRONT_MATTER):
        raise CardError("the front matter is too long")
    if not text and _KEYED.match(card):
        raise CardError("the front matter does not end")
    return mapping(text) if text.strip() else None


def mapping(text: str) -> dict[str, Any] | None:
    """Return a front matter's YAML as a mapping; None for none. Raises CardError."""
    told = documents(text, "the front matter", 2)
    if len(told) > 1:
        raise CardError("the front matter is not YAML: it is several documents")
    return told[0] if told else None


def documents(text: str, what: str = "it", first: int = 1) -> list[dict[str, Any]]:
    """Return the documents of a YAML text, all of them mappings. Raises CardError.

    An error says ``what`` the text is; ``first`` is the line of its file that it begins on.
    """
    try:
        return _documents(text)
    except yaml.YAMLError as error:
        raise CardError(f"{what} is not YAML: {_first_line(error, first)}") from None
    except CardError as error:
        raise CardError(f"{what} {error}") from None
    except (ValueError, LookupError, AttributeError) as error:  # such as `!!int ""`, `!!bool maybe`
        raise CardError(f"{what} holds a value that is none: {error}") from None


def _documents(text: str) -> list[dict[str, Any]]:
    if len(text) > MAX_FRONT_MATTER:
        raise CardError("is too long")
    _bound(text)
    told = list(yaml.load_all(text, Loader=_Loader))
    if not all(one is None or isinstance(one, dict) for one in told):
        raise CardError("is no mapping")
    return [_plain(one) for one in told if one is not None]


def _plain(value: Any) -> Any:
    """Return a value as JSON can hold it: keys are texts, sets and pairs are lists."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(inner) for inner in value]
    return value


def _first_line(error: yaml.YAMLError, first: int) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f" (line {mark.line + first})" if mark else ""
    return f"{getattr(error, 'problem', None) or 'unreadable'}{where}"
