"""The periodic crawl: one job, never twice at once, tried again sooner when the Hub was away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger


def run(job: Callable[[], bool], *, every_hours: float, retry_minutes: float, now: bool) -> None:
    """Run a job periodically until the process is stopped.

    The job returns False where it could not be done; it is then tried again after
    ``retry_minutes``. With ``now`` it runs at once as well.
    """
    scheduler = BlockingScheduler(timezone=UTC)

    def attempt() -> None:
        if not job():
            again = datetime.now(UTC) + timedelta(minutes=retry_minutes)
            scheduler.add_job(
                attempt, DateTrigger(again), id="retry", replace_existing=True, max_instances=1
            )

    first = datetime.now(UTC) + (timedelta(0) if now else timedelta(hours=every_hours))
    scheduler.add_job(
        attempt,
        IntervalTrigger(hours=every_hours),
        id="crawl",
        next_run_time=first,
        max_instances=1,
        coalesce=True,
        misfire_grace_time=None,
    )
    scheduler.start()
