"""A statement in Cypher as words, read the way engines read it, so that none hides from the gate.

What engines read differently (escapes outside of texts, characters that nobody sees) is refused
rather than guessed at: a text can always be given as a parameter.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from graph.engines.port.ports import QueryFailed, QueryRefused

LONGEST = 20_000  # characters of a statement
_SEEN = "\n\t"  # control characters that a statement may hold
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_WORD = re.compile(
    r"""(?P<pause>\s+|//[^\n]*|/\*.*?\*/)
      | (?P<text>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")
      | (?P<quoted>`(?:``|[^`])*`)
      | (?P<number>\d+)
      | (?P<name>[^\W\d]\w*)
      | (?P<open>/\*|['"`])
      | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a statement: its kind, its text (a quoted name's without quotes), where it is.

    ``5LOAD`` is two words, for engines read it so.
    """

    kind: Literal["name", "quoted", "text", "number", "sign"]
    text: str
    at: int

    @property
    def key(self) -> str:
        """The text as keywords are compared: empty for all but plain names."""
        if self.kind != "name":
            return ""
        # Everything that any engine takes for the same letter is made one.
        return unicodedata.normalize("NFKC", self.text).casefold().replace("ı", "i").upper()

    @property
    def names(self) -> bool:
        """Tell whether it is a name, quoted or not."""
        return self.kind in ("name", "quoted")


def visible(query: str) -> str:
    """Return a statement with one kind of line end. Raises QueryRefused for what nobody sees."""
    text = query.replace("\r\n", "\n")
    if len(text) > LONGEST:
        raise QueryRefused(f"the query is too long: {LONGEST:,} characters at most")
    for at, char in enumerate(text):
        if char not in _SEEN and unicodedata.category(char) in _HIDDEN:
            raise QueryRefused(
                f"{place(text, at)}: a character that cannot be seen (U+{ord(char):04X}): take it "
                "out, or give the text as a parameter"
            )
    if found := re.search(r"\\[uU]", text):
        raise QueryRefused(
            f"{place(text, found.start())}: write the character itself instead of a \\u escape, "
            "or give the text as a parameter"
        )
    return text


def words(text: str) -> list[Word]:
    """Return the words of a text, without comments. Raises QueryFailed for a quote left open."""
    found = []
    for match in _WORD.finditer(text):
        kind, said = match.lastgroup, match.group()
        if kind == "open":
            raise QueryFailed(f"{place(text, match.start())}: what {said} opens is never closed")
        if kind == "quoted":
            said = said[1:-1].replace("``", "`")
        if kind != "pause":
            found.append(Word(kind, said, match.start()))  # type: ignore[arg-type]  # as named
    return found


def place(text: str, at: int) -> str:
    """Return where in a text something is, as people count."""
    before = text[:at]
    return f"line {before.count(chr(10)) + 1}, column {at - before.rfind(chr(10))}"
