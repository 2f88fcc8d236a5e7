"""The pace: all that the Hub allows, never more, however its answers come back."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from huggingface_hub.utils import RateLimitInfo
from hypothesis import given
from hypothesis import strategies as st

from crawler.hub import RateLimiter, TooFarOff

WINDOW = 300


@dataclass
class World:
    """A clock, and a Hub that counts in fixed windows and tells what is left."""

    limit: int
    now: float = 1000.0
    begun: float = 0.0
    used: int = 0
    windows: list[int] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def ask(self, seconds: float = 0.5) -> RateLimitInfo:
        """Count a request as the Hub does; a window begins with its first request."""
        if self.now >= self.begun + WINDOW:
            self.windows.append(self.used)
            self.begun, self.used = self.now, 0
        self.used += 1
        left, reset = max(self.limit - self.used, 0), int(self.begun + WINDOW - self.now)
        self.now += seconds
        return RateLimitInfo("api", left, reset, self.limit, WINDOW)


@pytest.fixture
def world() -> World:
    return World(500)


def limiter_of(world: World) -> RateLimiter:
    return RateLimiter(authorised=False, clock=lambda: world.now, sleep=world.sleep)


def test_a_window_is_used_to_more_than_95_percent_and_never_exceeded(world: World) -> None:
    limiter = limiter_of(world)
    for _ in range(1600):
        limiter.take({"api": 1})
        limiter.note({"api": 1}, [world.ask(0.1)])
    full = world.windows[1:]
    assert len(full) >= 2
    assert all(0.95 * 500 <= used <= 500 for used in full)


def test_answers_that_say_nothing_are_counted_by_us(world: World) -> None:
    limiter = limiter_of(world)
    began = world.now
    times = []
    for _ in range(1100):
        limiter.take({"api": 1})
        times.append(world.now)
        world.now += 0.1
        limiter.note({"api": 1}, [])
    assert world.now - began > 2 * WINDOW
    for start in range(len(times) - 500):
        assert times[start + 500] - times[start] >= WINDOW


def test_a_token_may_ask_twice_as_often() -> None:
    assert RateLimiter(authorised=True).limit("api") == (980, 300.0)
    assert RateLimiter(authorised=False).limit("api") == (490, 300.0)


def test_what_the_hub_tells_of_its_limit_counts_more_than_what_we_believe(world: World) -> None:
    limiter = limiter_of(world)
    limiter.take({"api": 1})
    limiter.note({"api": 1}, [RateLimitInfo("api", 2499, 300, 2500, 300)])
    assert limiter.limit("api") == (2450, 300.0)


def test_a_window_that_is_too_far_off_is_not_waited_for(world: World) -> None:
    limiter = limiter_of(world)
    limiter.refused("api", 3000)
    with pytest.raises(TooFarOff, match="limit on api is used up for another 50 minutes") as told:
        limiter.take({"api": 1})
    assert told.value.seconds == pytest.approx(3000, abs=1)
    assert world.now == 1000.0


def test_a_request_may_cost_in_two_buckets(world: World) -> None:
    limiter = limiter_of(world)
    limiter.take({"resolvers": 1, "api": 1})
    told = [
        RateLimitInfo("resolvers", 2999, 300, 3000, 300),
        RateLimitInfo("api", 5, 100, 500, 300),
    ]
    limiter.note({"resolvers": 1, "api": 1}, told)
    began = world.now
    limiter.take({"resolvers": 1})
    assert world.now == began
    limiter.take({"api": 1})
    assert world.now - began == pytest.approx(101, abs=1)


@given(st.lists(st.integers(0, 7), min_size=1, max_size=60))
def test_however_answers_overtake_each_other_nothing_is_exceeded(order: list[int]) -> None:
    world = World(20)
    limiter = limiter_of(world)
    waiting: list[RateLimitInfo] = []
    for place in order:
        limiter.take({"api": 1})
        waiting.append(world.ask(0.01))
        if len(waiting) > 4:
            limiter.note({"api": 1}, [waiting.pop(place % len(waiting))])
        assert world.used <= 20
