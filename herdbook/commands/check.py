"""`herdbook check`: judge what is on the Hub, or a model before its release."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

import orjson
import typer

from api.schemas.artifacts import ArtifactDetail
from api.schemas.preflight import PreflightResult
from graph.catalogue.model import Outcome
from graph.compliance.policies import PROFILES
from graph.preflight import Answer, Plan, PlanRefused, ancestry, judge
from graph.preflight.answer import Key, key
from herdbook.commands.ask import stored_artifact
from herdbook.commands.options import AsJson, AsLines, wiring
from herdbook.output import rendering, terminal
from herdbook.output.answers import show_results
from herdbook.preflight import baseline as baselines
from herdbook.preflight import planned_model, sarif
from herdbook.wiring.wiring import Wiring

NODES = 100_000  # of a parent's ancestry
Texts = list[str] | None


def check(
    artifact_id: Annotated[
        str, typer.Argument(metavar="[ID]", help="What is on the Hub; or else --name.")
    ] = "",
    name: Annotated[str, typer.Option(help="A planned model: NAME or OWNER/NAME.")] = "",
    base: Annotated[Texts, typer.Option(metavar="ID", help="A model it is made from.")] = None,
    relation: Annotated[
        str, typer.Option(help="To its bases: finetune, adapter, merge, quantized, distilled.")
    ] = "",
    dataset: Annotated[Texts, typer.Option(metavar="ID", help="Data it is trained on.")] = None,
    licence: Annotated[str, typer.Option("--license", help="The licence to be declared.")] = "",
    folder: Annotated[
        Path | None, typer.Option(help="What is to be uploaded; its card fills in the rest.")
    ] = None,
    file: Annotated[Path | None, typer.Option(help="Many planned models, as JSON Lines.")] = None,
    baseline: Annotated[
        Path | None, typer.Option(help="An earlier --json; what failed there fails no more.")
    ] = None,
    sarif_file: Annotated[
        Path | None, typer.Option("--sarif", help="Write the findings there as SARIF 2.1.0.")
    ] = None,
    as_json: AsJson = False,
    as_lines: AsLines = False,
) -> None:
    """Judge a model or data set, or a planned model by its parents; exit 1 for `failed`."""
    if sum(map(bool, (artifact_id, name, file))) != 1:
        raise typer.BadParameter("give an ID, or --name, or --file: one of them")
    planned = (base, relation, dataset, licence, folder)
    if any(planned) and not name:
        raise typer.BadParameter(
            "--base, --relation, --dataset, --license, --folder go with --name"
        )
    before = baselines.read(baseline) if baseline else None
    if artifact_id:
        sys.exit(_known(artifact_id, before, sarif_file, as_json, as_lines))
    if file:
        wanted = list(planned_model.plans(file))
    else:
        asked = (tuple(base or ()), tuple(dataset or ()), licence, relation, folder)
        wanted = [_plan(planned_model.Asked(name, *asked))]
    wired = wiring()
    wired.build_if_empty()
    answers = [_answer(wired, plan).against(before or ()) for plan in wanted]
    if sarif_file:
        card = _card_path(folder) if folder else None
        found = [finding for answer in answers for finding in answer.findings]
        _write(sarif_file, sarif.document(found, card=card, before=before))
    shown = [PreflightResult.of(answer) for answer in answers]
    show_results(shown, many=file is not None, as_json=as_json, as_lines=as_lines)
    sys.exit(any(answer.failed for answer in answers))


def _plan(asked: planned_model.Asked) -> Plan:
    """Return the plan that the options come to; what is wrong with them is a matter of usage."""
    try:
        return planned_model.plan(asked)
    except PlanRefused as reason:
        raise typer.BadParameter(str(reason)) from None


def _answer(wired: Wiring, plan: Plan) -> Answer:
    """Judge a plan by the register."""
    above = ancestry(wired.store, (*plan.bases, *plan.dataset_ids), NODES)

    def members(artifact_id: str) -> Sequence[Any]:
        stored = wired.read_model.artifact(artifact_id)
        return stored.memberships if stored else ()

    chosen = wired.settings
    return judge(plan, above, members, chosen.inference_threshold, PROFILES[chosen.policies])


def _known(
    artifact_id: str,
    before: frozenset[Key] | None,
    sarif_file: Path | None,
    as_json: bool,
    as_lines: bool,
) -> bool:
    """Show what the register says of an id; tell whether it is to fail."""
    stored = stored_artifact(wiring(), artifact_id)
    detail = ArtifactDetail.of(stored)
    terminal.answer(detail, rendering.print_findings, as_json, as_lines)
    if sarif_file:
        _write(sarif_file, sarif.document(stored.findings, before=before))
    failed = (f for f in stored.findings if f.outcome is Outcome.FAILED)
    return any(key(finding) not in (before or ()) for finding in failed)


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
