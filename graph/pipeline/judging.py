"""What the checks find on the artifacts of a build: part by part, on one core or on several.

Processes are forked, so that all of them read the same columns; only what is known of a part goes
there, and only its findings come back. They come in order, whatever process was faster.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from graph.catalogue.model import Artifact, Finding
from graph.compliance.ambiguous import judge_all
from graph.compliance.policies import Policies
from graph.compliance.verdict_cache import VerdictCache
from graph.lineage.inherited import InheritedLicences
from graph.lineage.output_provenance import every_inherited

PIECE = 250  # artifacts
AHEAD = 2  # parts for each process that wait or are at work
CAN_FORK = "fork" in multiprocessing.get_all_start_methods()

Chunk = Sequence[tuple[int, Any]]  # nodes, each with what is known of it
Judgement = tuple[Chunk, list[list[Finding]]]


class JudgingStopped(RuntimeError):
    """A process that judged was ended from outside; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges the artifacts of one graph; ``read`` makes an artifact of what is known of it."""

    inherited_licences: InheritedLicences
    policies: Policies
    read: Callable[[Any], Artifact]
    cache: VerdictCache = field(default_factory=VerdictCache)

    def chunk(self, chunk: Chunk) -> list[list[Finding]]:
        """Return the findings on each artifact of a part, without what does not apply."""
        return [self._findings(node, self.read(known)) for node, known in chunk]

    def _findings(self, node: int, artifact: Artifact) -> list[Finding]:
        """Return what is found on one artifact; nothing where it was not crawled."""
        inherited_licences = (
            every_inherited(self.inherited_licences, node) if artifact.crawled else []
        )
        if not inherited_licences:
            return []
        return judge_all(
            artifact,
            inherited_licences,
            licensor=self.inherited_licences.families.is_licensor(node),
            rivals=self.inherited_licences.has_rivals(node),
            policies=self.policies,
            whole=False,
            cache=self.cache,
        )


def judge_chunks(judge: Judge, chunks: Iterable[Chunk], processes: int) -> Iterator[Judgement]:
    """Yield each part with its findings, in order. Raises JudgingStopped."""
    forked = processes > 1 and CAN_FORK
    with _seldom_collected():
        for part in _forked(judge, chunks, processes) if forked else _here(judge, chunks):
            yield part
            gc.collect(0)


def _here(judge: Judge, chunks: Iterable[Chunk]) -> Iterator[Judgement]:
    return ((chunk, judge.chunk(chunk)) for chunk in chunks)


def _forked(judge: Judge, chunks: Iterable[Chunk], processes: int) -> Iterator[Judgement]:
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("fork"), _enter, (judge,))
    try:
        yield from _in_order(pool, chunks, AHEAD * processes)
    except BrokenProcessPool:
        raise JudgingStopped(
            "a process that judged was ended, perhaps for want of memory; nothing was changed. "
            "HERDBOOK_PROCESSES=1 judges in one process"
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _in_order(
    pool: ProcessPoolExecutor, chunks: Iterable[Chunk], ahead: int
) -> Iterator[Judgement]:
    waiting: deque[tuple[Chunk, Future[list[bytes]]]] = deque()
    for chunk in chunks:
        waiting.append((chunk, pool.submit(_judge_chunk, chunk)))
        if len(waiting) > ahead:
            first, found = waiting.popleft()
            yield first, _unpacked(found.result())
    for first, found in waiting:
        yield first, _unpacked(found.result())


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Look for cycles once a part, among what is new, and not while findings are made.

    They are made by the million and hold no cycle; looking for some took a third of the time.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


_entered: list[Judge] = []  # in a process of the pool: the judge that it was forked with


def _enter(judge: Judge) -> None:
    _entered[:] = [judge]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that builds
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # the pool ends its processes by it, at once
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()  # what is shared stays shared: the collector would write to its pages
    gc.disable()  # judging makes no cycles, and very much that lives for a moment


def _end_with_parent() -> None:
    """Wait for the process that builds to end, be it by a kill, and end too."""
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
    os._exit(1)


def _judge_chunk(chunk: Chunk) -> list[bytes]:
    """Return the findings on a part in pieces: small ones pickle in three quarters of the time."""
    found = _entered[0].chunk(chunk)
    return [pickle.dumps(found[at : at + PIECE], 5) for at in range(0, len(found), PIECE)]


def _unpacked(pieces: list[bytes]) -> list[list[Finding]]:
    return [findings for piece in pieces for findings in pickle.loads(piece)]  # noqa: S301 (ours)
