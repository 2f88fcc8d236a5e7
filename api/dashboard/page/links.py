"""Where things are on this site: paths from ids, query strings from values. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from graph.catalogue.model import DATASET_PREFIX, Kind

_NAMED = re.compile(r"\{(\w+)\}")
_UNUSUAL = frozenset({"", ".", ".."})
HUB = "https://huggingface.co/"


def artifact(artifact_id: str) -> str:
    """Return the path of an artifact's page.

    Ids such as cache paths, which browsers would rewrite in a path, go in the query instead.
    """
    rest = _rest(artifact_id)
    if rest is None:
        return with_query("/artifact", {"id": artifact_id})
    return f"/{_folder(artifact_id)}/{rest}"


def api(artifact_id: str, tail: str = "") -> str | None:
    """Return the path of an artifact in the REST interface; None for an id it has no path for."""
    rest = _rest(artifact_id)
    one = rest is not None and rest.count("/") == 1
    return f"/v1/{_folder(artifact_id)}/{rest}{tail}" if one else None


def hub(artifact_id: str) -> str:
    """Return the address of the repository on the Hub."""
    return HUB + quote(artifact_id, safe="/")


def id_from(kind: Kind, rest: str) -> str:
    """Return the id that a page's path stands for."""
    bare = rest.removeprefix("_/")
    return f"{DATASET_PREFIX}{bare}" if kind is Kind.DATASET else bare


def with_query(path: str, values: Mapping[str, Any]) -> str:
    """Return a path with the values that are set as its query."""
    given = {k: v for k, v in values.items() if v not in (None, "")}
    return f"{path}?{urlencode(given)}" if given else path


def filled(link: str, values: Mapping[str, Any]) -> str:
    """Return an address with each ``{name}`` in it filled in; a parameter left empty goes."""

    def put(text: str) -> str:
        return _NAMED.sub(lambda name: str(values[name[1]]), text)

    path, _, query = link.partition("?")
    folders = (quote(put(part), safe="") for part in path.split("/"))
    return with_query("/".join(folders), {name: put(told) for name, told in parse_qsl(query)})


def console(query: str, parameters: Mapping[str, str] | None = None) -> str:
    """Return the address of the console with a query in it."""
    named = {f"p.{name}": value for name, value in (parameters or {}).items()}
    return with_query("/console", {"q": query, **named})


def _folder(artifact_id: str) -> str:
    return "datasets" if Kind.of(artifact_id) is Kind.DATASET else "models"


def _rest(artifact_id: str) -> str | None:
    bare = artifact_id.removeprefix(DATASET_PREFIX)
    parts = bare.split("/")
    if _UNUSUAL.intersection(parts) or not bare.isprintable() or "\\" in bare or parts[0] == "_":
        return None
    if len(parts) == 1:
        parts.insert(0, "_")
    return "/".join(quote(part, safe="") for part in parts)
