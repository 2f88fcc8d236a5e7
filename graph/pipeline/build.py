"""The one pipeline: claims -> derivations -> families -> findings -> SQL and the graph.

A build touches what changed and what descends from it. Where counters alone moved, nodes get theirs
and nothing else is read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from uuid import uuid4

import numpy as np
import orjson
from sqlalchemy import Connection, Engine, func, select

from graph.catalogue.model import Artifact, Finding
from graph.engines.port.ports import Batch, GraphStore
from graph.lineage.edges import Ints
from graph.lineage.inherited import InheritedLicences
from graph.lineage.reach import parents_first
from graph.pipeline import census, changes, counters, plan, projection, unknown
from graph.pipeline.judging import Chunk, Judge, judge_chunks
from graph.pipeline.plan import CHOICES, Choices, Plan
from graph.pipeline.projection import Judged
from graph.storage import facts
from graph.storage import findings as history
from graph.storage.database import one_moment
from graph.storage.findings import LastBuild, Standing
from graph.storage.locks import alone
from graph.storage.tables import RunRow

PART = 5000  # artifacts in a batch
WORTH_FORKING = 4 * PART  # artifacts from which on other processes help
_NO_KEYS: Ints = np.zeros(0, np.int64)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. ``id`` is None where nothing had changed and nothing was built.

    ``counted`` are nodes of which counters alone are new, ``census`` the rows of the census.
    """

    id: str | None
    fresh: bool = False
    artifacts: int = 0
    edges: int = 0
    touched: int = 0
    judged: int = 0
    findings: int = 0
    gone: int = 0
    counted: int = 0
    census: int = 0


@dataclass(slots=True)
class _Work:
    """One build: what there is to do, and what came of it.

    ``plan`` is None where lineage and findings stay as they are, ``counted`` are the keys of
    records whose counters moved, ``census`` tells whether it is to be written.
    """

    connection: Connection
    started: datetime
    progress: Progress
    processes: int
    plan: Plan | None
    counted: Ints
    census: bool
    judged: int = 0
    findings: int = 0
    stock: dict[str, int] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.plan and self.plan.any) or self.census or bool(len(self.counted))


def build(
    engine: Engine,
    store: GraphStore,
    engine_url: str,
    progress: Progress = lambda _done, _all: None,
    *,
    fresh: bool = False,
    choices: Choices = CHOICES,
    processes: int = 1,
    waiting: Callable[[], None] = lambda: None,
) -> BuildReport:
    """Bring the graph up to date with the stored records.

    ``engine_url`` names the store for the build's record. ``fresh`` builds everything anew, as
    does a store that does not hold the last build's graph, or code that judges otherwise.
    ``choices`` are the user's. ``processes`` judge where there is much to judge. ``progress`` is
    called with artifacts done and in all, ``waiting`` where another process builds, whose end is
    waited for.
    """
    with alone(engine, "build", waiting), one_moment(engine) as connection:
        store.prepare()  # before the long work, and where there turns out to be none
        started = datetime.now(UTC)
        told = history.last_build(connection)
        last = None if fresh else _usable(told, store, engine_url, choices)
        work = _work(connection, last, choices, started, progress, processes)
        if last and not work.any:
            return BuildReport(None)
        build_id = str(uuid4())
        store.write(build_id, _batches(work), fresh=last is None)
        report = _report(build_id, work, last)
        _record(work, report, engine_url, code_digest(choices))
    return report


def _work(
    connection: Connection,
    last: LastBuild | None,
    choices: Choices,
    started: datetime,
    progress: Progress,
    processes: int,
) -> _Work:
    """Return what there is to do since the last build; everything, where there is none."""
    stock = changes.stock(connection)
    if last is None:
        whole = plan.make(connection, None, choices)
        return _Work(connection, started, progress, processes, whole, _NO_KEYS, True, stock=stock)
    new = changes.since(connection, last, stock)
    made = plan.make(connection, new.changed, choices) if new.lineage else None
    touched = made.columns.keys[made.touched] if made else _NO_KEYS
    counted = np.setdiff1d(new.counted, touched)
    return _Work(connection, started, progress, processes, made, counted, new.census, stock=stock)


def _usable(
    last: LastBuild | None, store: GraphStore, engine_url: str, choices: Choices
) -> LastBuild | None:
    same = last and last.engine == engine_url and last.code == code_digest(choices)
    return last if last and same and store.state().holds(last.id) else None


@cache
def code_digest(choices: Choices = CHOICES) -> str:
    """Return a digest of the code and data that decide what is found: another one judges anew."""
    digest = hashlib.blake2b(digest_size=8)
    for content in _sources(files("graph")):
        digest.update(content)
    return f"{digest.hexdigest()} {choices.threshold:g} {choices.profile}"


