"""What is said of an artifact whose lineage ends in what nobody knows."""

from __future__ import annotations

from graph.catalogue.model import Artifact, Kind, Unknown
from graph.evidence.record import valid_id
from graph.lineage.families import Families
from graph.lineage.unknown import Ends

_NAME_IT = "name in its card (`base_model`) the model that it was made from"


def told(node: int, artifact: Artifact, families: Families, ends: Ends) -> tuple[Unknown, ...]:
    """Return why a model's licences are not known; nothing for what is settled, or for data.

    Of one that was not crawled its sheet says that, and nothing else.
    """
    if not artifact.crawled or artifact.judged_as is not Kind.MODEL or families.is_licensor(node):
        return ()
    end, via = int(ends.end[node]), int(ends.via[node])
    if end < 0:
        return ()
    if via >= 0:
        return (_of_parent(families.ids[families.edges.parent[via]], families.ids[end]),)
    return tuple(_of_file(file, why) for file, why in artifact.unread)


def _of_file(file: str, why: str) -> Unknown:
    message = f"{file} could not be read, and may name what this was made from: {why}."
    return Unknown(file, message, f"Mend {file}, or {_NAME_IT}.")


def _of_parent(parent: str, end: str) -> Unknown:
    """Say which parent leads nowhere: itself, or by what it comes from in turn."""
    if not valid_id(parent):
        message = f'Its parent is told as "{parent}", which names no repository that is known.'
        return Unknown(parent, message, f"Find out what it is, and {_NAME_IT}.")
    if end == parent:
        message = f"Its parent {parent} was not read, and nothing is known of where it comes from."
    else:
        message = f"Its parent {parent} comes from {end}, of which nothing is known."
    return Unknown(parent, message, f"Crawl {end}, or {_NAME_IT}.")
