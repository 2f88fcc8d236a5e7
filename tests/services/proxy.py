"""A real HAProxy with the configuration that docker-compose.yml gives it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.places import ROOT
from tests.services.processes import Server

CONFIG = ROOT / "api" / "proxy.cfg"
PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Proxy:
    """Where it answers for the api, and where it tells how it is."""

    url: str
    state: str
    server: Server

    def ready(self) -> int:
        """Return how many processes it takes for ready."""
        told = httpx.get(f"{self.state}/metrics").text.splitlines()
        counts = (line for line in told if line.startswith("haproxy_backend_active_servers{"))
        return next(int(line.rpartition(" ")[2]) for line in counts if 'proxy="ready"' in line)


@contextmanager
def run(folder: Path, environment: Mapping[str, str]) -> Iterator[Proxy]:
    """Run it until the block ends. ``environment`` has what its configuration names."""
    path = {"PATH": os.environ["PATH"], **environment}
    command = [_program(), "-W", "-db", "-f", str(CONFIG)]
    server = Server.run(command, folder / "proxy.log", environment=path)
    proxy = Proxy(f"http://{environment['LISTEN']}", f"http://{environment['STATE']}", server)
    server.wait_until(lambda: _alive(proxy.state), PATIENCE)
    try:
        yield proxy
    finally:
        server.process.terminate()
        server.process.wait(PATIENCE)


def _alive(state: str) -> bool:
    try:
        return httpx.get(f"{state}/healthz", timeout=2).status_code == 200
    except httpx.TransportError:
        return False


def _program() -> str:
    """Return the program; Debian keeps it where only root's PATH leads."""
    return shutil.which("haproxy") or "/usr/sbin/haproxy"


def missing() -> str | None:
    """Return what is to be installed before a proxy can be started, if anything."""
    return None if shutil.which(_program()) else "no HAProxy (haproxy)"
