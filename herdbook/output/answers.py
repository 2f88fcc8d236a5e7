"""What is said of planned models, printed: for people with text to paste, for machines whole."""

from __future__ import annotations

from collections.abc import Sequence

from api.schemas.preflight import PreflightResult
from herdbook.output import rendering, terminal


def show_results(
    results: Sequence[PreflightResult], *, many: bool, as_json: bool, as_lines: bool
) -> None:
    """Print what is said of planned models; of many, the verdicts alone for people."""
    if as_lines:
        terminal.json_lines(results)
    elif as_json:
        terminal.json(results if many else results[0])
    elif many:
        for one in results:
            terminal.out.print(terminal.plain(f"{one.name}: {one.verdict}"), soft_wrap=True)
    else:
        _print(results[0])


def _print(result: PreflightResult) -> None:
    """Print one answer: the verdict, what is not known, each duty with what can be pasted."""
    say = terminal.out.print
    say(terminal.plain(result.verdict), soft_wrap=True)
    for note in result.notes:
        say(terminal.plain(note), soft_wrap=True)
    for duty in result.duties:
        place = " ".join(filter(None, (duty.licence, duty.section)))
        say(terminal.plain(f"\n{duty.outcome.value}  {duty.check}  {place}\n  {duty.todo}"))
        for line in duty.paste.splitlines():
            say(terminal.plain(f"    {line}"), soft_wrap=True)
    say(terminal.plain(f"\n{rendering.NO_ADVICE}"))
