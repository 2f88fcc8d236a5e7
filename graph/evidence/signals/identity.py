"""What is known of a name before any record is read: renames, re-uploads, what a text means.

These claims belong to an id, not to a record: they hold as well for parents never crawled.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from graph.catalogue.model import Claim, Evidence, Relation, Source, Strength
from graph.catalogue.roster import load
from graph.evidence import reference
from graph.evidence.record import HubRecord, valid_id
from graph.evidence.signal import Signal
from graph.evidence.signals import base_model_tag, card_base_model


def of_record(record: HubRecord) -> Iterator[Claim]:
    """Yield what is known of a record's own name, and the names that it bore before."""
    for former in record.former:
        where = Evidence(record.id, "_id", f"known as {former} before")
        how = Relation.RENAMED, Strength.DECLARED, "former_name", where
        yield Claim(former, record.id, *how, source=Source.HUB)
    if record.id not in load().derived or not _declares(record):  # its own word stands
        yield from of_id(record.id)


def _declares(record: HubRecord) -> bool:
    told = chain(base_model_tag.claims(record), card_base_model.claims(record))
    return any(valid_id(claim.parent) for claim in told)


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
    elif artifact_id in roster.derived:
        for made in roster.derived[artifact_id]:
            told = "roster: what a well-known model was made from"
            yield _known(artifact_id, *made, told, Strength.STATED)  # of cards' prose, as others'
    else:
        for meant in reference.read(artifact_id):
            yield _meant(artifact_id, meant)


def _meant(text: str, one: reference.Reference) -> Claim:
    """Return that a text stands for a repository: as its author wrote it, or as it looks to us."""
    where = Evidence(text, "id", one.how or "the text holds the id")
    strength, source = Strength.DECLARED, Source.AUTHOR
    if not one.is_held:
        strength, source = Strength.INFERRED, Source.REGISTER
    how = one.relation, strength, "reference", where, one.confidence, source
    return Claim(text, one.id, *how)


def _known(
    child: str,
    parent: str,
    relation: Relation,
    value: str,
    strength: Strength = Strength.DECLARED,
) -> Claim:
    where = Evidence(child, "roster", value)
    how = relation, strength, "identity", where
    return Claim(child, parent, *how, source=Source.REGISTER)


SIGNAL = Signal(of_record, order=110, of_names=True)
