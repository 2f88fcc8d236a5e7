"""What may come next on the line: commands, query names, keywords, and the words of the schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from graph.engines.port.schema import EDGES, NODES, EdgeKind, NodeKind
from graph.engines.queries.cypher import FUNCTIONS, KEYWORDS
from graph.engines.queries.query import library
from herdbook.console.commands import HELP, NAMES

_KINDS: dict[str, NodeKind | EdgeKind] = {**NODES, **EDGES}
_OF = {name: sorted(kind.properties) for name, kind in _KINDS.items()}
_PROPERTIES = sorted({name for names in _OF.values() for name in names})
_WORDS = sorted((*KEYWORDS, *FUNCTIONS), key=str.lower)
_ABOUT = {
    **{name: kind.about for name, kind in _KINDS.items()},
    **FUNCTIONS,
    **{usage.split()[0]: about for usage, about in HELP.items()},
}

_COMMAND = re.compile(r"\A\s*(:\w*)\Z")
_RUN = re.compile(r"\A\s*:run\s+([\w-]*)\Z")
_TYPE = re.compile(r"\[[^\[\]]*[:|]\s*(\w*)\Z")
_LABEL = re.compile(r"\([^()\[\]]*[:|]\s*(\w*)\Z")
_PROPERTY = re.compile(r"(?<![\w.])([^\W\d]\w*)\.(\w*)\Z")
_INSIDE = re.compile(r"[:|]\s*(\w+)\s*\{(?:[^{}]*,)?\s*(\w*)\Z")
_PARAMETER = re.compile(r"\$(\w*)\Z")
_WORD = re.compile(r"(?<![\w'\"])(\w+)\Z")


def suggestions(
    before: str, saved: Iterable[str] = (), parameters: Iterable[str] = ()
) -> tuple[str, list[str]]:
    """Return the unfinished word at the end of a text, and the words that begin with it."""
    if found := _PROPERTY.search(before) or _INSIDE.search(before):
        kind = found[1] if found.re is _INSIDE else _kind(found[1], before)
        return _begun(found[2], _OF.get(kind) or _PROPERTIES)
    places: tuple[tuple[re.Pattern[str], Iterable[str]], ...] = (
        (_COMMAND, NAMES),
        (_RUN, (*library(), *saved)),
        (_TYPE, EDGES),
        (_LABEL, NODES),
        (_PARAMETER, sorted(parameters)),
        (_WORD, _WORDS),
    )
    for pattern, words in places:
        if found := pattern.search(before):
            return _begun(found[1], words)
    return "", []


def _begun(begun: str, words: Iterable[str]) -> tuple[str, list[str]]:
    return begun, [word for word in words if word.lower().startswith(begun.lower())]


def _kind(variable: str, before: str) -> str:
    """Return the label or type that a text gives a variable."""
    found = re.search(rf"[(\[]\s*{re.escape(variable)}\s*:\s*(\w+)", before)
    return found[1] if found else ""


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
            yield Completion(word, start_position=-len(begun), display_meta=_ABOUT.get(word))
