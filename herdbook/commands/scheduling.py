"""The command that crawls periodically. Any number may run on one database: one of them crawls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from sqlalchemy.exc import DBAPIError

from crawler.crawl import schedule as periodic
from crawler.hub import HubError
from graph.engines.port.ports import StoreError
from graph.storage.locks import UnderWay, alone
from herdbook.commands.crawling import crawl_with_progress
from herdbook.commands.data import build_with_progress
from herdbook.commands.options import wiring
from herdbook.output import terminal
from herdbook.output.hints import advice
from herdbook.wiring.wiring import Wiring


def schedule(
    now: Annotated[
        bool, typer.Option("--now", help="Crawl at once, due or not, then on the schedule.")
    ] = False,
) -> None:
    """Crawl and build periodically, first when the last crawl is old enough (or there is none)."""
    rounds = Rounds(wiring(), forced=now)
    chosen = rounds.wired.settings
    first = datetime.now(UTC)
    terminal.say(
        f"a crawl of scope {chosen.crawl_scope} every {chosen.crawl_hours:g} hours, "
        f"next {first if now else max(first, rounds.due()):%Y-%m-%d %H:%M} UTC"
    )
    periodic.run(rounds.turn, first, rounds.retry)


@dataclass
class Rounds:
    """The scheduler's rounds: crawl when it is due, then build. A forced first one is due."""

    wired: Wiring
    forced: bool = False

    @property
    def retry(self) -> timedelta:
        """The time until a crawl that could not be done is tried again."""
        return timedelta(minutes=self.wired.settings.crawl_retry_minutes)

    def due(self) -> datetime:
        """Return when the next crawl is due."""
        chosen = self.wired.settings
        every = timedelta(hours=chosen.crawl_hours)
        return periodic.due(self.wired.engine, self.wired.hub.endpoint, chosen.crawl_scope, every)

    def turn(self) -> datetime:
        """Crawl if it is due and nobody else does, build; return when to look again.

        Built is also where no crawl is due: the last build may have failed, or been killed.
        """
        later = f"in {self.wired.settings.crawl_retry_minutes:g} minutes"
        try:
            with alone(self.wired.engine, "crawl"):
                if self.forced or self.due() <= datetime.now(UTC):
                    crawl_with_progress(self.wired, self.wired.settings.crawl_scope)
                    self.forced = False
            build_with_progress(self.wired)
            return self.due()
        except UnderWay:
            terminal.say(f"another process crawls; this one looks again {later}")
        except HubError as error:
            terminal.say(f"the crawl stopped: {error}; it goes on {later}")
        except StoreError as error:
            terminal.say(f"the build stopped: {error}; it is tried again {later}")
        except DBAPIError as error:
            if (told := advice(error)) is None:
                raise  # a defect, which is logged whole
            terminal.say(f"{told}; it is tried again {later}")
        return datetime.now(UTC) + self.retry
