"""A node of an answer as a dot: its colour, its words, and the page it leads to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from api.dashboard.page import links
from api.dashboard.page.hues import hue
from api.dashboard.page.hues import title as family_title
from api.dashboard.page.text import cell, shorten, visible
from graph.catalogue.licences import load as licences
from graph.catalogue.model import Outcome
from graph.engines.port.schema import ARTIFACTS, NODES
from graph.engines.queries.elements import Elements, Node

RADIUS = 14
_LETTERS = 20  # under a dot, in most fonts
_LINES, _LONG = 14, 120  # of what is said of a node, and letters of a line
_OUTCOMES = frozenset(Outcome)


@dataclass(frozen=True, slots=True)
class Dot:
    """A node: where it stands, its class and the words for that, its label, page and facts."""

    x: float
    y: float
    hue: str
    kind: str
    label: str
    title: str
    href: str | None
    square: bool = False
    hollow: bool = False


def dot(node: Node, x: float, y: float, family: str | None) -> Dot:
    """Return a node's dot; ``family`` is the one that it is coloured by."""
    label = node.labels[0] if node.labels else ""
    own = _declared(node, label)
    colour, kind = _colour(node, label, family)
    return Dot(
        x=x,
        y=y,
        hue=colour,
        kind=visible(shorten(kind, 30)),
        label=shorten(_label(own, label), _LETTERS),
        title=_title(node, own),
        href=_href(node, label),
        square=label == "Dataset",
        hollow=label in ARTIFACTS and node.properties.get("crawled") is False,
    )


def families(found: Elements) -> dict[str, str]:
    """Return the families of nodes that the answer itself tells: by edge, or as one of them."""
    told = {
        key: str(node.properties.get("id"))
        for key, node in found.nodes.items()
        if "Family" in node.labels
    }
    members = {
        edge.start: told[edge.end]
        for edge in found.edges.values()
        if edge.type == "IN_FAMILY" and edge.end in told
    }
    return {**members, **told}


def said(node: Node) -> str:
    """Return a node in few words: its id, or its labels."""
    own = node.properties.get("id")
    return visible(shorten(str(own), 80) if own is not None else ":".join(node.labels) or "node")


def _colour(node: Node, label: str, family: str | None) -> tuple[str, str]:
    outcome = node.properties.get("outcome")
    if family is not None:
        return hue(family), family_title(family)
    if label == "Finding" and outcome in _OUTCOMES:
        return f"is-{outcome}", f"Finding: {outcome}"
    return (f"kind-{label.lower()}" if label in NODES else "none"), label or "no label"


def _declared(node: Node, label: str) -> dict[str, Any]:
    """Return the properties that the schema knows: an engine may add some of its own."""
    if label not in NODES:
        return node.properties
    invented = f"{label}_{node.properties.get('id')}"
    return {
        name: node.properties[name]
        for name in NODES[label].properties
        if node.properties.get(name) is not None and node.properties[name] != invented
    }


def _label(own: dict[str, Any], label: str) -> str:
    names = ("check",) if label == "Finding" else ("name", "title", "id")
    word = next((own[name] for name in names if isinstance(own.get(name), str)), "") or label
    return visible(word.rstrip("/").rpartition("/")[2] or word if label in ARTIFACTS else word)


def _title(node: Node, own: dict[str, Any]) -> str:
    told = list(own.items())[:_LINES]
    lines = [f"{visible(k)}: {shorten(' '.join(cell(v).split()), _LONG)}" for k, v in told]
    return "\n".join((visible("".join(f":{one}" for one in node.labels)), *lines))


def _href(node: Node, label: str) -> str | None:
    own = node.properties.get("id")
    if not isinstance(own, str) or not own:
        return None
    match label:
        case "Model" | "Dataset":
            return links.artifact(own)
        case "Family":
            return links.with_query("/models", {"family": own})
        case "Author":
            return links.with_query("/models", {"author": own})
        case "Licence" if own in licences().licences:
            return f"/licences/{own}"
    return None
