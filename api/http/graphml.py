"""A lineage as GraphML, for yEd, Gephi and networkx itself."""

from __future__ import annotations

from io import BytesIO

import networkx as nx
from starlette.requests import Request

MEDIA_TYPE = "application/graphml+xml"


def accepted(request: Request) -> bool:
    """Tell whether the Accept header asks for GraphML."""
    return MEDIA_TYPE in request.headers.get("accept", "")


def write(lineage: nx.MultiDiGraph[str]) -> bytes:
    """Return a lineage as GraphML, in order of id; families are joined to one text.

    GraphML has no lists, and its edge ids must be unique in the file, which relations are not.
    """
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph(**lineage.graph)
    for node in sorted(lineage.nodes):
        data = lineage.nodes[node]
        plain.add_node(node, **{**data, "families": ", ".join(data["families"])})
    for number, (child, parent, relation) in enumerate(sorted(lineage.edges(keys=True))):
        data = lineage.edges[child, parent, relation]
        plain.add_edge(child, parent, key=f"e{number}", **data)
    file = BytesIO()
    nx.write_graphml_xml(plain, file)
    return file.getvalue()
