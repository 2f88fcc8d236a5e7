"""What may come next on the line: commands, query names, keywords, and the words of the schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from graph.questions import library
from graph.schema import EDGES, NODES
from herdbook.console.commands import NAMES

# fmt: off
KEYWORDS = (
    "AND", "AS", "ASC", "BY", "CASE", "collect", "CONTAINS", "count", "DESC", "DISTINCT", "ELSE",
    "END", "ENDS", "EXISTS", "false", "IN", "IS", "LIMIT", "MATCH", "NOT", "null", "OPTIONAL", "OR",
    "ORDER", "RETURN", "SKIP", "STARTS", "sum", "THEN", "true", "UNION", "UNWIND", "WHEN", "WHERE",
    "WITH",
)
# fmt: on
_PROPERTIES = sorted(
    {name for node in NODES.values() for name in node.properties}
    | {name for edge in EDGES.values() for name in edge.properties}
)

_COMMAND = re.compile(r"\A\s*(:\w*)\Z")
_RUN = re.compile(r"\A\s*:run\s+([\w-]*)\Z")
_TYPE = re.compile(r"\[[^\[\]]*[:|]\s*(\w*)\Z")
_LABEL = re.compile(r"\([^()\[\]]*[:|]\s*(\w*)\Z")
_PROPERTY = re.compile(r"\w\.(\w*)\Z")
_PARAMETER = re.compile(r"\$(\w*)\Z")
_WORD = re.compile(r"(?<![\w'\"])(\w+)\Z")


def suggestions(
    before: str, saved: Iterable[str] = (), parameters: Iterable[str] = ()
) -> tuple[str, list[str]]:
    """Return the unfinished word at the end of a text, and the words that begin with it."""
    places: tuple[tuple[re.Pattern[str], Iterable[str]], ...] = (
        (_COMMAND, NAMES),
        (_RUN, (*library(), *saved)),
        (_TYPE, EDGES),
        (_LABEL, NODES),
        (_PROPERTY, _PROPERTIES),
        (_PARAMETER, sorted(parameters)),
        (_WORD, KEYWORDS),
    )
    for pattern, words in places:
        if found := pattern.search(before):
            begun = found[1]
            return begun, [word for word in words if word.lower().startswith(begun.lower())]
    return "", []


class CypherCompleter(Completer):
    """Hands `suggestions` to prompt_toolkit; names are asked for anew at each key."""

    def __init__(
        self, saved: Callable[[], Iterable[str]], parameters: Callable[[], Iterable[str]]
    ) -> None:
        self._saved, self._parameters = saved, parameters

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterator[Completion]:
        """Yield what fits before the cursor."""
        begun, words = suggestions(document.text_before_cursor, self._saved(), self._parameters())
        for word in words:
            yield Completion(word, start_position=-len(begun))
