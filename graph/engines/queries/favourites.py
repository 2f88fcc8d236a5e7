"""The query library as favourites of Neo4j Browser, and the address that opens a query there.

Parameters are written into the queries. Browser runs a favourite with ``:param`` lines as several
statements, and of several it shows that they succeeded and not what they answered.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from graph.engines.queries.cypher import filled
from graph.engines.queries.query import Question

HEAD = "// Herdbook's query library"
_DAY = (1980, 1, 1, 0, 0, 0)  # of every file, so that the same library is the same archive


def favourite(question: Question, given: Mapping[str, Any] | None = None) -> str:
    """Return a question as one favourite: its title, what its values mean, the query."""
    values = {**question.defaults(), **(given or {})}
    about = [f"// {p.name}: {p.about}" for p in question.parameters]
    return "\n".join((f"// {question.title}", *about, filled(question.cypher, values) + ";"))


def as_text(questions: Iterable[Question]) -> str:
    """Return one file of all: Browser pastes it whole, or keeps it as one favourite."""
    return "\n\n".join((HEAD, *map(favourite, questions))) + "\n"


def as_archive(questions: Iterable[Question]) -> bytes:
    """Return a zip of one file each, in a folder a topic: Browser keeps each as a favourite."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for question in questions:
            entry = zipfile.ZipInfo(f"{question.topic}/{question.name}.cypher", _DAY)
            archive.writestr(entry, favourite(question) + "\n", zipfile.ZIP_DEFLATED)
    return out.getvalue()


def address(browser: str, text: str) -> str:
    """Return the address that opens Neo4j Browser with a text in its editor."""
    return f"{browser.rstrip('/')}/?{urlencode({'cmd': 'edit', 'arg': text})}"
