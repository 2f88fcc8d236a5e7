"""The one pipeline: claims -> derivations -> families -> findings -> SQL and the graph.

A build touches what changed and what descends from it. Everything is compared by columns; objects
are made only of what is touched.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from uuid import uuid4

import numpy as np
from sqlalchemy import Connection, Engine, func, select

from graph import columns, facts, history, projection
from graph.arrivals import Arrivals
from graph.columns import Columns
from graph.compliance.policies import PROFILES, Policies
from graph.database import one_moment
from graph.edges import CODE, SAME_CODES, Edges, Ints, Mask, by_child, gather, joined
from graph.families import Families, Inference
from graph.history import LastBuild, Standing
from graph.judging import Judge, Part, judge_parts
from graph.lineage import descendants, parents_first
from graph.model import Relation
from graph.ports import Batch, GraphStore
from graph.projection import Judged
from graph.resolve import other_case, resolve
from graph.roster import load as load_roster
from graph.tables import RunRow
from graph.turns import alone

PART = 5000  # artifacts in a batch
WORTH_FORKING = 4 * PART  # artifacts from which on other processes help
THRESHOLD = 0.7  # docs/lineage.md: the least at which both precision and recall are as asked

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Choices:
    """What a user chooses: the confidence below which a guessed family is dropped, and the
    profile of policies (`graph.compliance.policies`) where a licence's text is open."""

    threshold: float = THRESHOLD
    profile: str = "default"


