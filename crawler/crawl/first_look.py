"""The first look: what is asked before the whole list, so that something true can be shown soon.

One page of each question, the most telling first. What it finds also tells later whether the list
was whole: it must hold all of this.
"""

from __future__ import annotations

from collections.abc import Iterator

from crawler.hub import ListRequest
from graph.catalogue import licences as library
from graph.catalogue.model import Kind
from graph.catalogue.roster import Roster, load


def requests(most: int) -> list[str]:
    """Return as many questions as may be asked, in order."""
    found = dict.fromkeys(request.text for request in _requests(load()))
    return list(found)[:most]


def _requests(roster: Roster) -> Iterator[ListRequest]:
    """Yield the licences' tags by downloads, then children of what is official, then the newest."""
    families = sorted(roster.llama_families(), key=lambda f: -f.share)  # most models first
    official = [i for family in families for i in sorted(family.official)]
    known = library.load().licences
    licences = dict.fromkeys(f.licence for f in families if f.licence in known)
    tags = [hub_id for licence in licences for hub_id in known[licence].hub_ids]
    copies = [i for i in roster.copies if _original(roster, i) in set(official)]
    for tag in tags:
        yield ListRequest(Kind.MODEL, f"license:{tag}", "downloads")
    yield from (ListRequest(Kind.MODEL, f"base_model:{i}", "downloads") for i in official[:20])
    for tag in tags:
        yield ListRequest(Kind.MODEL, f"license:{tag}")
        yield ListRequest(Kind.DATASET, f"license:{tag}", "downloads")
    yield from (ListRequest(Kind.MODEL, f"base_model:{i}", "downloads") for i in official[20:])
    yield from (ListRequest(Kind.MODEL, f"base_model:{i}") for i in official)
    yield from (ListRequest(Kind.MODEL, f"base_model:{i}", "downloads") for i in copies)


def _original(roster: Roster, copy: str) -> str:
    for _ in range(len(roster.copies)):
        if copy not in roster.copies:
            break
        copy = roster.copies[copy].original
    return roster.renamed.get(copy, copy)
