"""Crawls that are killed at random moments, over and over, until one comes to its end.

However often, and wherever: what is stored then is what an undisturbed crawl stores.
"""

from __future__ import annotations

import math
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import text

from graph.storage.database import open_database
from tests.home import LLAMA, Record, model
from tests.hub_replica import Replica, Rules, serve

CRAWL = [sys.executable, "-m", "herdbook", "crawl", "--no-build"]
ROWS = 50  # a page, so that a small Hub has many
MOST = 60  # requests that a crawl makes before it is killed, if it does not end
LATER = 0.2  # seconds from a request to the kill, at most
PATIENCE = 120.0
TABLES = {
    "records": (
        "select a.id, r.hub_id, r.former, r.downloads, r.sha, r.licences, r.card, r.files, "
        "r.read_at, r.siblings, r.removed is null from records r join artifacts a using (key)"
    ),
    "claims": (
        "select o.id, c.id, p.id, relation, strength, confidence, signal, field, value "
        "from claims join artifacts o on o.key = owner join artifacts c on c.key = child "
        "join artifacts p on p.key = parent"
    ),
    "classifications": "select a.id, odds, family, share from classifications "
    "join artifacts a using (key)",
    "asked": "select a.id, revision, state from asked join artifacts a using (key)",
    "census": "select kind, line, strength, month, count, downloads from census",
    "passed": "select id from passed",
}


@dataclass
class Killed:
    """What came of it: crawls killed, crawls that ended before that, requests that were made."""

    scope: str
    kills: int = 0
    ends: int = 0
    requests: int = 0
    undisturbed: int = 0
    differ: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        same = f"DIFFERENT: {', '.join(self.differ)}" if self.differ else "the same end"
        return (
            f"crawl of scope {self.scope}: {self.kills} kills, {self.ends} ends, {same}; "
            f"{self.requests:,} requests, {self.undisturbed:,} undisturbed"
        )


def kill_crawls(folder: Path, scope: str, kills: int, seed: int = 1, faults: str = "") -> Killed:
    """Kill crawls of a small Hub, so many times in all, and compare with an undisturbed one.

    A crawl that ends before all kills are done is followed by one of a new home.
    """
    chance, seen = random.Random(seed), Killed(scope)  # noqa: S311 (moments of kills)
    much = (10**6,) * 3  # requests in a window: all the crawls together come to more than one's
    rules = Rules(max_limit=ROWS, quota_api=much, quota_resolvers=much)
    replica = Replica(hub(), rules=rules)
    with serve(replica.app) as url:
        _crawl(folder / "whole", scope, url).wait(PATIENCE)
        expected, seen.undisturbed = held(folder / "whole"), replica.count()
        replica.forget()
        for fault in faults.split():
            replica.faults.add(fault)
        while seen.kills < kills:
            home = folder / f"killed-{seen.ends}"
            while not _ended(_crawl(home, scope, url), replica, _moment_of(chance, seen, kills)):
                seen.kills += 1
            seen.ends += 1
            found = held(home)
            seen.differ += [n for n in TABLES if found[n] != expected[n] and n not in seen.differ]
        seen.requests = replica.count()
    return seen


def _crawl(home: Path, scope: str, url: str) -> subprocess.Popen[bytes]:
    told = {"HERDBOOK_HOME": str(home), "HF_ENDPOINT": url, "HERDBOOK_GRAPH_URL": "memory://"}
    return subprocess.Popen(
        [*CRAWL, "--scope", scope],
        env={**os.environ, **told},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def _moment_of(chance: random.Random, seen: Killed, kills: int) -> tuple[float, float]:
    """Return after how many requests a crawl is killed, and how many seconds later; or never.

    What came in within a second may be lost with a kill, so kills without end could keep a crawl
    from its own.
    """
    if seen.kills >= kills:
        return math.inf, 0.0
    return chance.randint(1, MOST), chance.uniform(0, LATER)


def _ended(process: subprocess.Popen[bytes], replica: Replica, moment: tuple[float, float]) -> bool:
    """Kill a crawl at a moment; tell whether it ended before."""
    requests, later = moment
    before, began = replica.count(), time.monotonic()
    while process.poll() is None and replica.count() - before < requests:
        if time.monotonic() - began > PATIENCE:
            process.kill()
            raise AssertionError("the crawl does not end")
        time.sleep(0.002)
    if process.poll() is None:
        time.sleep(later)
        process.send_signal(signal.SIGKILL)
        process.wait()
    if process.returncode not in (0, -signal.SIGKILL):
        raise AssertionError(process.stderr.read().decode() if process.stderr else "")
    return process.returncode == 0


def held(home: Path) -> dict[str, list[Any]]:
    """Return what a home holds, without the numbers that depend on when it came in."""
    engine = open_database(f"sqlite:///{home / 'herdbook.db'}")
    with engine.connect() as connection:
        found = {
            name: sorted((tuple(row) for row in connection.execute(text(query))), key=repr)
            for name, query in TABLES.items()
        }
    engine.dispose()
    return found


def hub(models: int = 700, data_sets: int = 60) -> list[Record]:
    """Return a Hub: a fifth of it descends from Llama, and half of that has small files."""
    chance = random.Random(7)  # noqa: S311 (made-up data)
    return [*_models(models, chance), *_data_sets(data_sets)]


def _models(count: int, chance: random.Random) -> Iterator[Record]:
    yield model(LLAMA, licence="llama3.1", createdAt=_moment(0), sha=f"{0:040x}", _id=f"{0:024x}")
    yield model("Qwen/Qwen2.5-7B", createdAt=_moment(1), sha=f"{1:040x}", _id=f"{1:024x}")
    llamas, others = [LLAMA], ["Qwen/Qwen2.5-7B"]
    for n in range(2, count):
        line = llamas if n % 5 == 0 else others
        name = f"a{n % 40}/m{n:05}"
        parent = chance.choice(line)
        more: dict[str, Any] = {}
        if n % 10 == 0:
            files = {"README.md": f"---\nbase_model: {parent}\n---\nModel {n}.", "LICENSE": f"{n}"}
            more = {"files": files, "siblings": [{"rfilename": name} for name in files]}
        yield model(
            name, f"finetune:{parent}", createdAt=_moment(n), downloads=n, likes=n % 7,
            sha=f"{n:040x}", _id=f"{n:024x}", lastModified=_moment(n), **more,
        )  # fmt: skip
        line.append(name)


def _data_sets(count: int) -> Iterator[Record]:
    for n in range(count):
        yield {
            "id": f"d/set-{n}", "kind": "dataset", "tags": ["license:mit"], "downloads": n,
            "createdAt": _moment(n), "_id": f"d{n:023x}", "sha": f"{n:040x}",
        }  # fmt: skip


def _moment(n: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(1_700_000_000 + 60 * n))
