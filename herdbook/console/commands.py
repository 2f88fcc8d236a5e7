"""What a person may type into the console, as values. Nothing here speaks to a terminal."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

HELP = {
    ":help": "this list",
    ":queries": "the query library, by topic",
    ":run NAME [param=json …]": "ask a query of the library, or a saved one",
    ":save NAME": "save the last query",
    ":save FILE.csv": "write the last answer to a file, as CSV or (FILE.json) as JSON",
    ":saved": "the saved queries",
    ":param NAME = JSON": "set a parameter for $NAME",
    ":params": "the parameters that are set",
    ":limit N": "show at most N rows",
    ":schema": "labels, relationships and properties",
    ":quit": "leave (as does Ctrl-D)",
}
NAMES = tuple(dict.fromkeys(usage.split()[0] for usage in HELP))
FORMS = ("csv", "json")
_SAVED = re.compile(r"[a-z0-9-]{1,60}")
_GIVEN = re.compile(r"\s*(\w+)\s*=\s*")
_LIMIT = re.compile(r"[1-9][0-9]{0,5}|1000000")
_DECODER = json.JSONDecoder()


class CommandError(ValueError):
    """A command that cannot be understood; the message says how it is written."""


Command = tuple[Any, ...]
"""What to do, and with what: ``("ask", QUERY)``, ``("run", NAME, VALUES)``, ``("save", NAME)``,
``("export", PATH, FORM)``, ``("param", NAME, VALUE)``, ``("limit", ROWS)``, or one word alone.
"""


def parse(text: str) -> Command:
    """Read one statement or one command that begins with a colon. Raises CommandError."""
    if not text.lstrip().startswith(":"):
        return "ask", text
    word, _, rest = text.strip().rstrip(";").rstrip().partition(" ")
    if word not in NAMES:
        raise CommandError(f"{word} is no command; :help lists them")
    if read := _READERS.get(word):
        return read(rest.strip())
    if rest.strip():
        raise CommandError(f"{word} takes nothing after it")
    return (word[1:],)


def is_name(name: str) -> bool:
    """Tell whether a saved query may have this name."""
    return _SAVED.fullmatch(name) is not None


def saved_name(name: str) -> str:
    """Return a name under which a query may be saved, so that it can never be a path."""
    if not is_name(name):
        raise CommandError("a name is 1 to 60 of a-z, 0-9 and -, as in :save my-query")
    return name


def _run(rest: str) -> Command:
    name, _, values = rest.partition(" ")
    if not name:
        raise CommandError(":run NAME [param=json …]; :queries lists the names")
    return "run", name, dict(_assignments(values))


def _save(rest: str) -> Command:
    path = Path(rest)
    form = path.suffix[1:].lower()
    if form in FORMS:
        return "export", path.expanduser(), form
    return "save", saved_name(rest)


def _parameter(rest: str) -> Command:
    found = _assignments(rest)
    if len(found) != 1:
        raise CommandError(':param NAME = JSON, as in :param family = "llama-3"')
    return "param", *found[0]


def _assignments(text: str) -> list[tuple[str, Any]]:
    """Read ``name=json`` as often as it stands there; a value may hold spaces."""
    found, at = [], 0
    while text[at:].strip():
        name = _GIVEN.match(text, at)
        if name is None:
            raise CommandError(f"{text[at:].strip()!r} is not written as name=json")
        try:
            value, at = _DECODER.raw_decode(text, name.end())
        except json.JSONDecodeError as error:
            raise CommandError(
                f'{name[1]}: not JSON ({error.msg}); a text stands in quotes: {name[1]}="…"'
            ) from None
        found.append((name[1], value))
    return found


def _limit(rest: str) -> Command:
    if not _LIMIT.fullmatch(rest):
        raise CommandError(":limit N, from 1 to 1000000")
    return "limit", int(rest)


_READERS = {":run": _run, ":save": _save, ":param": _parameter, ":limit": _limit}
