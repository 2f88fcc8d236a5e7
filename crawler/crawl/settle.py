"""When the lists have ended: whether they are whole, what set aside is wanted, what is gone.

Cut off anywhere, it is done again from the start and comes to the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import cast

import orjson
from sqlalchemy import Engine, Table, delete, select

from crawler.crawl import absence, sieve
from crawler.crawl.checkpoints import Checkpoints, last_ended
from crawler.crawl.frontier import SAID, Aside, Decision, Said, decide
from crawler.ingest import runs
from crawler.ingest.importer import read_item
from crawler.ingest.records import report, store_page
from crawler.ingest.report import Notice, PageCounts
from graph.catalogue.model import Kind, Source
from graph.evidence import classify
from graph.evidence.signals import identity
from graph.pipeline.census import Tally, store
from graph.storage import columns
from graph.storage.database import sole_writer
from graph.storage.tables import PassedRow

P = cast("Table", PassedRow.__table__)
BATCH = 500  # set-aside repositories stored in one transaction
CHUNK = 20_000


def doubts(engine: Engine, run: runs.Run, source: str, lists: dict[Kind, str]) -> list[str]:
    """Return why lists cannot be whole, in words; write it down, so that the next run knows."""
    checkpoints = Checkpoints(engine, run.number)
    found = []
    with sole_writer(engine) as connection:
        for kind, text in lists.items():
            ended = checkpoints.ended(connection, text)
            before = last_ended(connection, source, text, run.number)
            why = absence.judge(connection, run.number, kind, ended, before)
            checkpoints.doubt(connection, text, doubted=why is not None)
            if why is not None:
                told = f"the list of {kind.value}s cannot be whole: {why}"
                report(connection, run.number, [Notice("doubted", text, told)])
                found.append(told)
    return found


def settle(
    engine: Engine,
    run: runs.Run,
    lists: dict[Kind, str],
    *,
    threshold: float,
    total: PageCounts,
    progress: Callable[[str], None],
) -> int:
    """Keep what is wanted of what was set aside, count the rest, and mark what is gone.

    Return how many of the known the lists lacked.
    """
    tally = Tally()
    if _forget_others(engine, run):
        progress("what descends from Llama")
        with engine.connect() as connection:
            held = columns.load(connection)
        decision = decide(held, _aside(engine, run), threshold)
        _promote(engine, run, decision, total, progress)
        tally = _counted(engine, run, decision)
    with sole_writer(engine) as connection:
        total.passed += tally.count.total()
        connection.execute(delete(P).where(P.c.run == run.number))
        store(connection, run.number, tally)
        told = [absence.settle(connection, run.number, run.as_of, kind) for kind in lists]
        total.removed += sum(gone for _, gone in told)
        runs.listed(connection, run, lists.values(), datetime.now(UTC))
        runs.progress(connection, run, total)
    return sum(absent for absent, _ in told)


def _forget_others(engine: Engine, run: runs.Run) -> bool:
    """Forget what runs set aside that came to no end; tell whether this one set anything aside."""
    with sole_writer(engine) as connection:
        connection.execute(delete(P).where(P.c.run != run.number))
        return connection.scalar(select(P.c.id).limit(1)) is not None


def _aside(engine: Engine, run: runs.Run) -> Aside:
    """Return what was set aside and says something of lineage."""
    found = Aside()
    query = select(P.c.id, P.c.claims).where(P.c.run == run.number, P.c.claims.is_not(None))
    with engine.connect() as connection:
        for artifact_id, packed in connection.execute(query.execution_options(yield_per=CHUNK)):
            told = orjson.loads(packed)
            if told["claims"]:
                # Older code set aside no source: the last one, for which nothing is too much said.
                said = [(*claim, int(Source.REGISTER))[:SAID] for claim in told["claims"]]
                found.claims[artifact_id] = said
            if told["guess"]:
                found.classifications[artifact_id] = tuple(told["guess"])
    _know_by_name(found)
    return found


def _know_by_name(aside: Aside) -> None:
    """Add what the names of parents tell that were not listed, and the names that those stand for.

    As `crawler.ingest.claims.keys_of` does for what is held.
    """
    found: dict[str, list[Said]] = {}
    left = {end for claims in aside.claims.values() for claim in claims for end in claim[:2]}
    while left:
        left -= aside.claims.keys() | found.keys()
        known = {name: [sieve.packed(claim) for claim in identity.of_id(name)] for name in left}
        found |= known
        left = {claim[1] for claims in known.values() for claim in claims}
    aside.names = {name: claims for name, claims in found.items() if claims}
    classifications = {name: sieve.odds(classify.of_id(name)) for name in found}
    aside.name_classifications = {name: told for name, told in classifications.items() if told}


def _promote(
    engine: Engine,
    run: runs.Run,
    decision: Decision,
    total: PageCounts,
    progress: Callable[[str], None],
) -> None:
    """Store what is wanted, batch by batch; what is stored is set aside no more."""
    wanted = list(_wanted(engine, run, decision))
    for start in range(0, len(wanted), BATCH):
        ids = wanted[start : start + BATCH]
        with sole_writer(engine) as connection:
            mine = P.c.run == run.number, P.c.id.in_(ids)
            bodies = connection.scalars(select(P.c.body).where(*mine))
            notices: list[Notice] = []
            read = (read_item(sieve.unpacked(b), None, "set aside", notices) for b in bodies)
            records = [record for record in read if record is not None]
            counts = store_page(connection, run.number, run.as_of, records, notices)
            counts.records = 0  # counted when they were listed
            total.add(counts)
            connection.execute(delete(P).where(*mine))
            runs.progress(connection, run, total)
        progress(f"kept {start + len(ids):,} of {len(wanted):,}")


def _wanted(engine: Engine, run: runs.Run, decision: Decision) -> Iterator[str]:
    query = select(P.c.id).where(P.c.run == run.number).order_by(P.c.id)
    with engine.connect() as connection:
        for artifact_id in connection.scalars(query.execution_options(yield_per=CHUNK)):
            if artifact_id in decision.wanted:
                yield artifact_id


def _counted(engine: Engine, run: runs.Run, decision: Decision) -> Tally:
    """Count what is left."""
    tally = Tally()
    query = select(P.c.id, P.c.created, P.c.downloads).where(P.c.run == run.number)
    with engine.connect() as connection:
        for artifact_id, created, downloads in connection.execute(
            query.execution_options(yield_per=CHUNK)
        ):
            lines = decision.lines.get(artifact_id, ())
            tally.add(Kind.of(artifact_id), lines, created, downloads)
    return tally
