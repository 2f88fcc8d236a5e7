"""What is said of planned models, printed: for people with text to paste, for machines whole."""

from __future__ import annotations

from collections.abc import Sequence

from graph.preflight import Answer, told
from graph.preflight.duties import duties
from graph.storage.findings import body_of
from herdbook.output import rendering, terminal


def show_answers(answers: Sequence[Answer], *, many: bool, as_json: bool, as_lines: bool) -> None:
    """Print what is said of planned models; of many, the verdicts alone for people."""
    if as_lines:
        terminal.json_lines(told(answer, body_of) for answer in answers)
    elif as_json:
        shown = [told(answer, body_of) for answer in answers]
        terminal.json(shown if many else shown[0])
    elif many:
        for answer in answers:
            terminal.out.print(
                terminal.plain(f"{answer.plan.name}: {answer.verdict}"), soft_wrap=True
            )
    else:
        _print(answers[0])


def _print(answer: Answer) -> None:
    """Print one answer: the verdict, what is not known, each duty with what can be pasted."""
    say = terminal.out.print
    say(terminal.plain(answer.verdict), soft_wrap=True)
    for note in answer.notes:
        say(terminal.plain(note), soft_wrap=True)
    for duty in duties(answer.plan, answer.findings):
        place = " ".join(filter(None, (duty.licence, duty.section)))
        say(terminal.plain(f"\n{duty.outcome.value}  {duty.check}  {place}\n  {duty.todo}"))
        for line in duty.paste.splitlines():
            say(terminal.plain(f"    {line}"), soft_wrap=True)
    say(terminal.plain(f"\n{rendering.NO_ADVICE}"))
