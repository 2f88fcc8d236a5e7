"""A card's front matter: the YAML between the two ``---`` lines at its head.

Cards are hostile input: the text is bounded before it is parsed, and anchors and aliases, with
which a few lines of YAML can stand for gigabytes, are refused rather than expanded.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

MAX_DEPTH = 40
MAX_EVENTS = 50_000
MAX_DIGITS = 18  # characters of a whole number: what is longer stays text
MAX_FRONT_MATTER = 256 << 10  # characters; whole licences in `extra_gated_prompt` are below 20 KiB
_FRONT = re.compile(r"\A\ufeff?\s*---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)


class CardError(ValueError):
    """A front matter that cannot be read; the message says why in one line."""


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


def _bound(text: str) -> None:
    """Refuse what the loader must not see; events come one by one, so this cannot blow up.

    The loader recurses in C for each level, and would end the process on a deep card.
    """
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_Loader)):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            raise CardError("the front matter uses YAML aliases, which are not followed")
        if depth > MAX_DEPTH:
            raise CardError("the front matter is nested too deeply")
        if count > MAX_EVENTS:
            raise CardError("the front matter has too many entries")


def split(card: str) -> tuple[str, str]:
    """Split a card into its front matter (empty if it has none) and its body."""
    found = _FRONT.match(card[: MAX_FRONT_MATTER + 64])
    return (found.group(1), card[found.end() :]) if found else ("", card)


def front_matter(card: str) -> dict[str, Any] | None:
    """Return a card's front matter as a mapping, None if it has none. Raises CardError."""
    text, _ = split(card)
    return mapping(text) if text.strip() else None


def mapping(text: str) -> dict[str, Any] | None:
    """Return any YAML text as a mapping, within the bounds; None for none. Raises CardError."""
    if len(text) > MAX_FRONT_MATTER:
        raise CardError("the YAML is too long")
    try:
        _bound(text)
        told = yaml.load(text, Loader=_Loader)  # noqa: S506 (a safe loader)
    except yaml.YAMLError as error:
        raise CardError(f"the front matter is not YAML: {_first_line(error)}") from None
    except CardError:
        raise
    except (ValueError, LookupError, AttributeError) as error:  # such as `!!int ""`, `!!bool maybe`
        raise CardError(f"the front matter holds a value that is none: {error}") from None
    if told is None:
        return None
    if not isinstance(told, dict):
        raise CardError("the front matter is no mapping")
    return {str(key): _plain(value) for key, value in told.items()}


def _plain(value: Any) -> Any:
    """Return a value as JSON can hold it: keys are texts, sets and pairs are lists."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(inner) for inner in value]
    return value


def _first_line(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f" (line {mark.line + 2})" if mark else ""
    return f"{getattr(error, 'problem', None) or 'unreadable'}{where}"
