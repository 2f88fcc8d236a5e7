"""What is known of a name before any record is read: renames, re-uploads, cache paths.

These claims belong to an id, not to a record: they hold as well for parents never crawled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.catalogue.model import Claim, Evidence, Relation, Source, Strength
from graph.catalogue.roster import Roster, load
from graph.evidence.record import HubRecord, valid_id
from graph.evidence.signal import Signal

CACHE_PATH_CONFIDENCE = 0.9  # docs/lineage.md: a folder's name is all there is
_CACHED = re.compile(r"(?:^|[/\\])(?:models--)?([\w.\-]+?)--([\w.\-]+)(?:[/\\]snapshots[/\\].*)?$")


def of_record(record: HubRecord) -> Iterator[Claim]:
    """Yield what is known of a record's own name, and the names that it bore before."""
    for former in record.former:
        where = Evidence(record.id, "_id", f"known as {former} before")
        how = Relation.RENAMED, Strength.DECLARED, "former_name", where
        yield Claim(former, record.id, *how, source=Source.HUB)
    yield from of_id(record.id)


def of_id(artifact_id: str) -> Iterator[Claim]:
    """Yield what the rosters and the form of an id say of it."""
    roster = load()
    spelled = roster.spelling(artifact_id)
    if spelled and spelled != artifact_id:
        yield _known(artifact_id, spelled, Relation.RENAMED, "the same name in other case")
    elif artifact_id in roster.renamed:
        yield _known(artifact_id, roster.renamed[artifact_id], Relation.RENAMED, "roster: renamed")
    elif artifact_id in roster.copies:
        copy = roster.copies[artifact_id]
        yield _known(artifact_id, copy.original, copy.relation, "roster: known re-upload")
    elif target := cached(artifact_id, roster):
        where = Evidence(artifact_id, "id", artifact_id)
        how = Relation.MIRROR, Strength.INFERRED, "cache_path", where, CACHE_PATH_CONFIDENCE
        yield Claim(artifact_id, target, *how, source=Source.REGISTER)


def _known(child: str, parent: str, relation: Relation, value: str) -> Claim:
    where = Evidence(child, "roster", value)
    how = relation, Strength.DECLARED, "identity", where
    return Claim(child, parent, *how, source=Source.REGISTER)


def cached(path: str, roster: Roster) -> str | None:
    """Return the repository that a cache folder's name stands for (``owner--name``)."""
    if valid_id(path) or not (found := _CACHED.search(path)):
        return None
    target = f"{found.group(1)}/{found.group(2)}"
    return (roster.spelling(target) or target) if valid_id(target) else None


SIGNAL = Signal(of_record, order=110, of_names=True)
