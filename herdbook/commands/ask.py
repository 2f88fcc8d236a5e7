"""Commands that ask the register: show, lineage, findings, footprint."""

from __future__ import annotations

from functools import partial
from typing import Annotated

import typer

from api.schemas.artifacts import ArtifactDetail
from api.schemas.findings import ListedFindingView
from api.schemas.footprint import FigureAnswer
from api.schemas.lineage import LineageView
from graph.footprint import ask, questions
from graph.storage.filters.declaration import Filters, LineageFilter
from graph.storage.filters.lists import FindingFilter
from graph.storage.read_model import StoredArtifact
from herdbook.commands.options import AsJson, AsLines, filtered, wiring
from herdbook.output import rendering, terminal
from herdbook.wiring.wiring import Wiring

NO_LIMIT = 10_000_000
ArtifactId = Annotated[
    str,
    typer.Argument(
        metavar="ID", help="As the Hub writes it; a data set's with datasets/ before it."
    ),
]


class NotKnown(LookupError):
    """An id that the register does not know; the message names the nearest it does."""


def show(artifact_id: ArtifactId, as_json: AsJson = False) -> None:
    """Show one model or data set: facts, families, licences, findings."""
    detail = ArtifactDetail.of(stored_artifact(wiring(), artifact_id))
    terminal.answer(detail, rendering.print_artifact, as_json)


def stored_artifact(wired: Wiring, artifact_id: str) -> StoredArtifact:
    """Return what is known of an id. Raises NotKnown, naming the nearest known ones."""
    stored = wired.read_model.artifact(artifact_id)
    if stored is None:
        raise NotKnown(_not_known(wired, artifact_id))
    return stored


def _not_known(wired: Wiring, artifact_id: str) -> str:
    nearest = wired.read_model.nearest(artifact_id)
    hint = f"; nearest known: {', '.join(nearest)}" if nearest else ""
    return f"{artifact_id} is not known{hint}"


@filtered(Filters)
def lineage(
    wanted: Filters,
    artifact_id: ArtifactId,
    direction: Annotated[str, typer.Option(help="up: ancestors; down: descendants; both.")] = "up",
    depth: Annotated[int, typer.Option(min=1, help="Steps at the most.")] = 50,
    as_json: AsJson = False,
) -> None:
    """Show what a model or data set comes from, or what comes from it."""
    wired = wiring()
    if direction not in ("up", "down", "both"):
        raise typer.BadParameter("direction is up, down or both")
    graph = wired.store.lineage(artifact_id, direction, depth, wanted.at_least, NO_LIMIT)  # type: ignore[arg-type]  # checked above
    if not len(graph):
        raise NotKnown(_not_known(wired, artifact_id))
    shown = LineageView.of(artifact_id, graph)
    terminal.answer(shown, partial(rendering.print_lineage, direction=direction), as_json)


@filtered(FindingFilter)
def findings(
    wanted: FindingFilter,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many.")] = None,
    as_json: AsJson = False,
    as_lines: AsLines = False,
) -> None:
    """List findings, most downloaded first; those that do not apply are left out."""
    most = limit if (limit or as_json or as_lines) else rendering.ROWS
    found = map(ListedFindingView.listed, wiring().read_model.findings(wanted, limit=most))
    people = partial(rendering.print_list, cut=limit is None)
    terminal.answer(found, people, as_json, as_lines)


@filtered(LineageFilter)
def footprint(
    counted: LineageFilter,
    question: Annotated[str, typer.Argument(help="One question by name; all without it.")] = "",
    as_json: AsJson = False,
    as_lines: AsLines = False,
) -> None:
    """Answer what analysts ask: shares, brand, licences, outcomes, growth."""
    wired, known = wiring(), questions()
    if question and question not in known:
        raise typer.BadParameter(f"the questions are: {', '.join(known)}")
    how, coverage = (counted.at_least, counted.nearest), wired.read_model.coverage()
    wanted = [question] if question else known
    results = [ask(wired.console, name, *how).held(coverage) for name in wanted]
    told = map(FigureAnswer.of, results)
    terminal.answer(told, lambda _: rendering.print_results(results, coverage), as_json, as_lines)
