"""Above 700 million monthly users a licence is to be asked for: section 2 of Llama 2 and later.

The users are counted once, for the calendar month before the version's release.
"""

from __future__ import annotations

from datetime import date, timedelta

from graph.catalogue.model import Outcome
from graph.compliance.case import Case, Verdict
from graph.compliance.check import Check, Sees


def _judge(case: Case) -> Verdict:
    """Say when users are counted; a repository cannot show how many there were."""
    released = case.licence.released
    if released is None:
        when = "on the version's release date, for the month before"
    else:
        when = f"once, on {released}, for {month_before(released)}"
    return Verdict(
        Outcome.INFO,
        f"Monthly active users are counted {when}; above 700 million a licence is to be asked for. "
        "A repository cannot show it.",
    )


def month_before(day: date) -> str:
    """Return the calendar month before a day, as "June 2024"."""
    return f"{day.replace(day=1) - timedelta(days=1):%B %Y}"


CHECK = Check(
    "user-threshold",
    _judge,
    lambda _: "Ask the licensor for a licence if your products had more users then.",
    order=90,
    sees=Sees.NOTHING,
)
