"""An ASGI application over real HTTP on loopback."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

HOST = "127.0.0.1"
PATIENCE = 10.0


@contextmanager
def serve(app: ASGIApp, port: int = 0) -> Iterator[str]:
    """Serve an application in a thread (port 0: a free one), yield its URL, then stop it."""
    listener = listen(port)
    server = make_server(app)
    thread = threading.Thread(
        target=server.run, kwargs={"sockets": [listener]}, name="serve", daemon=True
    )
    thread.start()
    try:
        _wait_until_started(server, thread)
        yield url_of(listener)
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        listener.close()


def listen(port: int) -> socket.socket:
    """Return a listening socket, so that the URL is known before the server runs."""
    listener = socket.create_server((HOST, port))
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else 40 ms an answer
    return listener


def url_of(listener: socket.socket) -> str:
    """Return the URL that a listening socket is reached at."""
    return f"http://{HOST}:{listener.getsockname()[1]}"


def make_server(app: ASGIApp) -> uvicorn.Server:
    """Return a server that logs errors alone (a cut answer is one, to uvicorn)."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            interface="asgi3",
            lifespan="off",
            proxy_headers=False,
            ws="none",
            log_config=None,
            log_level="error",
            access_log=False,
            timeout_graceful_shutdown=1,
        )
    )


def _wait_until_started(server: uvicorn.Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + PATIENCE
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise RuntimeError("the server did not start")
        time.sleep(0.005)
