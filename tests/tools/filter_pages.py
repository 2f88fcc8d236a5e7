"""Write docs/filters.md from how the filters are declared."""

from __future__ import annotations

from collections.abc import Iterable

from graph.storage.filters.declaration import Filters
from graph.storage.filters.lists import ArtifactFilter, FindingFilter, MemberFilter

MADE = "<!-- Written by `make docs` from the filters' declarations; a test compares. -->"
ABOUT = (
    "What narrows a list. Each filter is declared once, in `graph/storage/filters/lists.py`, and "
    "is a query parameter of REST and of the page, a field of the page's form, and an option of "
    "the command line. Several narrow together. One that is empty was not given; a value that no "
    "filter takes, and a parameter that an address does not know, are refused with 422 and the "
    "names of those known. REST lists also take `limit` and `cursor`, pages `after`."
)


def page() -> str:
    """Return the page."""
    findings = ("GET /v1/findings", "/findings", "herdbook findings")
    artifacts = ("GET /v1/models", "GET /v1/datasets", "/models", "/datasets")
    parts = ["# Filters", MADE, ABOUT]
    parts += ["## Findings", _where(findings), _table(FindingFilter, options=True)]
    parts += ["## Models and data sets", _where(artifacts), _table(ArtifactFilter)]
    without = ", ".join(
        f"`{n}`" for n in ArtifactFilter.model_fields if n not in MemberFilter.model_fields
    )
    parts += [f"`GET /v1/families/{{id}}/members` takes the same without {without}, and `kind`: "
              "`model` or `dataset`."]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _where(places: Iterable[str]) -> str:
    return ", ".join(f"`{place}`" for place in places) + "."


def _table(filters: type[Filters], *, options: bool = False) -> str:
    head = ["Parameter", *(["Option"] if options else []), "In the form", "What it does", "Values"]
    rows = [_line(head), _line("---" for _ in head)]
    for one in filters.declared():
        option = [f"`--{one.name.replace('_', '-')}`"] if options else []
        values = ", ".join(f"`{value}`" for value in one.few) or f"such as `{one.example}`"
        rows.append(_line([f"`{one.name}`", *option, one.filter.label, one.about, values]))
    return "\n".join(rows)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
