"""Node and edge kinds of the graph, declared once: stores, console and documentation read them."""

from __future__ import annotations

from dataclasses import dataclass

from graph.catalogue.facts import FACTS
from graph.catalogue.model import Kind, Relation


@dataclass(frozen=True, slots=True)
class NodeKind:
    """A label, and its properties with what they mean. Every node's key is ``id``."""

    label: str
    about: str
    properties: dict[str, str]
    indexed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EdgeKind:
    """A relationship type from some labels to others, with its properties."""

    type: str
    about: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    properties: dict[str, str]


NODE_FACTS = tuple(fact for fact in FACTS if fact.node)
_ARTIFACT = {
    "id": "the id as the Hub writes it; a data set's with datasets/ before it",
    "name": "the name after the slash",
    "author": "the organisation or user",
    "crawled": "false for a repository that is only named as a parent, deleted ones included",
    "official": "whether a roster lists it as its maker's own",
    **{fact.name: fact.about for fact in NODE_FACTS},
    "licence": "the declared licence, as read; several joined by a comma",
    "outcome": "the worst outcome of its findings",
}
_LINEAGE = {
    "relation": "finetune, adapter, merge, quantized, mirror, renamed, distilled",
    "strength": "declared, stated or inferred",
    "confidence": "1.0, or the probability of an inferred edge",
    "source": "whose word it is: author, hub, annotator or register",
}
_BY_PATH = {
    "strength": "of the best path",
    "confidence": "of that path",
    "source": "author where authors alone tell that path, else who of hub, annotator, register",
}
ARTIFACTS = ("Model", "Dataset")
COUNTERS = tuple(fact.name for fact in NODE_FACTS if fact.counter)
_IMPORTED: dict[type, str] = {int: "long", bool: "boolean"}  # moments are ISO texts
# What is not text, in the words of Neo4j's import.
TYPES = {
    "crawled": "boolean",
    "official": "boolean",
    "llama": "boolean",
    "count": "long",
    "form": "long",
    "confidence": "double",
    **{fact.name: _IMPORTED[fact.type] for fact in NODE_FACTS if fact.type in _IMPORTED},
}

NODES: dict[str, NodeKind] = {
    kind.label: kind
    for kind in (
        NodeKind("Model", "A model repository.", _ARTIFACT, ("author", "name")),
        NodeKind("Dataset", "A data set repository.", _ARTIFACT, ("author", "name")),
        NodeKind("Author", "An organisation or user.", {"id": "its name on the Hub"}),
        NodeKind(
            "Licence",
            "Terms, as declared by a repository or inherited along its lineage.",
            {"id": "the Hub's id, or the name as it is written", "title": "its full name"},
        ),
        NodeKind(
            "Family",
            "A line of models of one origin.",
            {
                "id": "as the roster names it",
                "title": "as people say it",
                "maker": "who made it",
                "llama": "whether it is Llama's",
            },
        ),
        NodeKind(
            "Finding",
            "What a check says of an artifact under one licence.",
            {
                "id": "artifact, check and licence",
                "check": "the kind of duty",
                "outcome": "failed, review, unknown, info or passed",
                "licence": "the licence whose duty it is",
                "section": "the clause",
                "strength": "of the lineage it rests on",
                "source": "of that lineage",
                "message": "what was seen",
                "remedy": "what to do",
            },
        ),
        NodeKind(
            "Census",
            "What was listed and is not kept, counted: where only what descends from Llama is.",
            {
                "id": "kind, line, strength, source and month",
                "kind": "model or dataset",
                "line": "a family; none; or several, which takes off what counts in several lines",
                "strength": "of the lineage to that family",
                "source": "of that lineage",
                "month": "of creation, as 2026-08 or before 2022-03; null where not known",
                "count": "repositories; less than zero for several, so that all add up",
                "downloads": "theirs in the last 30 days",
            },
        ),
        NodeKind(
            "Build",
            "The build this graph comes from.",
            {"id": "its UUID", "form": "the version of this schema, on a server"},
        ),
    )
}

EDGES: dict[str, EdgeKind] = {
    kind.type: kind
    for kind in (
        EdgeKind("DERIVED_FROM", "Comes from.", ARTIFACTS, ARTIFACTS, _LINEAGE),
        EdgeKind("TRAINED_ON", "Was trained on.", ("Model",), ("Dataset",), _LINEAGE),
        EdgeKind("GENERATED_BY", "Holds outputs of.", ("Dataset",), ("Model",), _LINEAGE),
        EdgeKind("PUBLISHED_BY", "Belongs to.", ARTIFACTS, ("Author",), {}),
        EdgeKind("DECLARES", "Names as its licence.", ARTIFACTS, ("Licence",), {}),
        EdgeKind(
            "INHERITS",
            "A licence that arrives along the lineage.",
            ARTIFACTS,
            ("Licence",),
            _BY_PATH,
        ),
        EdgeKind(
            "IN_FAMILY",
            "Belongs to a family.",
            ARTIFACTS,
            ("Family",),
            _BY_PATH,
        ),
        EdgeKind("HAS_FINDING", "Was found.", ARTIFACTS, ("Finding",), {}),
    )
}

LINEAGE_TYPES = ("DERIVED_FROM", "TRAINED_ON", "GENERATED_BY")


def label_of(artifact_id: str) -> str:
    """Return the label of an artifact's node."""
    return "Dataset" if Kind.of(artifact_id) is Kind.DATASET else "Model"


def type_of(relation: Relation) -> str:
    """Return the relationship type that a relation is stored as."""
    return relation.name if relation.name in LINEAGE_TYPES else "DERIVED_FROM"
