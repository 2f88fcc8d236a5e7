"""`herdbook check`: judge what is on the Hub, or a model before its release."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

import orjson
import typer

from api.schemas.artifacts import ArtifactDetail
from api.schemas.preflight import PreflightResult
from graph.catalogue.model import Outcome
from graph.compliance.policies import PROFILES
from graph.preflight import RELATIONS, Answer, Judging, NoBase, Plan, PlanRefused, judge
from graph.preflight.gate import Before, stopping
from herdbook.commands.ask import stored_artifact
from herdbook.commands.options import AsJson, AsLines, wiring
from herdbook.output import rendering, terminal
from herdbook.output.answers import show_results
from herdbook.preflight import baseline as baselines
from herdbook.preflight import planned_model, sarif
from herdbook.wiring.wiring import Wiring

Texts = list[str] | None
FailOn = StrEnum("FailOn", ["failed", "review", "unknown"])  # as Typer reads a choice


def check(
    artifact_id: Annotated[
        str, typer.Argument(metavar="[ID]", help="What is on the Hub; or else --name.")
    ] = "",
    name: Annotated[str, typer.Option(help="A planned model: NAME or OWNER/NAME.")] = "",
    base: Annotated[Texts, typer.Option(metavar="ID", help="A model it is made from.")] = None,
    from_scratch: Annotated[
        bool, typer.Option("--from-scratch", help="It is made from no other model.")
    ] = False,
    relation: Annotated[
        str, typer.Option(help=f"To its bases: {', '.join(RELATIONS)}; else as the files say.")
    ] = "",
    dataset: Annotated[Texts, typer.Option(metavar="ID", help="Data it is trained on.")] = None,
    licence: Annotated[str, typer.Option("--license", help="The licence to be declared.")] = "",
    folder: Annotated[
        Path | None, typer.Option(help="What is to be uploaded; its files fill in the rest.")
    ] = None,
    file: Annotated[Path | None, typer.Option(help="Many planned models, as JSON Lines.")] = None,
    fail_on: Annotated[
        FailOn, typer.Option(help="The outcome from which on it exits 1, the worst named first.")
    ] = FailOn.failed,
    baseline: Annotated[
        Path | None, typer.Option(help="An earlier --json; what stood there fails no more.")
    ] = None,
    sarif_file: Annotated[
        Path | None, typer.Option("--sarif", help="Write the findings there as SARIF 2.1.0.")
    ] = None,
    as_json: AsJson = False,
    as_lines: AsLines = False,
) -> None:
    """Judge a model or data set, or a planned model by what it is made from.

    Exit codes: 0 where nothing is as bad as --fail-on, 1 where something is, 2 usage.
    """
    if sum(map(bool, (artifact_id, name, file))) != 1:
        raise typer.BadParameter("give an ID, or --name, or --file: one of them")
    lists = {"bases": tuple(base or ()), "datasets": tuple(dataset or ())}
    told = {"licence": licence, "relation": relation, "from_scratch": from_scratch, **lists}
    if not name and (folder or any(told.values())):
        raise typer.BadParameter(
            "--base, --from-scratch, --relation, --dataset, --license, --folder go with --name"
        )
    level = Outcome(fail_on.value)
    before = baselines.read(baseline) if baseline else None
    if artifact_id:
        sys.exit(_known(artifact_id, level, before, sarif_file, as_json, as_lines))
    plans = planned_model.plans(file) if file else [_plan({"name": name, **told}, folder)]
    answers = [answer.against(before or {}) for answer in _answers(list(plans))]
    if sarif_file:
        card = _card_path(folder) if folder else None
        _write(sarif_file, sarif.of_plans(answers, level, card=card, before=before))
    shown = [PreflightResult.of(answer) for answer in answers]
    show_results(shown, many=file is not None, as_json=as_json, as_lines=as_lines)
    sys.exit(any(answer.stops(level) for answer in answers))


def _plan(asked: dict[str, Any], folder: Path | None) -> Plan:
    """Return the plan that the options come to; what is wrong with them is a matter of usage."""
    try:
        return planned_model.made(asked, folder)
    except NoBase as reason:
        raise typer.BadParameter(f"{reason} (--base ID, or --from-scratch)") from None
    except PlanRefused as reason:
        raise typer.BadParameter(str(reason)) from None


def _answers(plans: Iterable[Plan]) -> list[Answer]:
    """Judge plans by the register, which is built first where it never was."""
    wired = wiring()
    wired.build_if_empty()
    return [judge(plan, wired.store, wired.read_model, judging(wired)) for plan in plans]


def judging(wired: Wiring) -> Judging:
    """Return how plans are judged, by the settings in force."""
    chosen = wired.settings
    return Judging(chosen.inference_threshold, PROFILES[chosen.policies])


def _known(
    artifact_id: str,
    level: Outcome,
    before: Before | None,
    sarif_file: Path | None,
    as_json: bool,
    as_lines: bool,
) -> bool:
    """Show what the register says of an id; tell whether it is to fail."""
    stored = stored_artifact(wiring(), artifact_id)
    detail = ArtifactDetail.of(stored)
    terminal.answer(detail, rendering.print_findings, as_json, as_lines)
    if sarif_file:
        _write(sarif_file, sarif.document(stored.findings, level, before=before))
    return any(stopping(stored.findings, level, before or {}))


def _card_path(folder: Path) -> str:
    """Return the card's path as SARIF writes it: relative to the working folder, if it can be."""
    path = (folder / sarif.CARD).resolve()
    here = Path.cwd().resolve()
    return quote(path.relative_to(here).as_posix()) if path.is_relative_to(here) else path.as_uri()


def _write(path: Path, document: dict[str, Any]) -> None:
    try:
        path.write_bytes(orjson.dumps(document, option=orjson.OPT_INDENT_2))
    except OSError as error:
        raise PlanRefused(f"{path}: {error.strerror}") from None
