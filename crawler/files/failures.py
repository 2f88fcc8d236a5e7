"""When the Hub fails at file after file: longer and longer pauses, and at last no more for now."""

from __future__ import annotations

import random

ROW = 3  # failures one after another, and there is a pause
PAUSES = 12  # without a good stretch between them, and the rest is for another time
CALM = 100  # answers that are a good stretch
FIRST, LONGEST = 5.0, 300.0  # seconds


class Failures:
    """How the Hub has answered of late. ``due`` tells whether there is to be a pause."""

    def __init__(self) -> None:
        self.words = ""  # of the last failure
        self.due = False
        self._row = self._pauses = self._good = 0

    @property
    def over(self) -> bool:
        """Whether there were so many pauses that another makes no sense now."""
        return self.due and self._pauses >= PAUSES

    @property
    def wary(self) -> bool:
        """Whether nothing was answered since the last pause: then few are asked at a time."""
        return self._pauses > 0 and self._good == 0

    def answered(self, answers: int = 1) -> None:
        """Note some answers, of whatever kind."""
        if answers:
            self._row = 0
            self._good += answers
        if self._good >= CALM:
            self._pauses = 0

    def failed(self, words: str) -> None:
        """Note a failure."""
        self.words = words
        self._row += 1
        self.due |= self._row >= ROW

    def pause(self) -> float:
        """Begin a pause; return its seconds, with jitter: others fail and wait as we do."""
        longest = min(FIRST * 2.0**self._pauses, LONGEST)
        self._pauses += 1
        self._row = self._good = 0
        self.due = False
        return longest * random.uniform(0.75, 1.25)  # noqa: S311 (no secret)
