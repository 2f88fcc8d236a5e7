"""The gate of the Cypher console: what may be asked of an engine at all, told from the words.

It stands before the plan, not in its place: what an engine would do is told by its plan
(`graph.engines.console.plans`), but plans show nothing of a subquery inside an expression
(docs/console.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from graph.engines.console.words import Word, place, visible, words
from graph.engines.port.ports import QueryRefused

DEEPEST = 50  # brackets within brackets
PROCEDURES = frozenset(
    {
        "db.labels",
        "db.relationshipTypes",
        "db.propertyKeys",
        "db.schema.visualization",
        "db.schema.nodeTypeProperties",
        "db.schema.relTypeProperties",
    }
)
# Functions with a dot in their name: those of the language. Others come with extensions, of which
# some run a statement that they are given as text.
_SPACES = {"DATE", "DATETIME", "DURATION", "LOCALDATETIME", "LOCALTIME", "POINT", "TIME", "VECTOR"}
_BEFORE = {"EXPLAIN", "PROFILE", "CYPHER", "FOR"}
_ELSEWHERE = {
    "USE": "there is one graph here",
    "SHOW": "it tells of the server, not of the graph",
    "TERMINATE": "nobody's query is ended from here",
}


def single(query: str) -> str:
    """Return a text as one statement that may be explained, without its final semicolon.

    What stands before it stays, so that its lines count as the person who typed it counts.
    Raises QueryRefused, and QueryFailed for a quote or comment left open.
    """
    text = visible(query)
    found = words(text)
    ends = [word.at for word in found if word.text == ";" and word.kind == "sign"]
    said = [word for word in found if word.at not in ends]
    if not said:
        raise QueryRefused("the query is empty")
    if ends and said[-1].at > ends[0]:
        raise QueryRefused("one statement at a time: something follows a semicolon")
    _judge(text, said)
    return (text[: ends[0]] if ends else text).rstrip()


def _judge(text: str, said: Sequence[Word]) -> None:
    for at, why in (*_options(said), *_files(said), *_calls(said), *_deep(said)):
        raise QueryRefused(f"{place(text, at)}: {why}")


def _options(said: Sequence[Word]) -> Iterator[tuple[int, str]]:
    if said[0].key in _BEFORE:
        yield said[0].at, f"nothing is let in before the statement itself, as {said[0].key} is"
    for at, word in enumerate(said):
        clause = said[at + 1].text != ":" if at + 1 < len(said) else True
        if word.key in _ELSEWHERE and clause and _begins(said, at):
            yield word.at, f"{word.key} is not let in: {_ELSEWHERE[word.key]}"


def _begins(said: Sequence[Word], at: int) -> bool:
    """Tell whether a word may begin a part of a statement: first, after ``{``, after UNION."""
    before = [word.key or word.text for word in said[max(0, at - 2) : at]]
    return not before or before[-1] in ("{", "UNION") or before[0] == "UNION"


def _files(said: Sequence[Word]) -> Iterator[tuple[int, str]]:
    for word, after in pairwise(said):
        if word.key == "LOAD" and after.key == "CSV":
            yield word.at, "LOAD CSV is not let in: it reads files and addresses"


def _calls(said: Sequence[Word]) -> Iterator[tuple[int, str]]:
    """Yield procedures and functions that are not offered."""
    at = 0
    while at < len(said):
        called = said[at].key == "CALL" and at + 1 < len(said) and said[at + 1].names
        at += called
        name, after = dotted(said, at)
        if called and name not in PROCEDURES:
            offered = ", ".join(sorted(PROCEDURES))
            yield said[at].at, f"the procedure {name} is not offered; those that are: {offered}"
        function = "." in name and after < len(said) and said[after].text == "("
        if function and not called and name.partition(".")[0].upper() not in _SPACES:
            yield said[at].at, f"the function {name} is not offered: it comes from an extension"
        at = max(after, at + 1)


def dotted(said: Sequence[Word], at: int) -> tuple[str, int]:
    """Return the name with dots that begins at a word, and the place after it."""
    if not said[at].names:
        return "", at
    parts = [said[at].text]
    at += 1
    while at + 1 < len(said) and said[at].text == "." and said[at + 1].names:
        parts.append(said[at + 1].text)
        at += 2
    return ".".join(parts), at


def _deep(said: Sequence[Word]) -> Iterator[tuple[int, str]]:
    depth = 0
    for word in said:
        if word.kind == "sign":
            depth += (word.text in "([{") - (word.text in ")]}")
        if depth > DEEPEST:
            yield word.at, f"brackets within brackets: {DEEPEST} at most"
            return
