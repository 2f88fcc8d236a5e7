"""A worker: ``python -m graph.engines.console``, asked and answering over its pipes."""

from __future__ import annotations

import os
import queue
import sys
import threading
from importlib import import_module
from typing import IO, Any, Protocol

from graph.engines.console import confine, frames
from graph.engines.console.frames import ConsoleRequest
from graph.engines.port.ports import QueryFailed, QueryRefused, StoreError


class Session(Protocol):
    """What an engine answers with inside a worker: made of a target, a size and a memory."""

    def answer(self, asked: ConsoleRequest) -> dict[str, Any]:
        """Return columns, rows and whether rows were cut off. Raises the port's errors."""


def main() -> None:
    """Open the session that the first message names, then answer the others."""
    asked: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    out = sys.stdout.buffer
    threading.Thread(target=_listen, args=(sys.stdin.buffer, asked), daemon=True).start()
    try:
        session = _open(**asked.get())
    except StoreError as error:
        _send(out, frames.of_error(error))
        return
    _send(out, {"confined": confine.write_nothing()})
    while True:
        request = ConsoleRequest(**asked.get())
        confine.end_by_itself(request.seconds)
        _send(out, _answer(session, request))
        confine.end_by_itself(0)


def _open(session: str, target: dict[str, Any], size: int, memory: int) -> Session:
    """Open the session of the module that an engine's store named."""
    opened: Session = import_module(session).Session(target, size, memory)
    return opened


def _answer(session: Session, request: ConsoleRequest) -> dict[str, Any]:
    try:
        return session.answer(request)
    except (QueryRefused, QueryFailed, StoreError) as error:
        return frames.of_error(error)
    except RecursionError:
        return frames.of_error(QueryFailed("the answer is nested too deeply"))


def _send(out: IO[bytes], message: dict[str, Any]) -> None:
    out.write(frames.packed(message))
    out.flush()


def _listen(source: IO[bytes], asked: queue.SimpleQueue[dict[str, Any]]) -> None:
    """Take what is asked; end at once when whoever asks is gone."""
    while (message := frames.received(source)) is not None:
        asked.put(message)
    os._exit(0)


main()
