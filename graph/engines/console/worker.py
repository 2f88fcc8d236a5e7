"""One worker, seen from the process that asks: started, asked, ended."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import weakref
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, Any

from graph.engines.console import frames
from graph.engines.console.frames import ConsoleRequest
from graph.engines.port.ports import QueryFailed, QueryTimeout, StoreError, Table

OPENING = 600.0  # seconds that an engine may take to open
GRACE = 1.0  # seconds for an engine to notice by itself that the time is over
_UNCONFINED = (
    "console queries are not confined by the system here, nor is their memory: docs/console.md"
)
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
            env=_environment(),
            start_new_session=True,  # an interrupt at the terminal is not meant for it
        )
        self._end = weakref.finalize(self, _end, self._process)
        # Read in a thread: it can be waited for with a time limit on every system.
        self._told: SimpleQueue[dict[str, Any] | None] = SimpleQueue()
        Thread(target=_listen, args=(self._process.stdout, self._told), daemon=True).start()
        try:
            told = self._exchange(frames.packed(opening), OPENING)
        except (Ended, Late):
            self.end()
            raise StoreError("the console's process did not start: see docs/console.md") from None
        if "error" in told:
            self.end()
            frames.table(told)
        if not told["confined"]:
            logging.getLogger(__name__).warning(_UNCONFINED)

    def ask(self, request: ConsoleRequest) -> Table:
        """Return the answer. Ends the process where it is late or gone."""
        sent = frames.of_request(request)
        try:
            told = self._exchange(sent, request.seconds + GRACE)
        except Late:
            self.end()
            raise QueryTimeout(f"the query took longer than {request.seconds:g} s") from None
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
        assert self._process.stdin  # noqa: S101 - a pipe, as asked for above
        try:
            self._process.stdin.write(message)
            self._process.stdin.flush()
        except OSError:  # a broken pipe, by whatever name
            raise Ended from None
        try:
            told = self._told.get(timeout=seconds)
        except Empty:
            raise Late from None
        if told is None:
            raise Ended
        return told


def _listen(pipe: IO[bytes], told: SimpleQueue[dict[str, Any] | None]) -> None:
    """Take what a worker answers, until it is gone."""
    with pipe:
        while (message := frames.received(pipe)) is not None:
            told.put(message)
    told.put(None)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    if process.stdin:
        with suppress(OSError):  # what was not sent any more
            process.stdin.close()


def _environment() -> dict[str, str]:
    """Return the little that a worker is told: no token, no password."""
    path = os.pathsep.join(os.path.abspath(part) for part in sys.path)
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "PYTHONPATH": path, "MALLOC_ARENA_MAX": "2"}
