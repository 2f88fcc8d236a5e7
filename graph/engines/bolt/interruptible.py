"""What a server could not stop once it has begun, and is therefore not let in.

A server looks at the time between rows. A loop over a list inside an expression, and a regular
expression, are one step to it, however long they take: `[x IN range(1, 1000000000) | x]` went on
for half a minute after its limit of three seconds (docs/console.md). KGLite's worker can be ended,
so this is asked of queries to servers alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graph.engines.console.words import Word, place, words
from graph.engines.port.ports import QueryRefused

LONGEST = 1_000_000  # numbers of a range() that is gone through inside an expression
REPEATS = 3  # *, + or {n,} of a pattern
_LOOPS = {"REDUCE", "ANY", "ALL", "NONE", "SINGLE"}
_CHARS = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]", re.DOTALL)
_AGAIN = re.compile(r"[*+]|\{\d+,\d*\}|\{\d{3,}\}")


def admit(statement: str, parameters: Mapping[str, Any]) -> None:
    """Refuse what could not be stopped. Raises QueryRefused with the place and what to do."""
    said = words(statement)
    for at, why in (*_nested(said), *_ranges(said, parameters), *_patterns(said, parameters)):
        raise QueryRefused(f"{place(statement, at)}: {why}")


def _nested(said: Sequence[Word]) -> Iterator[tuple[int, str]]:
    """Yield loops over lists inside others."""
    open_loops: list[bool] = []
    for i, word in enumerate(said):
        if word.kind != "sign":
            continue
        if word.text in "([{":
            loop = _loop(said, i)
            if loop and any(open_loops):
                yield word.at, "a loop over a list inside another cannot be stopped: UNWIND one"
            open_loops.append(loop)
        elif word.text in ")]}" and open_loops:
            open_loops.pop()


def _loop(said: Sequence[Word], at: int) -> bool:
    """Tell whether a bracket opens a loop: ``[x IN``, ``any(x IN``, ``reduce(``."""
    first = said[at + 1 : at + 3]
    each = len(first) == 2 and first[0].names and first[1].key == "IN"
    before = said[at - 1].key if at else ""
    if said[at].text == "[":
        return each
    return said[at].text == "(" and before in _LOOPS and (each or before == "REDUCE")


def _ranges(said: Sequence[Word], parameters: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """Yield ranges that are not gone through row by row and may be too long."""
    for i, word in enumerate(said[:-1]):
        if word.text.upper() != "RANGE" or not word.names or said[i + 1].text != "(":
            continue
        inner = said[i + 2 : _closing(said, i + 1)]
        after = said[i + 3 + len(inner) : i + 4 + len(inner)]
        by_rows = i and said[i - 1].key == "UNWIND" and after and after[0].key == "AS"
        if not by_rows and not _short(inner, parameters):
            yield (
                word.at,
                (
                    f"range() inside an expression takes numbers up to {LONGEST:,}, parameters, "
                    "size() or length(): write UNWIND range(…) AS x instead"
                ),
            )


def _closing(said: Sequence[Word], opening: int) -> int:
    depth = 0
    for i in range(opening, len(said)):
        if said[i].kind == "sign":
            depth += (said[i].text in "([{") - (said[i].text in ")]}")
        if depth == 0:
            return i
    return len(said)


def _short(inner: Sequence[Word], parameters: Mapping[str, Any]) -> bool:
    """Tell whether a range's ends are numbers that are not too far, or sizes of what is there."""
    i = 0
    while i < len(inner):
        word = inner[i]
        if word.key in ("SIZE", "LENGTH") and i + 1 < len(inner) and inner[i + 1].text == "(":
            i = _closing(inner, i + 1)
        elif word.text == "$" and i + 1 < len(inner):
            i += 1
            if not _small(parameters.get(inner[i].text, 0)):
                return False
        elif word.kind == "number":
            if not _small(int(word.text)):
                return False
        elif word.text not in {",", "-", "+"}:
            return False
        i += 1
    return True


def _small(value: Any) -> bool:
    return not isinstance(value, int | float) or abs(value) <= LONGEST


def _patterns(said: Sequence[Word], parameters: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """Yield regular expressions that may go on for ever, and those that are made as it runs."""
    for i in range(len(said) - 2):
        if said[i].text != "=" or said[i + 1].text != "~":
            continue
        pattern, end = _pattern(said, i + 2, parameters)
        if pattern is None or (end < len(said) and said[end].text in "+.[("):
            yield said[i].at, "a regular expression is one text or one parameter"
        elif not _bounded(pattern):
            yield (
                said[i].at,
                (
                    "this regular expression may never come to an end: repeat no group, and not "
                    f"more than {REPEATS} times, or use CONTAINS, STARTS WITH, ENDS WITH"
                ),
            )


def _pattern(
    said: Sequence[Word], at: int, parameters: Mapping[str, Any]
) -> tuple[str | None, int]:
    word = said[at]
    if word.kind == "text":
        return re.sub(r"\\(.)", r"\1", word.text[1:-1], flags=re.DOTALL), at + 1
    if word.text == "$" and at + 1 < len(said):
        given = parameters.get(said[at + 1].text, "")
        return (given if isinstance(given, str) else None), at + 2
    return None, at


def _bounded(pattern: str) -> bool:
    """Tell whether a pattern repeats little: no group, nothing it found before, few repeats."""
    if re.search(r"\\[1-9k]", pattern) or "(?=" in pattern or "(?<" in pattern or "\\Q" in pattern:
        return False
    bare = _CHARS.sub("c", pattern)
    return not re.search(r"\)\s*[*+{?]", bare) and len(_AGAIN.findall(bare)) <= REPEATS
