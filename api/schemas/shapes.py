"""Sheets, findings and lineages as the plain values that JSON shows, on every way out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import networkx as nx

from graph.catalogue.floor import FLOOR, is_floor
from graph.catalogue.model import Evidence, Finding
from graph.compliance import triage
from graph.compliance.triage import Reply
from graph.storage.findings import body_of
from graph.storage.read_model import ListedFinding, Sheet, Summary

Json = dict[str, Any]


def moment(when: datetime | None) -> str | None:
    """Return a moment as ISO 8601 in UTC, to the second."""
    return when.strftime("%Y-%m-%dT%H:%M:%SZ") if when else None


def created(when: datetime | None) -> Json:
    """Return when a repository was made; the Hub's floor is a day by which it was there."""
    if when is None or not is_floor(when):
        return {"created": moment(when), "created_before": None}
    return {"created": None, "created_before": FLOOR.date().isoformat()}


def sheet(one: Sheet) -> Json:
    """Return one artifact whole: `herdbook show`, `GET /v1/models/{owner}/{name}`."""
    a = one.artifact
    return {
        "id": a.id,
        "kind": a.kind.value,
        "crawled": a.crawled,
        "removed": moment(a.removed),
        "disabled": a.disabled,
        "author": a.author or a.owner or None,
        **created(a.created),
        "downloads": a.downloads,
        "downloads_all": a.downloads_all,
        "likes": a.likes,
        "revision": a.revision,
        "families": [m.family for m in one.memberships],
        "memberships": [
            {"family": m.family, "strength": m.strength.word, "confidence": m.confidence}
            for m in one.memberships
        ],
        "clues": [{"kind": c.kind, "field": c.field, "value": c.value} for c in one.clues],
        "licence": {
            "declared": ", ".join(a.licences) if a.licences else None,
            "name": a.licence_name,
            "link": a.licence_link,
            "concluded": one.concluded,
        },
        "outcome": one.outcome.value,
        "findings": [
            {**_body(f, a.revision), "replies": answered(f, triage.of(f, one.replies))}
            for f in one.findings
        ],
    }


def summary(one: Summary) -> Json:
    """Return one line of a list of artifacts."""
    return {
        "id": one.id,
        "crawled": one.crawled,
        "removed": moment(one.removed),
        "author": one.author,
        **created(one.created),
        "downloads": one.downloads,
        "likes": one.likes,
        "licence": ", ".join(one.licences) or None,
        "families": one.families,
        "outcome": one.outcome,
    }


def finding(one: Finding, told: Sequence[Reply], revision: str | None = None) -> Json:
    """Return a finding with the artifact it is about and what people answered to it.

    ``revision`` is the artifact's present one.
    """
    return {"id": one.artifact, **_body(one, revision), "replies": answered(one, told)}


def listed(one: ListedFinding) -> Json:
    """Return a finding in a list."""
    told = finding(one.finding, one.replies, one.revision)
    return {**told, "downloads": one.downloads, "since": moment(one.opened)}


def changed_since(seen: Evidence, artifact_id: str, revision: str | None) -> bool:
    """Tell whether an artifact was seen at another revision than its present one."""
    same = seen.repository != artifact_id or None in (seen.revision, revision)
    return not same and seen.revision != revision


def _body(one: Finding, revision: str | None) -> Json:
    told = body_of(one)
    for seen, row in zip(one.evidence, told["evidence"], strict=True):
        row["changed_since"] = changed_since(seen, one.artifact, revision)
    return told


def answered(one: Finding, told: Sequence[Reply]) -> list[Json]:
    """Return replies to a finding, and whether each still counts."""
    now = datetime.now(UTC)
    return [reply(r, one, now) for r in told]


def reply(told: Reply, one: Finding, now: datetime) -> Json:
    """Return a reply to a finding, and whether it counts now."""
    return {
        "number": told.number,
        "kind": told.kind.value,
        "reason": told.reason,
        "by": told.by,
        "at": moment(told.at),
        "until": moment(told.until),
        "state": triage.state(told, one, now).value,
    }


def lineage(artifact_id: str, graph: nx.MultiDiGraph[str]) -> Json:
    """Return a lineage as nodes and edges, in order of id."""
    return {
        "id": artifact_id,
        "nodes": [
            {"id": node, **{k: graph.nodes[node][k] for k in ("kind", "crawled", "families")}}
            for node in sorted(graph.nodes)
        ],
        "edges": [
            {"child": child, "parent": parent, **data}
            for child, parent, data in sorted(graph.edges(data=True), key=_edge_order)
        ],
        "truncated": bool(graph.graph.get("truncated", False)),
    }


def _edge_order(edge: tuple[str, str, Json]) -> tuple[str, str, str]:
    child, parent, data = edge
    return child, parent, data["relation"]
