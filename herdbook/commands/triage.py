"""The commands that answer findings: finding note, dispute, waive, withdraw."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from getpass import getuser
from typing import Annotated

import typer

from api.schemas.findings import AnnotationView
from graph.compliance import triage
from graph.compliance.triage import AnnotationKind
from herdbook.commands.ask import ArtifactId, NotKnown, stored_artifact
from herdbook.commands.options import AsJson, wiring
from herdbook.output import terminal

Check = Annotated[str, typer.Option(help="The finding's check.")]
Reason = Annotated[str, typer.Option(help="Why, in your words.")]
Licence = Annotated[str, typer.Option(help="Where the check is judged under several.")]
By = Annotated[str, typer.Option(help="Who says it; your name on this machine without it.")]
Until = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"], help="When it runs out (UTC)."),
]
finding = typer.Typer(help="Answer a finding: note, dispute, waive.", no_args_is_help=True)
_VERBS = {
    "note": (AnnotationKind.NOTED, "Add a note to a finding."),
    "dispute": (AnnotationKind.DISPUTED, "Say that a finding is wrong, and why."),
    "waive": (AnnotationKind.WAIVED, "Say that a finding may stand, and why."),
}


def _taker(kind: AnnotationKind) -> Callable[..., None]:
    def take(
        artifact_id: ArtifactId,
        check: Check,
        reason: Reason,
        licence: Licence = "",
        by: By = "",
        until: Until = None,
        as_json: AsJson = False,
    ) -> None:
        wired = wiring()
        findings = stored_artifact(wired, artifact_id).findings
        one = triage.chosen(findings, check, licence or None)
        ends = until.replace(tzinfo=UTC) if until else None
        annotation = wired.triage.take(one, kind, reason, by or getuser(), ends)
        if as_json:
            terminal.json(AnnotationView.of(annotation, one, datetime.now(UTC)))
        else:
            terminal.say(f"annotation {annotation.number}: {artifact_id} {check} is {kind.value}")

    return take


for verb, (kind, about) in _VERBS.items():
    finding.command(verb, help=about)(_taker(kind))


@finding.command()
def withdraw(number: Annotated[int, typer.Argument(help="The annotation's number.")]) -> None:
    """Withdraw an annotation; it stays stored and is shown no more."""
    if not wiring().triage.withdraw(number):
        raise NotKnown(f"there is no annotation {number}, or it was withdrawn")
    terminal.say(f"annotation {number} is withdrawn")
