"""One build on its way into a graph server.

A batch is one transaction, so that readers see each artifact with its edges whole, old or new.
Nothing is removed before all the rest is there: what is gone, and what a whole build did not
stamp. A build that is cut off leaves its mark, by which the next one knows to repair it.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor

from neo4j import ManagedTransaction, Session

from graph.ports import Batch, StoreError
from graph.schema import ARTIFACTS
from graph.stores import bolt_statements as cypher
from graph.stores.statements import Statement

FORM = 1  # of the graph that this code writes; a change of the schema that old graphs lack adds 1


class Writing:
    """The state of one build that is being written."""

    def __init__(self, session: Session, build: str, *, fresh: bool) -> None:
        self._session = session
        self._build = build
        self._fresh = fresh
        self._over_older = True
        self._ensured: dict[str, set[str]] = {}
        self._gone: list[Statement] = []

    def run(self, batches: Iterable[Batch]) -> None:
        """Write everything. The next batch is made while the server takes the last one."""
        self._begin()
        with ThreadPoolExecutor(1) as writer:
            last: Future[None] | None = None
            for number, batch in enumerate(batches, 1):
                statements = list(self._statements(batch))
                if last:
                    last.result()
                last = writer.submit(self._put, number, statements)
            if last:
                last.result()
        self._end()

    def _begin(self) -> None:
        known = self._session.execute_read(lambda tx: tx.run(cypher.ANY).single(strict=True)[0])
        self._over_older = self._fresh and known > 1  # the build's own node is one
        mark = {"build": self._build, "form": FORM}
        self._session.execute_write(lambda tx: tx.run(cypher.BEGIN, mark).consume())

    def _statements(self, batch: Batch) -> Iterable[Statement]:
        self._gone += cypher.gone(batch)
        for label, ids in cypher.ends(batch).items():
            if label not in ARTIFACTS:  # few, and named over and over
                known = self._ensured.setdefault(label, set())
                ids -= known
                known |= ids
            yield from cypher.ensure(label, ids, self._build)
        yield from cypher.of_batch(batch, self._build, renew_all=self._over_older)

    def _put(self, number: int, statements: list[Statement]) -> None:
        """Put one batch, once: the driver tries again where it cannot know whether it was done."""

        def work(transaction: ManagedTransaction) -> None:
            mark = {"build": self._build, "number": number}
            done = transaction.run(cypher.ADVANCE, mark).single()
            if done is None:
                raise StoreError("another build has begun to write this graph: run one at a time")
            if done[0] < number:
                for query, parameters in statements:
                    transaction.run(query, parameters).consume()

        self._session.execute_write(work)

    def _end(self) -> None:
        for query, parameters in self._gone:
            self._session.execute_write(_run, query, parameters)
        last = [*cypher.sweep(self._build)] if self._over_older else []
        for query, parameters in (*last, *cypher.orphans()):
            self._session.run(query, parameters).consume()  # it has transactions of its own
        self._session.execute_write(_run, cypher.END, {"build": self._build})


def _run(transaction: ManagedTransaction, query: str, parameters: dict[str, object]) -> None:
    transaction.run(query, parameters).consume()