CHOICES = Choices()


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. ``id`` is None where nothing had changed and nothing was built."""

    id: str | None
    fresh: bool = False
    artifacts: int = 0
    edges: int = 0
    touched: int = 0
    judged: int = 0
    findings: int = 0
    gone: int = 0


@dataclass(slots=True)
class _Plan:
    """What a build has to do, worked out before anything is written."""

    columns: Columns
    families: Families
    digest: Ints
    inside: Mask
    touched: Ints
    gone: list[int]
    policies: Policies
    known: set[str] = field(default_factory=set)


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
        upto = (
            connection.scalar(select(func.max(RunRow.number)).where(RunRow.state != "running")) or 0
        )
        last = (
            None if fresh else _usable(history.last_build(connection), store, engine_url, choices)
        )
        if (
            last
            and last.upto_run >= upto
            and not len(columns.keys_changed(connection, last.upto_run, last.started))
        ):
            return BuildReport(None)
        plan = _plan(connection, last, choices)
        if last and not len(plan.touched) and not plan.gone:
            return BuildReport(None)
        build_id = str(uuid4())
        counts = {"judged": 0, "findings": 0}
        batches = _batches(connection, plan, started, counts, progress, processes)
        store.write(build_id, batches, fresh=last is None)
        report = BuildReport(
            id=build_id,
            fresh=last is None,
            artifacts=int(plan.inside.sum()),
            edges=len(plan.families.edges),
            touched=len(plan.touched),
            gone=len(plan.gone),
            **counts,
        )
        _record(connection, report, engine_url, code_digest(choices), upto, started)
    return report


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
        if path.is_dir() and path.name not in ("__pycache__", "stores", "queries"):
            yield from _sources(path)
        elif path.name.endswith((".py", ".toml")):
            yield path.read_bytes()


def _plan(connection: Connection, last: LastBuild | None, choices: Choices) -> _Plan:
    policies = PROFILES[choices.profile]
    told = columns.load(connection)
    edges, _ = resolve(told.claims, told.older_name, told.live)
    edges = by_child(joined(edges, other_case(told.ids, told.live, edges)))
    inside = _inside(told, edges)
    edges = edges[inside[edges.child]]
    digest = _digest(edges, told)
    inference = Inference(told.guesses, told.author, inside, choices.threshold)
    families = Families(told.ids, edges, load_roster(), inference)
    digest ^= families.members.digest().view(np.int64)
    before = history.digests(connection)
    keys = np.fromiter(before, np.int64, len(before))
    was = np.zeros(len(told.ids), np.bool_)
    was[told.nodes(keys)] = True
    gone = [int(key) for key in keys if not inside[told.node_of_key[key]]]
    if last is None:
        touched = np.flatnonzero(inside)
        return _Plan(told, families, digest, inside, touched, gone, policies)
    old = np.zeros(len(told.ids), np.int64)
    old[told.nodes(keys)] = np.fromiter(before.values(), np.int64, len(before))
    moved = inside & (~was | (old != digest))
    touch = descendants(edges, len(told.ids), np.flatnonzero(_with_names(edges, moved)))
    touch[told.nodes(columns.keys_changed(connection, last.upto_run, last.started))] = True
    touched = np.flatnonzero(touch & inside)
    known = {told.ids[node] for node in np.flatnonzero(was)}
    return _Plan(told, families, digest, inside, touched, gone, policies, known)


def _inside(told: Columns, edges: Edges) -> Mask:
    """Mark what belongs into the graph: live repositories, and what is named above them.

    The id that a live card gives as an older name is named too.
    """
    inside: Mask = told.live.copy()
    inside[told.claims.child[told.older_name & told.live[told.owner]]] = True
    first = np.searchsorted(edges.child, np.arange(len(told.ids) + 1))
    frontier = np.flatnonzero(inside)
    while len(frontier):
        edge = gather(first[frontier], first[frontier + 1] - first[frontier])
        parents = np.unique(edges.parent[edge])
        frontier = parents[~inside[parents]]
        inside[frontier] = True
    return inside


def _with_names(edges: Edges, moved: Mask) -> Mask:
    """Mark also what bears the names of what has moved: its copies, and what it was renamed to.

    A child is judged by every name that its parent bears or bore.
    """
    same = edges[np.isin(edges.relation, list(SAME_CODES))]
    renamed = same[same.relation == CODE[Relation.RENAMED]]
    marked: Mask = moved.copy()
    known = -1
    while known != (now := int(marked.sum())):
        known = now
        marked[same.child[marked[same.parent]]] = True
        marked[renamed.parent[marked[renamed.child]]] = True
    return marked


def _digest(edges: Edges, told: Columns) -> Ints:
    """Return for each node a digest of its edges, its older names and whether its record is live.

    It is the same whatever else is in the graph.
    """
    mixed = told.keys[edges.parent].astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    rest = edges.relation.astype(np.uint64) * np.uint64(4) + edges.strength.astype(np.uint64)
    mixed ^= (rest + edges.confidence.view(np.uint32)) * np.uint64(0xC2B2AE3D27D4EB4F)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    total = told.live.astype(np.uint64)
    np.add.at(total, edges.child, mixed)
    older = edges[edges.relation == CODE[Relation.RENAMED]]
    names = (told.keys[older.child].astype(np.uint64) + np.uint64(1)) * np.uint64(
        0xD6E8FEB86659FD93
    )
    np.add.at(total, older.parent, names ^ (names >> np.uint64(32)))
    return total.view(np.int64)


def _batches(
    connection: Connection,
    plan: _Plan,
    now: datetime,
    counts: dict[str, int],
    progress: Progress,
    processes: int,
) -> Iterator[Batch]:
    """Yield the graph's batches; on the way, write the same to SQL in the build's transaction."""
    told = plan.columns
    yield projection.vocabulary(plan.families.roster)
    done = 0
    for judged in _judged(connection, plan, processes):
        found = {one.key: projection.shown(one.findings) for one in judged}
        history.put(connection, [_standing(one, plan) for one in judged])
        history.put_findings(connection, [one.key for one in judged], found, now)
        counts["judged"] += sum(bool(one.findings) for one in judged)
        counts["findings"] += sum(map(len, found.values()))
        yield projection.batch(judged, plan.families, plan.known)
        done += len(judged)
        progress(done, len(plan.touched))
    if plan.gone:
        history.forget(connection, plan.gone)
        history.put_findings(connection, plan.gone, {}, now)
        yield projection.gone(told.ids[told.node_of_key[key]] for key in plan.gone)


def _judged(connection: Connection, plan: _Plan, processes: int) -> Iterator[list[Judged]]:
    """Yield everything that is touched, judged, part by part."""
    families, keys = plan.families, plan.columns.keys
    judge = Judge(Arrivals(families), plan.policies, facts.artifact)
    many = processes if len(plan.touched) >= WORTH_FORKING else 1
    for part, found in judge_parts(judge, _parts(connection, plan), many):
        yield [
            Judged(node, int(keys[node]), facts.artifact(known), families.memberships(node), told)
            for (node, known), told in zip(part, found, strict=True)
        ]


def _parts(connection: Connection, plan: _Plan) -> Iterator[Part]:
    """Yield what is stored of everything that is touched, parents before their children."""
    order = parents_first(plan.families.edges, len(plan.columns.ids))
    touched = order[np.isin(order, plan.touched)]  # an edge leads to what readers can see
    for start in range(0, len(touched), PART):
        nodes = touched[start : start + PART]
        keys: list[int] = plan.columns.keys[nodes].tolist()
        known = facts.rows(connection, keys)
        yield [(node, known[key]) for node, key in zip(nodes.tolist(), keys, strict=True)]


def _standing(one: Judged, plan: _Plan) -> Standing:
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
    )


def _record(
    connection: Connection,
    report: BuildReport,
    engine_url: str,
    code: str,
    upto: int,
    started: datetime,
) -> None:
    values = {
        "id": report.id,
        "engine": engine_url,
        "upto_run": upto,
        "code": code,
        "started": started,
        "finished": datetime.now(UTC),
        "counts": {
            name: getattr(report, name)
            for name in ("artifacts", "edges", "touched", "judged", "findings", "gone")
        },
    }
    history.record_build(connection, values)