def _sources(folder: Traversable) -> Iterator[bytes]:
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.is_dir() and path.name not in ("__pycache__", "engines"):
            yield from _sources(path)
        elif path.name.endswith((".py", ".toml")):
            yield path.read_bytes()


def _batches(work: _Work) -> Iterator[Batch]:
    """Yield the graph's batches; on the way, write the same to SQL in the build's transaction."""
    if work.plan:
        yield projection.vocabulary(work.plan.families.roster)
        yield from _of_plan(work, work.plan)
    done = len(work.plan.touched) if work.plan else 0
    for batch in counters.batches(work.connection, work.counted):
        yield batch
        done += sum(map(len, batch.update.values()))
        work.progress(done, _in_all(work))
    if work.census:
        yield census.batch(work.connection)


def _of_plan(work: _Work, plan: Plan) -> Iterator[Batch]:
    told, done = plan.columns, 0
    for judged in _judged(work, plan):
        found = {one.key: projection.shown(one.findings) for one in judged}
        history.put(work.connection, [_standing(one, plan) for one in judged])
        history.put_findings(work.connection, [one.key for one in judged], found, work.started)
        work.judged += sum(bool(one.findings) for one in judged)
        work.findings += sum(map(len, found.values()))
        yield projection.batch(judged, plan.families, plan.known)
        done += len(judged)
        work.progress(done, _in_all(work))
    if plan.gone:
        history.forget(work.connection, plan.gone)
        history.put_findings(work.connection, plan.gone, {}, work.started)
        yield projection.gone(told.ids[told.node_of_key[key]] for key in plan.gone)


def _in_all(work: _Work) -> int:
    """Return how many artifacts a build touches or counts anew."""
    return (len(work.plan.touched) if work.plan else 0) + len(work.counted)


def _judged(work: _Work, plan: Plan) -> Iterator[list[Judged]]:
    """Yield everything that is touched, judged, part by part."""
    families, keys = plan.families, plan.columns.keys
    judge = Judge(InheritedLicences(families), plan.policies, facts.artifact)
    many = work.processes if len(plan.touched) >= WORTH_FORKING else 1
    for part, found in judge_chunks(judge, _chunks(work.connection, plan), many):
        yield [
            _told(plan, node, int(keys[node]), facts.artifact(known), findings)
            for (node, known), findings in zip(part, found, strict=True)
        ]


def _told(plan: Plan, node: int, key: int, artifact: Artifact, findings: list[Finding]) -> Judged:
    families = plan.families
    open_ends = unknown.told(node, artifact, families, plan.unknown)
    return Judged(node, key, artifact, families.memberships(node), findings, open_ends)


def _chunks(connection: Connection, plan: Plan) -> Iterator[Chunk]:
    """Yield what is stored of everything that is touched, parents before their children."""
    order = parents_first(plan.families.edges, len(plan.columns.ids))
    touched = order[np.isin(order, plan.touched)]  # an edge leads to what readers can see
    for start in range(0, len(touched), PART):
        nodes = touched[start : start + PART]
        keys: list[int] = plan.columns.keys[nodes].tolist()
        known = facts.rows(connection, keys)
        yield [(node, known[key]) for node, key in zip(nodes.tolist(), keys, strict=True)]


def _standing(one: Judged, plan: Plan) -> Standing:
    families = plan.families
    relations = 0
    for edge in families.own_edges(one.node):
        relations |= 1 << int(families.edges.relation[edge])
    return Standing(
        key=one.key,
        crawled=one.artifact.crawled,
        outcome=one.outcome,
        relations=relations,
        edges_digest=int(plan.digest[one.node]),
        members=[(m, families.family(m.family).licence) for m in one.memberships],
        unknown=orjson.dumps([*map(list, one.unknown)]) if one.unknown else None,
    )


def _report(build_id: str, work: _Work, last: LastBuild | None) -> BuildReport:
    plan, before = work.plan, last.counts if last else {}
    return BuildReport(
        id=build_id,
        fresh=last is None,
        artifacts=int(plan.inside.sum()) if plan else before.get("artifacts", 0),
        edges=len(plan.families.edges) if plan else before.get("edges", 0),
        touched=len(plan.touched) if plan else 0,
        judged=work.judged,
        findings=work.findings,
        gone=len(plan.gone) if plan else 0,
        counted=len(work.counted),
        census=work.stock["census"],
    )


def _record(work: _Work, report: BuildReport, engine_url: str, code: str) -> None:
    told = {k: v for k, v in asdict(report).items() if k not in ("id", "fresh")}
    ended = select(func.max(RunRow.number)).where(RunRow.state != "running")
    values = {
        "id": report.id,
        "engine": engine_url,
        "upto_run": work.connection.scalar(ended) or 0,
        "code": code,
        "started": work.started,
        "finished": datetime.now(UTC),
        "counts": told | work.stock,
    }
    history.record_build(work.connection, values)
