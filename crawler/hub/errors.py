"""What can go wrong with the Hub; every message is for people."""

from __future__ import annotations


class HubError(RuntimeError):
    """The Hub did not answer as it should."""


class Unreachable(HubError):
    """The Hub did not answer at all, or broke off each time."""


class TooFarOff(HubError):
    """The Hub's next window opens so late that waiting for it is for another time."""

    def __init__(self, bucket: str, seconds: float) -> None:
        super().__init__(
            f"the Hub's limit on {bucket} is used up for another {seconds / 60:.0f} minutes"
        )
        self.seconds = seconds


class BadCursor(HubError):
    """The Hub does not take a cursor that it gave."""
