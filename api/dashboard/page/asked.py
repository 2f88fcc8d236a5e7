"""What a page is asked for beside its filters, and what is said where it cannot be shown so."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query

from api.http.parameters import Clean

LONGEST = 500  # characters of an id, with `datasets/` and its owner before it
_AFTER = "Where the page before ended."


class Refused(Exception):
    """A page that cannot be shown as asked: the status and what to say."""

    def __init__(self, status: int, title: str, message: str) -> None:
        super().__init__(message)
        self.status, self.title, self.message = status, title, message


def _place(
    after: Annotated[
        str | None, Query(pattern=r"^(-1|\d{1,18}),\d{1,18}$", description=_AFTER)
    ] = None,
) -> tuple[int, int] | None:
    """Return a place in the list of findings: downloads, -1 where not known, and number."""
    if after is None:
        return None
    first, second = after.split(",")
    return int(first), int(second)


Place = Annotated[tuple[int, int] | None, Depends(_place)]
AfterId = Annotated[str | None, Query(max_length=LONGEST, description=_AFTER), Clean]
