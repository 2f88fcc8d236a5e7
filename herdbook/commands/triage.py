"""The commands that answer findings: finding note, dispute, waive, withdraw."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from getpass import getuser
from typing import Annotated

import typer

from api.schemas.findings import ReplyView
from graph.compliance import triage
from graph.compliance.triage import ReplyKind
from herdbook.commands.ask import ArtifactId, sheet_of
from herdbook.commands.options import AsJson, wiring
from herdbook.output import terminal
from herdbook.output.errors import NotKnown

Check = Annotated[str, typer.Option(help="The finding's check.")]
Reason = Annotated[str, typer.Option(help="Why, in your words.")]
Licence = Annotated[str, typer.Option(help="Where the check is judged under several.")]
By = Annotated[str, typer.Option(help="Who says it; your name on this machine without it.")]
Until = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"], help="When it runs out (UTC)."),
]
_VERBS = {
    "note": (ReplyKind.NOTED, "Add a note to a finding."),
    "dispute": (ReplyKind.DISPUTED, "Say that a finding is wrong, and why."),
    "waive": (ReplyKind.WAIVED, "Say that a finding may stand, and why."),
}


def add_to(app: typer.Typer) -> None:
    """Add this module's commands."""
    group = typer.Typer(help="Answer a finding: note, dispute, waive.", no_args_is_help=True)
    for verb, (kind, about) in _VERBS.items():
        group.command(verb, help=about)(_taker(kind))
    group.command("withdraw")(withdraw)
    app.add_typer(group, name="finding")


def _taker(kind: ReplyKind) -> Callable[..., None]:
    def take(
        artifact_id: ArtifactId,
        check: Check,
        reason: Reason,
        licence: Licence = "",
        by: By = "",
        until: Until = None,
        as_json: AsJson = False,
    ) -> None:
        parts = wiring()
        finding = triage.chosen(sheet_of(parts, artifact_id).findings, check, licence or None)
        ends = until.replace(tzinfo=UTC) if until else None
        reply = parts.desk.take(finding, kind, reason, by or getuser(), ends)
        if as_json:
            terminal.json(ReplyView.of(reply, finding, datetime.now(UTC)))
        else:
            terminal.say(f"reply {reply.number}: {artifact_id} {check} is {kind.value}")

    return take


def withdraw(number: Annotated[int, typer.Argument(help="The reply's number.")]) -> None:
    """Withdraw a reply; it stays stored and is shown no more."""
    if not wiring().desk.withdraw(number):
        raise NotKnown(f"there is no reply {number}, or it was withdrawn")
    terminal.say(f"reply {number} is withdrawn")
