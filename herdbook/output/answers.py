"""What is said of planned models, printed: for people with text to paste, for machines whole."""

from __future__ import annotations

from collections.abc import Iterable

from api.schemas.preflight import PreflightResult
from herdbook.output import rendering, terminal


def show_results(
    results: list[PreflightResult], *, many: bool, as_json: bool, as_lines: bool
) -> None:
    """Print what is said of planned models; of many, the verdicts alone for people."""
    if many:
        terminal.answer(results, _print_verdicts, as_json, as_lines)
    else:
        terminal.answer(results[0], _print, as_json, as_lines)


def _print_verdicts(results: Iterable[PreflightResult]) -> None:
    for one in results:
        terminal.out.print(terminal.plain(f"{one.name}: {one.verdict}"), soft_wrap=True)


def _print(result: PreflightResult) -> None:
    """Print one answer: the verdict with what is not known, each duty with what can be pasted."""
    say = terminal.out.print
    say(terminal.plain(result.verdict), soft_wrap=True)
    for one in (*result.unresolved, *result.guessed):
        if one.why not in result.verdict and one.why.removesuffix(".") not in result.verdict:
            say(terminal.plain(one.why), soft_wrap=True)
    for edge in result.parents:
        how = f"{edge.relation.value.replace('_', ' ')}, {edge.strength}"
        say(terminal.plain(f"from  {edge.parent}  {how}"), soft_wrap=True)
    for duty in result.duties:
        place = " ".join(filter(None, (duty.licence, duty.section)))
        say(terminal.plain(f"\n{duty.outcome.value}  {duty.check}  {place}\n  {duty.todo}"))
        for line in duty.paste.splitlines():
            say(terminal.plain(f"    {line}"), soft_wrap=True)
    say(terminal.plain(f"\n{rendering.NO_ADVICE}"))
