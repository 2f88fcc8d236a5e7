"""Hearing all that is answered to a probe: retries, refused fields, redirects."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx2
from huggingface_hub import get_session

from crawler.doctor.case import Heard
from crawler.hub.errors import HubError, TooFarOff, Unreachable
from crawler.hub.hub import Hub
from crawler.hub.transport import PASSING, Exchange, redirect

Listener = Callable[[Heard], None]


@contextmanager
def _listening(hub: Hub) -> Iterator[tuple[list[Exchange], list[httpx2.Response]]]:
    """Listen to this thread's exchanges, and to the answers that led to none of them yet.

    The latter are heard from the session itself, which all threads share.
    """
    told: list[Exchange] = []
    stray: list[httpx2.Response] = []
    here = threading.get_ident()

    def answered(response: httpx2.Response) -> None:
        if threading.get_ident() == here:
            stray.append(response)

    def over(exchange: Exchange) -> None:
        if threading.get_ident() == here:
            told.append(exchange)
            stray.clear()

    hooks = get_session().event_hooks["response"]
    hooks.append(answered)
    hub.transport.listeners.append(over)
    try:
        yield told, stray
    finally:
        hub.transport.listeners.remove(over)
        hooks.remove(answered)


def hear(hub: Hub, ask: Callable[[], object], tell: Listener, *, first: bool = False) -> Heard:
    """Make a request and return all that was heard.

    Raises Unreachable and TooFarOff where it is the ``first`` one and the Hub is not there.
    """
    trouble = ""
    with _listening(hub) as (told, stray):
        try:
            ask()
        except HubError as error:
            trouble = str(error)
            away = not told or told[-1].status in PASSING
            if first and away and isinstance(error, Unreachable | TooFarOff):
                raise
    redirects = tuple(redirect(one) for one in stray if one.has_redirect_location)
    heard = Heard(tuple(told), redirects, trouble)
    tell(heard)
    return heard
