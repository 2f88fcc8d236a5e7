"""One artifact's page: facts, findings by outcome, edges. Pure."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import networkx as nx

from api.dashboard.page import links
from api.dashboard.page.hues import hue
from api.schemas import shapes
from graph.catalogue.licences import load as licences
from graph.catalogue.model import Finding, Outcome, Strength
from graph.catalogue.roster import load as roster
from graph.compliance import triage
from graph.storage.read_model import Sheet

WORDS = {
    Outcome.FAILED: "Failed",
    Outcome.REVIEW: "To review",
    Outcome.UNKNOWN: "Not known: a fact was not fetched",
    Outcome.INFO: "For information",
    Outcome.PASSED: "Passed",
    Outcome.NOT_APPLICABLE: "Does not apply",
}


def groups(findings: list[Finding]) -> list[tuple[Outcome, str, list[Finding]]]:
    """Return the findings by outcome, worst first."""
    ordered = sorted(findings, key=lambda f: (f.outcome.rank, f.check, f.licence or ""))
    return [
        (outcome, WORDS[outcome], list(some))
        for outcome, some in groupby(ordered, lambda f: f.outcome)
    ]


def replied(sheet: Sheet) -> dict[tuple[str, str | None], list[dict[str, Any]]]:
    """Return the replies to each finding, by its check and licence."""
    return {
        (f.check, f.licence): shapes.answered(f, triage.of(f, sheet.replies))
        for f in sheet.findings
    }


def concluded(sheet: Sheet) -> list[tuple[str, str | None]]:
    """Return the licences that arrive, with the page of those that have one."""
    known = licences().licences
    return [(i, f"/licences/{i}" if i in known else None) for i in sheet.concluded]


def edges(graph: nx.MultiDiGraph[str]) -> list[dict[str, Any]]:
    """Return the edges of a lineage as rows, firmest first."""
    rows = [
        {"child": child, "parent": parent, **data} for child, parent, data in graph.edges(data=True)
    ]
    return sorted(
        rows, key=lambda r: (-Strength.parse(r["strength"]), r["child"], r["parent"], r["relation"])
    )


def explorer(artifact_id: str, graph: nx.MultiDiGraph[str]) -> dict[str, Any]:
    """Return what the script needs to draw a lineage and to ask for more of it."""
    return {
        "id": artifact_id,
        "hues": {f.id: hue(f.id) for f in roster().families.values()},
        "nodes": [
            {
                "id": node,
                "hue": hue((data.get("families") or [None])[0]),
                "crawled": data.get("crawled", False),
                "href": links.artifact(node),
                "more": links.api(node, "/lineage"),
            }
            for node, data in ((node, graph.nodes[node]) for node in sorted(graph.nodes))
        ],
        "edges": [
            {k: row[k] for k in ("child", "parent", "relation", "strength")} for row in edges(graph)
        ],
    }
