"""Text from outside as a terminal may show it, and where a statement ends."""

from __future__ import annotations

import re
import unicodedata

from graph.engines.queries.cypher import QUIET

# Control, format (text direction among them) and lone surrogates: a terminal would act on them.
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"  # in emoji and in several scripts
_TOKEN = re.compile(rf"{QUIET} | (?P<end> ; | \n[ \t\r]*\n )", re.VERBOSE | re.DOTALL)
_COMMENT = re.compile(r"\s+|//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)


def clean(text: str) -> str:
    """Return a text whose control characters are written out; line ends stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    if char == "\n" or char in _JOINERS or unicodedata.category(char) not in _UNSAFE:
        return char
    code = ord(char)
    mark, digits = ("x", 2) if code < 0x100 else ("u", 4) if code < 0x10000 else ("U", 8)
    return f"\\{mark}{code:0{digits}x}"


def split(text: str) -> tuple[list[str], str]:
    """Return the whole statements of a text, and what is left of one that has not ended.

    A semicolon or an empty line ends a statement, outside of strings, back-ticked names and
    comments. What holds nothing but comments is no statement.
    """
    statements, start = [], 0
    for token in _TOKEN.finditer(text):
        if token["end"]:
            statements.append(text[start : token.start()].strip("\r\n"))
            start = token.end()
    return [s for s in statements if not is_blank(s)], text[start:]


def is_blank(text: str) -> bool:
    """Tell whether a text holds nothing but white space and comments."""
    at = 0
    while found := _COMMENT.match(text, at):
        at = found.end()
    return at == len(text)


def is_whole(text: str) -> bool:
    """Tell whether what is typed can be answered when Enter is pressed at its end."""
    if not text.strip() or text.lstrip().startswith(":"):
        return True
    _, rest = split(text + "\n")
    return not rest.strip()
