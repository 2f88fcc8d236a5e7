"""One worker, seen from the process that asks: started, asked, ended."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
import weakref
from typing import Any

import orjson

from graph.engines.console import frames
from graph.engines.console.frames import HEAD, Question
from graph.engines.port.ports import QueryFailed, QueryTimeout, StoreError, Table

OPENING = 600.0  # seconds that an engine may take to open
GRACE = 1.0  # seconds for an engine to notice by itself that the time is over
_KEPT = ("LANG", "LC_ALL", "PATH", "SSL_CERT_DIR", "SSL_CERT_FILE", "SYSTEMROOT", "TZ")


class Ended(Exception):
    """The worker's process is gone: by its memory limit, or by a fault of the engine."""


class Late(Exception):
    """The worker did not answer in time."""


class Worker:
    """A process that answers for one engine. ``alive`` is False once it was ended."""

    def __init__(self, opening: dict[str, Any], stamp: object) -> None:
        self.stamp = stamp
        self.alive = True
        self._memory = opening["memory"]
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "graph.engines.console"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env=_environment(),
            start_new_session=True,  # an interrupt at the terminal is not meant for it
        )
        self._end = weakref.finalize(self, _end, self._process)
        try:
            told = self._exchange(frames.packed(opening), OPENING)
        except (Ended, Late):
            self.end()
            raise StoreError("the console's process did not start: see docs/console.md") from None
        if "error" in told:
            self.end()
            frames.table(told)

    def ask(self, question: Question) -> Table:
        """Return the answer. Ends the process where it is late or gone."""
        sent = frames.of_question(question)
        try:
            told = self._exchange(sent, question.seconds + GRACE)
        except Late:
            self.end()
            raise QueryTimeout(f"the query took longer than {question.seconds:g} s") from None
        except Ended:
            self.end()
            raise QueryFailed(
                f"the query needed more memory than it may take ({self._memory} MiB, "
                "HERDBOOK_CYPHER_MEMORY), or more than the engine can do"
            ) from None
        return frames.table(told)

    def end(self) -> None:
        """End the process."""
        self.alive = False
        self._end()

    def _exchange(self, message: bytes, seconds: float) -> dict[str, Any]:
        """Send a message and return its answer. Raises Late, or Ended."""
        deadline = time.monotonic() + seconds
        assert self._process.stdin  # noqa: S101 - a pipe, as asked for above
        try:
            view = memoryview(message)
            while view:
                view = view[self._process.stdin.write(view) :]
        except BrokenPipeError:
            raise Ended from None
        head = self._read(HEAD, deadline)
        told: dict[str, Any] = orjson.loads(self._read(int.from_bytes(head, "big"), deadline))
        return told

    def _read(self, wanted: int, deadline: float) -> bytes:
        assert self._process.stdout  # noqa: S101 - a pipe, as asked for above
        pipe, parts, left = self._process.stdout.fileno(), [], wanted
        poll = select.poll()
        poll.register(pipe, select.POLLIN)
        while left:
            if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
                raise Late
            part = os.read(pipe, min(left, 1 << 20))
            if not part:
                raise Ended
            parts.append(part)
            left -= len(part)
        return b"".join(parts)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()


def _environment() -> dict[str, str]:
    """Return the little that a worker is told: no token, no password."""
    path = os.pathsep.join(os.path.abspath(part) for part in sys.path)
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "PYTHONPATH": path, "MALLOC_ARENA_MAX": "2"}
