"""What a server could not stop once it has begun, and is therefore not let in.

A server looks at the time between rows. A loop over a list inside an expression, and a regular
expression, are one step to it, however long they take: `[x IN range(1, 1000000000) | x]` went on
for half a minute after its limit of three seconds (docs/console.md). KGLite's worker can be ended,
so this is asked of queries to servers alone.

Nor does a server stop everywhere while it plans, and its memory limits count nothing of that: 24
conditions with XOR between them, 298 characters, held 320 MB of its heap and went on after their
time was over. A server whose heap is full may answer nobody until it is started again. So what a
plan's cost grows with is counted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from graph.engines.console.words import Word, place, words
from graph.engines.port.ports import QueryRefused

LONGEST = 1_000_000  # numbers of a range() that is gone through inside an expression
REPEATS = 3  # *, + or {n,} of a pattern
# What one statement may hold: twice what the largest query of the library does, or more.
MOST_WORDS = 1_000  # without commas, numbers and texts, which cost little: a list of ids is no harm
MOST_CLAUSES = 60
MOST_RELATIONSHIPS = 10  # the planner compares the orders in which they can be followed
MOST_XOR = 5  # each doubles the condition before it: the planner writes it with AND and OR
_CLAUSES = {"MATCH", "WITH", "UNWIND", "UNION", "CALL", "RETURN", "EXISTS", "COUNT", "COLLECT"}
_LOOPS = {"REDUCE", "ANY", "ALL", "NONE", "SINGLE"}
_CHARS = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]", re.DOTALL)
_AGAIN = re.compile(r"[*+]|\{\d+,\d*\}|\{\d{3,}\}")


def admit(statement: str, parameters: Mapping[str, Any]) -> None:
    """Refuse what could not be stopped. Raises QueryRefused with the place and what to do."""
    said = words(statement)
    for at, why in (
        *_large(said),
        *_nested(said),
        *_ranges(said, parameters),
        *_patterns(said, parameters),
    ):
        raise QueryRefused(f"{place(statement, at)}: {why}")


def _large(said: Sequence[Word]) -> Iterator[tuple[int, str]]:
    """Yield where there begins to be more than a plan is made for in little time and memory."""
    for most, what, counted in (
        (MOST_WORDS, "words and signs: give lists and maps as parameters", _told),
        (MOST_CLAUSES, "clauses and subqueries: ask in several queries", _clause),
        (MOST_RELATIONSHIPS, "relationships: ask in several queries", _relationship),
        (MOST_XOR, "XOR: write (a) <> (b), or ask in several queries", _xor),
    ):
        found = [one for one, after in pairwise(said) if counted(one, after)]
        if len(found) > most:
            yield found[most].at, f"a server plans a query of at most {most:,} {what}"


def _told(one: Word, _: Word) -> bool:
    return one.kind not in ("number", "text") and one.text != ","


def _clause(one: Word, _: Word) -> bool:
    return one.key in _CLAUSES


def _relationship(one: Word, after: Word) -> bool:
    return _dash(one) and (_dash(after) or after.text == "[")


def _xor(one: Word, _: Word) -> bool:
    return one.key == "XOR"


def _dash(word: Word) -> bool:
    """Tell whether a sign is one of the dashes that a server takes for the ASCII one."""
    dashes = unicodedata.category(word.text) == "Pd" if word.kind == "sign" else False
    return dashes or word.text == "\u2212"


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
