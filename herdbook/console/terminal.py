"""The console at a terminal, or at the end of a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.filters import completion_is_selected
from prompt_toolkit.history import FileHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.lexers import PygmentsLexer
from pygments.lexers.graph import CypherLexer

from graph.engines.port.ports import CypherConsole
from herdbook.console.completion import CypherCompleter
from herdbook.console.saved import Saved
from herdbook.console.session import Session
from herdbook.console.text import is_blank, is_whole, split
from herdbook.output.terminal import screen

GREETING = "Herdbook's graph, in Cypher. End a statement with ; or an empty line; see :help."


def run_console(console: CypherConsole, *, seconds: float, rows: int, history: Path) -> None:
    """Answer what is typed until Ctrl-D, or what is piped in until its end.

    Saved queries lie in ``queries/`` beside the history file. Exits with 1 at the first error of
    what is piped in.
    """
    saved = Saved(history.parent / "queries")
    out, errors = screen(), screen(stderr=not sys.stdin.isatty())
    session = Session(console, saved, out, errors, seconds=seconds, rows=rows)
    if not sys.stdin.isatty():
        if not run_piped(session, sys.stdin):
            raise SystemExit(1)
        return
    history.parent.mkdir(parents=True, exist_ok=True)
    out.print(GREETING, style="dim")
    converse(
        session, _prompt(session, history).prompt, lambda: out.print("interrupted", style="dim")
    )


def converse(session: Session, ask: Callable[[], str], interrupted: Callable[[], None]) -> None:
    """Ask for a text and do what it says, again and again; errors end nothing."""
    while not session.ended:
        try:
            text = ask()
        except KeyboardInterrupt:  # Ctrl-C leaves the line
            continue
        except EOFError:  # Ctrl-D leaves the console
            return
        try:
            for statement in typed(text):
                session.handle(statement)
        except KeyboardInterrupt:
            interrupted()


def run_piped(session: Session, lines: Iterable[str]) -> bool:
    """Do what the lines say up to their end, ``:quit`` or the first error; False for an error."""
    for statement in statements(lines):
        if not session.handle(statement):
            return False
        if session.ended:
            break
    return True


def typed(text: str) -> list[str]:
    """Return the statements of a text that was typed or pasted; the last may lack its end."""
    return list(statements(text.splitlines(keepends=True)))


def statements(lines: Iterable[str]) -> Iterator[str]:
    """Yield commands, a line each, and statements, as soon as each is whole."""
    rest = ""
    for line in lines:
        if is_blank(rest) and line.lstrip().startswith(":"):
            yield line.strip()
            rest = ""
            continue
        whole, rest = split(rest + line)
        yield from whole
    if not is_blank(rest):
        yield rest.strip("\r\n")


def _prompt(session: Session, history: Path) -> PromptSession[str]:
    return PromptSession(
        "cypher> ",
        multiline=True,
        prompt_continuation="   ...> ",
        history=FileHistory(str(history)),
        lexer=PygmentsLexer(CypherLexer),
        completer=CypherCompleter(session.saved.names, lambda: session.parameters),
        complete_while_typing=False,
        key_bindings=_keys(),
    )


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("enter", filter=~completion_is_selected)
    def enter(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if is_whole(buffer.text):
            buffer.validate_and_handle()
        else:
            buffer.insert_text("\n")

    @keys.add("enter", filter=completion_is_selected)
    def choose(event: KeyPressEvent) -> None:
        event.current_buffer.complete_state = None  # takes the completion; the line stays

    return keys
