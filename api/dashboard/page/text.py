"""Text from strangers, made fit to be shown: nothing invisible, nothing that runs."""

from __future__ import annotations

import json
import unicodedata
from datetime import datetime
from typing import Any

import orjson
from markupsafe import Markup, escape

from api.schemas.artifacts import ArtifactDetail, ArtifactSummary

# Characters that change how what stands around them is read: controls, formats, bidi marks.
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_HARMLESS = frozenset("\n\t\u200d")  # line breaks, tabs, and the joiner inside emoji
# What would end a <script> block; all that is not ASCII is written as \u anyway.
_UNSAFE_IN_SCRIPT = {ord(c): f"\\u{ord(c):04x}" for c in "<>&"}


def visible(text: object) -> str:
    """Return text with every invisible character written out, as ``[U+202E]``."""
    plain = str(text)
    if plain.isascii() and plain.isprintable():
        return plain
    return "".join(_mark(c) for c in plain)


def _mark(character: str) -> str:
    if character in _HARMLESS or unicodedata.category(character) not in _HIDDEN:
        return character
    return f"[U+{ord(character):04X}]"


def shorten(text: str, most: int) -> str:
    """Return text of at most ``most`` characters, its middle left out."""
    if len(text) <= most:
        return text
    tail = most // 3
    return f"{text[: most - tail - 1]}…{text[-tail:]}"


def number(value: Any) -> str:
    """Return a number with thousands apart, a dash for none."""
    if value is None:
        return "–"
    return f"{value:,}".replace(",", "\u202f") if isinstance(value, int) else f"{value:,.3g}"


def percent(share: float | None) -> str:
    """Return a share of one as a percentage."""
    return "–" if share is None else f"{share * 100:.1f} %"


def day(when: datetime | str | None) -> str:
    """Return the day of a moment."""
    if when is None:
        return "–"
    return when.strftime("%Y-%m-%d") if isinstance(when, datetime) else visible(when[:10])


def born(one: ArtifactDetail | ArtifactSummary) -> str:
    """Return the day of a repository's creation, or one by which it was there."""
    return f"before {one.created_before}" if one.created_before else day(one.created)


def told(value: datetime | str | int | None) -> str:
    """Return a plain fact that the Hub tells, or that it is not known."""
    match value:
        case None:
            return "unknown"
        case bool():
            return "yes" if value else "no"
        case datetime():
            return minute(value)
    return number(value) if isinstance(value, int) else visible(value)


def sentence(text: str) -> str:
    """Return text that begins with a capital; names in it keep theirs."""
    return text[:1].upper() + text[1:]


def coded(text: str) -> Markup:
    """Return text, escaped, with what stands between backticks as code."""
    parts = (escape(part) for part in text.split("`"))
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if place % 2 else part
        for place, part in enumerate(parts)
    )


def minute(when: datetime | None) -> str:
    """Return a moment to the minute, in UTC."""
    return when.strftime("%Y-%m-%d %H:%M UTC") if when else "–"


def cell(value: Any) -> str:
    """Return one value of a query's answer as text."""
    if value is None:
        return ""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    return visible(orjson.dumps(value, default=str).decode())


def json_text(value: Any) -> str:
    """Return a value as JSON, as parameters of a query are written."""
    return orjson.dumps(value).decode()


def json_block(value: Any) -> Markup:
    """Return JSON, in ASCII, that can stand in a ``<script type="application/json">`` block."""
    return Markup(json.dumps(value, separators=(",", ":")).translate(_UNSAFE_IN_SCRIPT))  # noqa: S704
