"""A graph server's URL taken apart: where it is, which database, who asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from graph.engines.port.ports import StoreError

SETTING = "HERDBOOK_GRAPH_URL"
PORT = 7687
CONNECT = 4.0  # seconds until an address where nobody answers is given up
GREET = 6.0  # seconds until one that was reached, but does not greet, is; a driver tries twice


@dataclass(frozen=True, slots=True)
class Address:
    """Where a graph server is. ``database`` None is the server's default one.

    The password is in no text that is made of this.
    """

    uri: str
    database: str | None
    user: str
    password: str = field(repr=False)

    @classmethod
    def of(cls, url: str, user: str = "", password: str = "") -> Address:
        """Read ``bolt://[user[:password]@]host[:port][/database]``, or ``neo4j+s://…``.

        ``user`` and ``password`` stand for what the URL does not say. Raises StoreError.
        """
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise StoreError(f"{SETTING}: {error}") from None
        if not host:
            raise StoreError(f"{SETTING}: no host in it; write {parts.scheme}://HOST:{PORT}")
        database = unquote(parts.path).strip("/")
        if "/" in database or parts.fragment:
            raise StoreError(f"{SETTING}: write {parts.scheme}://HOST:{PORT}/DATABASE")
        shown = f"[{host}]" if ":" in host else host
        query = f"?{parts.query}" if parts.query else ""
        return cls(
            f"{parts.scheme}://{shown}:{port or PORT}{query}",
            database or None,
            unquote(parts.username or "") or user,
            unquote(parts.password or "") or password,
        )

    def options(self) -> dict[str, Any]:
        """Return what every driver is opened with, beside the URI.

        Nothing is shown to the server where there is no password to show.
        """
        return {
            "auth": (self.user or "neo4j", self.password) if self.password else None,
            "connection_timeout": CONNECT,
            "connection_acquisition_timeout": GREET,
            "notifications_min_severity": "OFF",
        }
