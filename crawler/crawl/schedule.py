"""The periodic crawl: when the next one is due, by the stored runs, and waiting for it.

What is due is worked out anew from the database each time, so that a restart keeps the time and
several schedulers agree on it; a job store would hold the same once more.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.executors.debug import DebugExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.date import DateTrigger
from sqlalchemy import Engine

from crawler.ingest.runs import last_listed, waiting_until


def due(engine: Engine, source: str, scope: str, every: timedelta) -> datetime:
    """Return when the next crawl is due: some time after the last had read the lists, or now.

    One that left files goes on when it said it would, if that is earlier.
    """
    now = datetime.now(UTC)
    last = last_listed(engine, source, scope)
    if last is None:
        return now
    again = min(last, now) + every
    resumes = waiting_until(engine, source, scope)
    return min(again, max(resumes, now)) if resumes else again


def run(job: Callable[[], datetime], first: datetime, otherwise: timedelta) -> None:
    """Run a job at ``first`` and then whenever it says, until the process is stopped.

    In this thread, so that Ctrl-C ends a job that is under way. One that fails is logged, and run
    again after the time ``otherwise``.
    """
    executors = {"default": DebugExecutor()}  # "directly" is all that its name means
    scheduler = BlockingScheduler(timezone=UTC, executors=executors)
    interrupted: list[KeyboardInterrupt] = []

    def attempt() -> None:
        again = None
        try:
            again = job()
        except KeyboardInterrupt as error:  # the scheduler would log it and go on
            interrupted.append(error)
            scheduler.shutdown(wait=False)
        finally:
            if not interrupted:
                plan(again or datetime.now(UTC) + otherwise)

    def plan(at: datetime) -> None:
        scheduler.add_job(attempt, DateTrigger(at), misfire_grace_time=None)

    plan(first)
    try:
        scheduler.start()
    except JobLookupError:  # the job that has shut it down is gone with the others
        if not interrupted:
            raise
    if interrupted:
        raise interrupted[0]
