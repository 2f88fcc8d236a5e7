"""One request to the Hub: within its limits, bounded in size and time, asked again where it fails.

What passes (too many requests, a server in trouble, half an answer, a slow one) is asked again,
with jitter, so often and no more; everything else is handed to who asked.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import httpx2
import orjson
from huggingface_hub import get_session
from huggingface_hub.errors import OfflineModeIsEnabled
from huggingface_hub.utils import RateLimitInfo, parse_ratelimit_headers
from tenacity import RetryCallState, Retrying, retry_if_exception_type
from tenacity.wait import wait_exponential_jitter

from crawler.hub.errors import HubError, TooFarOff, Unreachable
from crawler.hub.rate_limit import RateLimiter

PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
UNHEARD = 2  # tries of an address that never answered
WAIT = 60.0  # seconds from one piece of an answer to the next
Params = Sequence[tuple[str, str | int]]


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a request is made, how long is waited at first and at most (seconds), and how
    long an answer may take from its first byte to its last."""

    tries: int = 6
    first: float = 1.0
    most: float = 60.0
    whole: float = 180.0


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and what came back, redirects followed; ``hops`` are the redirects on the way.

    ``body`` is None where it was larger than allowed: then no more of it was read.
    """

    method: str
    path: str
    query: str
    sent: bytes
    status: int
    headers: httpx2.Headers
    body: bytes | None
    hops: tuple[Exchange, ...] = ()
    seconds: float = 0.0

    @property
    def buckets(self) -> list[str | None]:
        """The Hub's count that each answer on the way said it was counted in, if it said so."""
        told = [parse_ratelimit_headers(one.headers) for one in (*self.hops, self)]
        return [info.resource_type if info else None for info in told]

    def json(self) -> Any:
        """Return the body decoded. Raises HubError where it is none."""
        if self.body is None:
            raise HubError(f"the Hub's answer to {self.path} is too large")
        try:
            return orjson.loads(self.body)
        except orjson.JSONDecodeError as error:
            raise HubError(f"the Hub's answer to {self.path} is not JSON: {error}") from None

    @property
    def words(self) -> str:
        """What the Hub says where it refuses: its header, or else its JSON's ``error``."""
        if told := self.headers.get("x-error-message"):
            return _line(told)
        try:
            decoded = orjson.loads(self.body or b"")
        except orjson.JSONDecodeError:
            return ""
        error = decoded.get("error") if isinstance(decoded, dict) else None
        return _line(error, 2000) if isinstance(error, str) else ""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked, by POST where there is a ``form``.

    ``costs`` is what it counts in the Hub's buckets, ``most`` the bytes of the body that are read.
    ``whole`` raises HubError where the body is cut, so that it is asked for again.
    """

    path: str
    costs: Mapping[str, int]
    most: int
    params: Params = ()
    form: Mapping[str, Any] | None = None
    whole: Callable[[Exchange], object] = lambda _: None
    tries: int | None = None


class Passing(HubError):
    """Something that may be over the next time; ``wait`` is how many seconds the Hub asks for.

    ``unheard`` where nothing answered.
    """

    def __init__(self, message: str, wait: float | None = None, *, unheard: bool = False) -> None:
        super().__init__(message)
        self.wait = wait
        self.unheard = unheard


Listener = Callable[[Exchange], None]


@dataclass
class Transport:
    """Asks one endpoint. ``retried`` counts what was asked again, ``listeners`` hear everything."""

    endpoint: str
    headers: Mapping[str, str]
    limiter: RateLimiter
    patience: Patience = field(default_factory=Patience)
    sleep: Callable[[float], None] = time.sleep
    listeners: list[Listener] = field(default_factory=list)
    retried: int = 0
    requests: int = 0
    heard: bool = False  # something has answered
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, request: Request) -> Exchange:
        """Return the answer to a request. Raises Unreachable, TooFarOff, HubError."""
        again = Retrying(
            retry=retry_if_exception_type(Passing),
            stop=lambda state: self._enough(state, request.tries or self.patience.tries),
            wait=self._wait,
            sleep=self.sleep,
            before_sleep=self._count,
            reraise=True,
        )
        try:
            return again(self._once, request)
        except Passing as error:
            raise Unreachable(str(error)) from None

    def _once(self, request: Request) -> Exchange:
        self.limiter.take(request.costs)
        told: list[RateLimitInfo] = []
        began = time.monotonic()
        try:
            with self._talking(), self._sent(request) as answer:
                infos = [parse_ratelimit_headers(r.headers) for r in (*answer.history, answer)]
                told += filter(None, infos)
                exchange = self._read(answer, request.most, began)
        finally:
            self.limiter.note(request.costs, told)
        self.heard = True
        for listener in self.listeners:
            listener(exchange)
        self._judge(exchange, request.costs)
        if exchange.status == 200:
            _or_again(request.whole, exchange)
        return exchange

    def _sent(self, request: Request) -> AbstractContextManager[httpx2.Response]:
        with self._lock:
            self.requests += 1
        return get_session().stream(
            "GET" if request.form is None else "POST",
            f"{self.endpoint}{request.path}",
            params=list(request.params) or None,
            data=request.form,
            headers=dict(self.headers),
            timeout=WAIT,
        )

    @contextmanager
    def _talking(self) -> Iterator[None]:
        """Turn what the client raises into words for people."""
        try:
            yield
        except httpx2.TooManyRedirects:
            raise HubError(f"{self.endpoint} redirects in a circle") from None
        except OfflineModeIsEnabled:
            raise HubError("HF_HUB_OFFLINE is set, so nothing can be asked; unset it") from None
        except (httpx2.UnsupportedProtocol, httpx2.InvalidURL) as error:
            raise HubError(f"HF_ENDPOINT: {self.endpoint}: {_line(str(error))}") from None
        except (httpx2.HTTPError, OSError) as error:
            what = _line(str(error)) or type(error).__name__
            unheard = isinstance(error, httpx2.ConnectError)
            raise Passing(f"{self.endpoint} does not answer: {what}", unheard=unheard) from None

    def _read(self, answer: httpx2.Response, most: int, began: float) -> Exchange:
        content, over = bytearray(), False
        for chunk in answer.iter_bytes():
            content += chunk
            if over := len(content) > most:
                break
            if time.monotonic() - began > self.patience.whole:
                raise Passing(f"{self.endpoint} answers too slowly: its answer was given up")
        first = answer.history[0].request if answer.history else answer.request
        hops = tuple(redirect(hop, first.content) for hop in answer.history)
        body, seconds = None if over else bytes(content), time.monotonic() - began
        return replace(_exchange(first, answer, first.content, body), hops=hops, seconds=seconds)

    def _judge(self, exchange: Exchange, costs: Mapping[str, int]) -> None:
        """Raise Passing where the answer may be another one the next time."""
        if exchange.status not in PASSING:
            return
        wait = _asked_to_wait(exchange)
        if exchange.status == 429:
            bucket = next(iter(costs))
            self.limiter.refused(bucket, wait if wait is not None else self.patience.first)
            if wait is not None and wait > WINDOW_AND_MORE:
                raise TooFarOff(bucket, wait)
        said = f": {exchange.words}" if exchange.words else ""
        raise Passing(f"the Hub answered {exchange.path} with {exchange.status}{said}", wait)

    def _wait(self, state: RetryCallState) -> float:
        """Return the seconds until the next try: as the Hub asks, else longer each time."""
        jittered = wait_exponential_jitter(
            multiplier=self.patience.first, max=self.patience.most, jitter=self.patience.first
        )(state)
        if (error := _passing(state)) and error.wait is not None:
            return min(error.wait, WINDOW_AND_MORE) + min(jittered, self.patience.first)
        return jittered

    def _enough(self, state: RetryCallState, tries: int) -> bool:
        """Tell whether to give up: early where nothing was ever heard, for nobody may be there."""
        error = _passing(state)
        unheard = error is not None and error.unheard and not self.heard
        return state.attempt_number >= (min(tries, UNHEARD) if unheard else tries)

    def _count(self, _state: RetryCallState) -> None:
        with self._lock:
            self.retried += 1


WINDOW_AND_MORE = 330.0  # seconds


def redirect(response: httpx2.Response, sent: bytes = b"") -> Exchange:
    """Return a redirect as what its own request came to."""
    body = response.content if response.is_stream_consumed else b""
    return _exchange(response.request, response, sent, body)


def _exchange(
    request: httpx2.Request, answer: httpx2.Response, sent: bytes, body: bytes | None
) -> Exchange:
    query = request.url.query.decode("ascii", "replace")
    told = answer.status_code, answer.headers, body
    return Exchange(request.method, request.url.path, query, sent, *told)


def _asked_to_wait(exchange: Exchange) -> float | None:
    info = parse_ratelimit_headers(exchange.headers)
    if exchange.status == 429 and info is not None and info.remaining == 0:
        return info.reset_in_seconds + 1.0
    told = exchange.headers.get("retry-after", "")
    return float(told) if told.isdecimal() and len(told) < 7 else None


def _passing(state: RetryCallState) -> Passing | None:
    error = state.outcome.exception() if state.outcome else None
    return error if isinstance(error, Passing) else None


def _or_again(whole: Callable[[Exchange], object], exchange: Exchange) -> None:
    try:
        whole(exchange)
    except HubError as error:
        raise Passing(str(error)) from None


def _line(text: str, most: int = 300) -> str:
    return " ".join(text.split())[:most]
