"""A record's classification: its features weighed. Stored with the record, for the build to use
where no declared or stated lineage is known."""

from __future__ import annotations

from graph.catalogue.model import DATASET_PREFIX
from graph.evidence import features, reference
from graph.evidence.features import name
from graph.evidence.inference import Classification, classify
from graph.evidence.record import HubRecord, valid_id


def of_record(record: HubRecord) -> Classification | None:
    """Return what a record of weights gives away, of one that is gone its name; else None."""
    if record.removed or not record.holds_weights:
        return of_id(record.id)
    return classify(features.of_record(record), record.created.date() if record.created else None)


def of_id(artifact_id: str) -> Classification | None:
    """Return what the name of a model never read gives away, or the words of a text that is none.

    None where a text means a repository, whose own name tells, and where it has no words.
    """
    if artifact_id.startswith(DATASET_PREFIX):
        return None
    if valid_id(artifact_id):
        return classify(name.of_name(artifact_id.rpartition("/")[2]))
    words = "" if reference.read(artifact_id) else reference.words(artifact_id)
    return classify(name.of_name(words)) if words else None
