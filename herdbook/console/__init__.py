"""The Cypher console: at a terminal, at the end of a pipe, or one question at a time."""

from herdbook.console.once import print_answer, run_once
from herdbook.console.terminal import run_console

__all__ = ["print_answer", "run_console", "run_once"]
