"""One artifact's page: facts, findings by outcome, edges. Pure."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from api.dashboard.page import links
from api.dashboard.page.hues import hue
from api.schemas.artifacts import ArtifactDetail
from api.schemas.findings import AnnotatedResult
from api.schemas.lineage import EdgeView, LineageView
from graph.catalogue.licences import load as licences
from graph.catalogue.model import Outcome, Strength
from graph.catalogue.roster import load as roster

WORDS = {
    Outcome.FAILED: "Failed",
    Outcome.REVIEW: "To review",
    Outcome.UNKNOWN: "Not known: something was not read, or could not be",
    Outcome.INFO: "For information",
    Outcome.PASSED: "Passed",
    Outcome.NOT_APPLICABLE: "Does not apply",
}


def groups(detail: ArtifactDetail) -> list[tuple[Outcome, str, list[AnnotatedResult]]]:
    """Return the findings by outcome, worst first; what they all say alike is said once."""
    ordered = sorted(detail.findings, key=lambda f: (f.outcome.rank, f.check, f.licence or ""))
    return [
        (outcome, WORDS[outcome], _once(list(some)))
        for outcome, some in groupby(ordered, lambda f: f.outcome)
    ]


def _once(found: list[AnnotatedResult]) -> list[AnnotatedResult]:
    """Return one finding for all where nobody answered any and all say the same of no licence."""
    first = found[0]
    told = {(f.licence, f.message) for f in found}
    if first.outcome is not Outcome.UNKNOWN or told != {(None, first.message)}:
        return found
    if any(f.annotations for f in found):
        return found
    return [first.model_copy(update={"check": ", ".join(f.check for f in found)})]


def concluded(detail: ArtifactDetail) -> list[tuple[str, str | None]]:
    """Return the licences that arrive, with the page of those that have one."""
    known = licences().licences
    return [(i, f"/licences/{i}" if i in known else None) for i in detail.licence.concluded]


def edges(lineage: LineageView) -> list[EdgeView]:
    """Return the edges of a lineage, firmest first."""
    return sorted(lineage.edges, key=lambda edge: -Strength.parse(edge.strength))


def explorer(lineage: LineageView) -> dict[str, Any]:
    """Return what the script needs to draw a lineage and to ask for more of it."""
    return {
        "id": lineage.id,
        "hues": {f.id: hue(f.id) for f in roster().families.values()},
        "nodes": [
            {
                "id": node.id,
                "hue": hue(node.families[0] if node.families else None),
                "crawled": node.crawled,
                "href": links.artifact(node.id),
                "more": links.api(node.id, "/lineage"),
            }
            for node in lineage.nodes
        ],
        "edges": [edge.model_dump(exclude={"confidence"}) for edge in edges(lineage)],
    }
