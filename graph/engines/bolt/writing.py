"""One build on its way into a graph server.

A batch is one transaction, so that readers see each artifact with its edges whole, old or new.
Nothing is removed before all the rest is there: what is gone, and what a whole build did not
stamp. A build that is cut off leaves its mark, by which the next one knows to repair it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from neo4j import ManagedTransaction, Session

from graph.engines.bolt import statements as cypher
from graph.engines.bolt.renewal import difference, held
from graph.engines.port.ports import Batch, StoreError
from graph.engines.port.schema import ARTIFACTS
from graph.engines.port.statements import Statement, of_update

Write = Callable[[ManagedTransaction], None]
FORM = 3  # of the graph that this code writes; a change of the schema that old graphs lack adds 1
AT_ONCE = 2  # transactions: one is committed, in a third of the time, while the next is written
STALLED = 10.0  # seconds until a transaction that waits for the one before gives its locks back


@dataclass(frozen=True, slots=True)
class _Sent:
    """A batch that is on its way, with the artifacts that it holds and those that it names."""

    holds: set[str]
    names: set[str]
    done: Future[None]


class _Done(Exception):
    """This batch was there already: its commit arrived, though the answer to it did not."""


class _Stalled(Exception):
    """This batch's transaction may hold what the one before waits for."""


class Writing:
    """The state of one build that is being written. ``sessions`` opens one."""

    def __init__(
        self, sessions: Callable[[], AbstractContextManager[Session]], build: str, *, fresh: bool
    ) -> None:
        self._sessions = sessions
        self._build = build
        self._fresh = fresh
        self._over_older = True
        self._ensured: dict[str, set[str]] = {}
        self._gone: list[Statement] = []

    def run(self, batches: Iterable[Batch]) -> None:
        """Write everything. The next batch is made while the server takes the last ones."""
        self._begin()
        sent: deque[_Sent] = deque(maxlen=AT_ONCE)
        with ThreadPoolExecutor(AT_ONCE) as writers:
            for number, batch in enumerate(batches, 1):
                self._send(writers, number, batch, sent)
            for one in sent:
                one.done.result()
        self._end()

    def _send(
        self, writers: ThreadPoolExecutor, number: int, batch: Batch, sent: deque[_Sent]
    ) -> None:
        ends = cypher.ends(batch)
        written = (*batch.nodes.values(), *batch.update.values())
        holds = {row["id"] for rows in written for row in rows}
        names = set().union(*ends.values())
        if len(sent) == AT_ONCE:
            sent[0].done.result()
        for one in sent:
            # An edge leads to what has been committed, and an artifact has one writer.
            if not (one.holds.isdisjoint(names | holds) and one.names.isdisjoint(holds)):
                one.done.result()
        self._gone += cypher.gone(batch)
        self._name(ends)
        before = sent[-1].done if sent else None
        bare = {label: ends.get(label, set()) for label in ARTIFACTS}
        done = writers.submit(self._put, number, partial(self._write, batch, bare), before)
        sent.append(_Sent(holds, names, done))

    def _begin(self) -> None:
        with self._sessions() as session:
            known = session.execute_read(lambda tx: tx.run(cypher.ANY).single(strict=True)[0])
            self._over_older = self._fresh and known > 1  # the build's own node is one
            session.execute_write(_run, cypher.BEGIN, {"build": self._build, "form": FORM})

    def _write(
        self, batch: Batch, bare: dict[str, set[str]], transaction: ManagedTransaction
    ) -> None:
        renew, edges = batch.renew, list(batch.edges)
        if self._over_older:
            renew = {a: [row["id"] for row in batch.nodes.get(a, ())] for a in ARTIFACTS}
        statements = [s for a in bare for s in cypher.ensure(a, bare[a], self._build)]
        if renew:
            renewal = difference(edges, held(transaction, renew))
            statements += renewal.statements()
            edges = renewal.made
        for label, rows in batch.nodes.items():
            statements += cypher.nodes(label, rows, self._build)
        statements += [cypher.others(label, self._build) for label in sorted(batch.whole)]
        for some in edges:
            statements += cypher.edges(some)
        statements += of_update(batch, cypher.CHUNK)
        _run_all(statements, transaction)

    def _name(self, ends: dict[str, set[str]]) -> None:
        """Put what is only named, authors and licences, before what names it: each once."""
        new: list[Statement] = []
        for label in ends.keys() - set(ARTIFACTS):
            known = self._ensured.setdefault(label, set())
            new += cypher.ensure(label, ends[label] - known, self._build)
            known |= ends[label]
        if new:
            with self._sessions() as session:
                session.execute_write(self._work, partial(_run_all, new))

    def _put(self, number: int, write: Write, before: Future[None] | None) -> None:
        """Put one batch, once. It is written beside the one before, and committed after it."""
        with self._sessions() as session, suppress(_Done):
            try:
                session.execute_write(self._work, write, number, before)
            except _Stalled:
                if before:
                    before.result()
                session.execute_write(self._work, write, number)

    def _work(
        self,
        transaction: ManagedTransaction,
        write: Write,
        number: int | None = None,
        before: Future[None] | None = None,
    ) -> None:
        """Do what belongs into one transaction; the driver may do it again, from the start."""
        write(transaction)
        if before:
            if wait([before], STALLED).not_done:
                raise _Stalled
            before.result()
        mark = {"build": self._build, "number": number}
        done = transaction.run(cypher.ADVANCE, mark).single()
        if done is None:
            raise StoreError("another build has begun to write this graph: run one at a time")
        if number is not None and done[0] >= number:
            raise _Done

    def _end(self) -> None:
        with self._sessions() as session:
            for query, parameters in self._gone:
                session.execute_write(_run, query, parameters)
            last = [*cypher.sweep(self._build)] if self._over_older else []
            for query, parameters in (*last, *cypher.orphans()):
                session.run(query, parameters).consume()  # it has transactions of its own
            session.execute_write(_run, cypher.END, {"build": self._build})


def _run(transaction: ManagedTransaction, query: str, parameters: dict[str, Any]) -> None:
    transaction.run(query, parameters).consume()


def _run_all(statements: list[Statement], transaction: ManagedTransaction) -> None:
    for query, parameters in statements:
        _run(transaction, query, parameters)
