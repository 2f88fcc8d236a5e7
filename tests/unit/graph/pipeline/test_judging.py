"""Judging in several processes finds what judging in one does, in the same order."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import psutil
import pytest

from graph.catalogue.model import Artifact, Finding
from graph.compliance.policies import DEFAULT
from graph.lineage.inherited import InheritedLicences
from graph.pipeline.judging import CAN_FORK, Chunk, Judge, JudgingStopped, judge_chunks
from tests.bench.herd import herd
from tests.places import ROOT

HERD = herd(600, fetched=0.2)
JUDGE = Judge(InheritedLicences(HERD.families()), DEFAULT, HERD.artifact)
needs_fork = pytest.mark.skipif(not CAN_FORK, reason="this system does not fork")


def chunks(size: int) -> Iterator[Chunk]:
    every = [(node, node) for node in range(len(HERD))]
    return (every[start : start + size] for start in range(0, len(every), size))


def found(size: int, processes: int) -> list[tuple[tuple[int, Any], list[Finding]]]:
    told = judge_chunks(JUDGE, chunks(size), processes)
    return [pair for chunk, findings in told for pair in zip(chunk, findings, strict=True)]


@needs_fork
def test_two_processes_find_what_one_does() -> None:
    one = found(100, 1)
    assert [node for (node, _), _ in one] == list(range(len(HERD)))
    assert sum(len(findings) for _, findings in one) > len(HERD)
    assert found(7, 2) == one
    assert found(1000, 3) == one


def test_what_is_found_does_not_depend_on_who_is_judged_before() -> None:
    forward = dict(found(50, 1))
    backward = Judge(InheritedLicences(HERD.families()), DEFAULT, HERD.artifact)
    order = [(node, node) for node in reversed(range(len(HERD)))]
    assert dict(zip(order, backward.chunk(order), strict=True)) == forward


def ended(node: int) -> Artifact:
    if node == 300:
        os.kill(os.getpid(), signal.SIGKILL)
    return HERD.artifact(node)


@needs_fork
@pytest.mark.parametrize("handler", [signal.SIG_DFL, signal.default_int_handler])
def test_a_process_that_is_ended_stops_the_judging_and_says_so(handler: Any) -> None:
    before = signal.signal(signal.SIGTERM, handler)  # the latter as the command line has it
    judge = Judge(JUDGE.inherited_licences, DEFAULT, ended)
    try:
        with pytest.raises(JudgingStopped, match="HERDBOOK_PROCESSES=1"):
            list(judge_chunks(judge, chunks(100), 2))
    finally:
        signal.signal(signal.SIGTERM, before)


@needs_fork
def test_one_who_stops_asking_leaves_no_process_behind() -> None:
    told = judge_chunks(JUDGE, chunks(10), 2)
    next(told)
    told.close()  # type: ignore[attr-defined] # a generator, promised as an iterator
    assert multiprocessing.active_children() == []


BUILDING = """
import time
from tests.unit.graph.pipeline.test_judging import DEFAULT, HERD, JUDGE, Judge, judge_chunks, chunks
def slow(node):
    time.sleep(0.05)
    return HERD.artifact(node)
told = judge_chunks(Judge(JUDGE.inherited_licences, DEFAULT, slow), chunks(20), 2)
next(told)
print("at work", flush=True)
next(told)
"""


@needs_fork
def test_processes_end_with_the_one_that_builds_however_it_ends() -> None:
    command = [sys.executable, "-c", BUILDING]
    building = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert building.stdout is not None
    assert building.stdout.readline() == "at work\n"
    judging = psutil.Process(building.pid).children(recursive=True)
    assert len(judging) == 2
    building.kill()
    building.wait()
    _, left = psutil.wait_procs(judging, timeout=30)
    assert left == []
