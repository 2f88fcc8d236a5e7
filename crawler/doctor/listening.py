"""Hearing all that is answered to a probe: retries, refused fields, redirects."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx2
from huggingface_hub import get_session

from crawler.doctor.case import Heard, Hop, Told
from crawler.hub.errors import HubError, TooFarOff, Unreachable
from crawler.hub.hub import Hub
from crawler.hub.transport import PASSING, Exchange

Listener = Callable[[Heard], None]


@dataclass(slots=True)
class Ear:
    """What was answered since it began to listen.

    An exchange has only the headers of its redirects; their status and address are heard from the
    session itself, of this thread alone.
    """

    told: list[Told] = field(default_factory=list)
    stray: list[httpx2.Response] = field(default_factory=list)
    thread: int = field(default_factory=threading.get_ident)

    def response(self, response: httpx2.Response) -> None:
        """Hear one answer of the session, a redirect or not."""
        if threading.get_ident() == self.thread:
            self.stray.append(response)

    def exchange(self, exchange: Exchange) -> None:
        """Hear an exchange: the redirects that led to it were heard just before."""
        if threading.get_ident() != self.thread:
            return
        on_the_way = self.stray[-1 - len(exchange.hops) : -1]
        self.told.append(Told(exchange, tuple(map(_hop, on_the_way))))
        self.stray.clear()


def _hop(response: httpx2.Response) -> Hop:
    url = response.request.url
    return Hop(
        method=response.request.method,
        path=url.path,
        query=url.query.decode("ascii", "replace"),
        status=response.status_code,
        headers=response.headers,
        body=response.content if response.is_stream_consumed else b"",
    )


@contextmanager
def listening(hub: Hub) -> Iterator[Ear]:
    """Listen to all that a Hub answers to this thread while a block runs."""
    ear = Ear()
    hooks = get_session().event_hooks["response"]
    hooks.append(ear.response)
    hub.transport.listeners.append(ear.exchange)
    try:
        yield ear
    finally:
        hub.transport.listeners.remove(ear.exchange)
        hooks.remove(ear.response)


def hear(hub: Hub, ask: Callable[[], object], tell: Listener, *, first: bool = False) -> Heard:
    """Make a request and return all that was heard.

    Raises Unreachable and TooFarOff where it is the ``first`` one and the Hub is not there.
    """
    trouble = ""
    with listening(hub) as ear:
        try:
            ask()
        except HubError as error:
            trouble = str(error)
            away = not ear.told or ear.told[-1].exchange.status in PASSING
            if first and away and isinstance(error, Unreachable | TooFarOff):
                raise
    redirects = [one for one in ear.stray if one.has_redirect_location]
    heard = Heard(tuple(ear.told), tuple(map(_hop, redirects)), trouble)
    tell(heard)
    return heard
