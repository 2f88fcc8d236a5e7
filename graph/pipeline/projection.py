"""Artifacts, edges and findings as the rows that graph engines store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from graph.catalogue import licences as library
from graph.catalogue.model import (
    Artifact,
    Finding,
    Membership,
    Outcome,
    Source,
    Strength,
    Unknown,
    worst,
)
from graph.catalogue.roster import Roster
from graph.engines.port.ports import Batch, EdgeRows, Row
from graph.engines.port.schema import NODE_FACTS, label_of, type_of
from graph.lineage.edges import RELATIONS, Edges
from graph.lineage.families import Families

_NAMES = tuple(fact.name for fact in NODE_FACTS)
_MOMENTS = tuple(fact.name for fact in NODE_FACTS if fact.type is datetime)
_values = attrgetter(*_NAMES)


@dataclass(frozen=True, slots=True)
class Judged:
    """An artifact of the graph with everything a build found out about it."""

    node: int
    key: int
    artifact: Artifact
    memberships: list[Membership]
    findings: list[Finding]
    unknown: tuple[Unknown, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """The worst outcome of its findings, and of those that are not known."""
        open_ends = [Outcome.UNKNOWN] if self.unknown else []
        return worst([*(finding.outcome for finding in self.findings), *open_ends])


def vocabulary(roster: Roster) -> Batch:
    """Return the nodes that exist beforehand: families and the licences that are judged."""
    told = ("id", "title", "maker", "llama")
    families = [{name: getattr(f, name) for name in told} for f in roster.families.values()]
    licences = [{"id": x.id, "title": x.title} for x in library.load().licences.values()]
    return Batch(nodes={"Family": families, "Licence": licences})


def batch(judged: Sequence[Judged], families: Families, known: set[str]) -> Batch:
    """Return the rows of some artifacts. ``known`` are ids that were in the graph before."""
    nodes: dict[str, list[Row]] = defaultdict(list)
    edges: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    renew: dict[str, list[str]] = defaultdict(list)
    for one in judged:
        label = label_of(one.artifact.id)
        nodes[label].append(_node(one, families.roster))
        if one.artifact.id in known:
            renew[label].append(one.artifact.id)
        for kind, target, row in _edges(one, families):
            edges[(kind, label, target)].append(row)
        nodes["Finding"] += [_finding(finding) for finding in shown(one.findings)]
    rows = tuple(EdgeRows(*ends, rows) for ends, rows in sorted(edges.items()))
    return Batch(dict(nodes), rows, dict(renew))


def shown(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that are kept: all but those that say that a duty does not apply."""
    return [f for f in findings if f.outcome is not Outcome.NOT_APPLICABLE]


def gone(ids: Iterable[str]) -> Batch:
    """Return a batch that makes artifacts disappear."""
    by_label: dict[str, list[str]] = defaultdict(list)
    for artifact_id in ids:
        by_label[label_of(artifact_id)].append(artifact_id)
    return Batch(gone=dict(by_label))


def _node(one: Judged, roster: Roster) -> Row:
    a = _present(one.artifact)
    row: dict[str, Any] = {
        "id": a.id,
        "name": a.name,
        "author": a.author or a.owner or None,
        "crawled": a.crawled,
        "official": roster.is_official(a.id),
        **dict(zip(_NAMES, _values(a), strict=True)),
        "licence": ", ".join(a.licences) if a.licences else None,
        "outcome": one.outcome.value,
    }
    for name in _MOMENTS:
        row[name] = row[name] and row[name].isoformat().replace("+00:00", "Z")
    return {name: value for name, value in row.items() if value is not None}


def _present(a: Artifact) -> Artifact:
    """Return what the graph tells of an artifact: of one that is gone, SQL alone keeps the facts.

    Else its downloads would count for ever.
    """
    return a if a.crawled else Artifact(a.id, crawled=False)


def _edges(one: Judged, families: Families) -> Iterable[tuple[str, str, Row]]:
    a = _present(one.artifact)
    for edge in families.own_edges(one.node):
        parent = families.ids[families.edges.parent[edge]]
        relation = RELATIONS[families.edges.relation[edge]]
        yield type_of(relation), label_of(parent), _lineage_row(a.id, parent, families.edges, edge)
    if author := (a.author or a.owner):
        yield "PUBLISHED_BY", "Author", {"from": a.id, "to": author}
    for licence in a.licences or ():
        yield "DECLARES", "Licence", {"from": a.id, "to": licence}
    inherited: dict[str, Membership] = {}
    for m in one.memberships:
        yield "IN_FAMILY", "Family", _membership_row(a.id, m.family, m)
        licence = families.family(m.family).licence
        if not licence:  # a version that nothing tells
            continue
        best = inherited.get(licence, m)
        inherited[licence] = max(best, m, key=attrgetter("strength", "source", "confidence"))
    for licence, m in inherited.items():
        yield "INHERITS", "Licence", _membership_row(a.id, licence, m)
    for finding in shown(one.findings):
        yield "HAS_FINDING", "Finding", {"from": a.id, "to": finding_id(finding)}


def _membership_row(member: str, to: str, m: Membership) -> Row:
    told = {"strength": m.strength.word, "confidence": m.confidence, "source": m.source.word}
    return {"from": member, "to": to, **told}


def _lineage_row(child: str, parent: str, edges: Edges, edge: int) -> Row:
    return {
        "from": child,
        "to": parent,
        "relation": RELATIONS[edges.relation[edge]].value,
        "strength": Strength(int(edges.strength[edge])).word,
        "confidence": round(float(edges.confidence[edge]), 4),
        "source": Source(int(edges.source[edge])).word,
    }


def finding_id(finding: Finding) -> str:
    """Return the id of a finding's node."""
    return f"{finding.artifact} {finding.check} {finding.licence}"


def _finding(finding: Finding) -> Row:
    row = {
        "id": finding_id(finding),
        "check": finding.check,
        "outcome": finding.outcome.value,
        "licence": finding.licence,
        "section": finding.section,
        "strength": finding.strength.word if finding.strength else None,
        "source": finding.source.word,
        "message": finding.message,
        "remedy": finding.remedy,
    }
    return {name: value for name, value in row.items() if value}
