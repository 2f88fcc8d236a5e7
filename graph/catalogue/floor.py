"""The Hub's floor for the time of creation: what is older bears the day that the field began.

``createdAt`` was introduced on 2022-03-02; whatever was there by then was given 23:29:04 UTC, some
of it 23:29:05 (huggingface_hub, ``ModelInfo.created_at``; the seconds as captured in 2026-08). Such
a time says "by then", not "then". The queries by month hold the same bound as text.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

FLOOR = datetime(2022, 3, 2, 23, 29, 9, tzinfo=UTC)  # the batch, and a few seconds
EARLIER = "before 2022-03"  # stands in place of the month


def is_floor(created: datetime) -> bool:
    """Tell whether a time of creation only says that a repository is older than the field."""
    return created <= FLOOR


def is_floor_day(created: date) -> bool:
    """Tell the same of a day alone: half an hour of that day was not the batch's."""
    return created <= FLOOR.date()
