"""A real Neo4j 5.26 Community, on free ports, with its data in a folder."""

from __future__ import annotations

import os
import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import quote, unquote, urlsplit

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from tests.services import jars
from tests.services.processes import NotStarted, Server, free_ports

USER = "neo4j"
PATIENCE = 120.0  # seconds; it takes 6 where nothing else runs
_OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
_STOP = 60.0
TRANSACTION, TRANSACTIONS = 4, 2  # of so many parts of the heap one, as docker-compose.yml has it


def _part(heap: str, parts: int) -> str:
    """Return a part of a size such as ``512m`` or ``2g``."""
    return f"{int(heap[:-1]) * {'m': 1, 'g': 1024}[heap[-1].lower()] // parts}m"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is reached. ``http`` is None where only its Bolt is known."""

    url: str
    user: str = USER
    password: str | None = None
    http: str | None = None

    @classmethod
    def parse(cls, url: str) -> Address:
        """Read ``bolt://USER:PASSWORD@HOST:PORT``; without a user, authentication is off."""
        parts = urlsplit(url)
        bare = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        password = None if parts.password is None else unquote(parts.password)
        return cls(bare, unquote(parts.username or USER), password)

    @property
    def login_url(self) -> str:
        """The URL with the user and the password in it."""
        if self.password is None:
            return self.url
        scheme, _, rest = self.url.partition("://")
        return f"{scheme}://{quote(self.user, '')}:{quote(self.password, '')}@{rest}"

    @property
    def auth(self) -> tuple[str, str] | None:
        """What the driver takes as ``auth``."""
        return None if self.password is None else (self.user, self.password)

    def driver(self) -> neo4j.Driver:
        """Open a driver."""
        return neo4j.GraphDatabase.driver(self.url, auth=self.auth, connection_timeout=5)

    def answers(self) -> bool:
        """Tell whether it runs a query, without the driver's retries."""
        try:
            with self.driver() as driver, driver.session(database="neo4j") as session:
                session.run("RETURN 1").consume()
        except (DriverError, Neo4jError, OSError):
            return False
        return True

    def clear(self) -> None:
        """Remove every node and edge of the one database there is."""
        with self.driver() as driver, driver.session(database="neo4j") as session:
            session.run("MATCH (n) CALL (n) {DETACH DELETE n} IN TRANSACTIONS OF 1000 ROWS")

    def empty(self) -> None:
        """Remove every node, edge, constraint and index of the one database there is."""
        self.clear()
        with self.driver() as driver, driver.session(database="neo4j") as session:
            for row in session.run("SHOW CONSTRAINTS YIELD name").data():
                session.run("DROP CONSTRAINT $name", row)
            named = session.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name")
            for row in named.data():
                session.run("DROP INDEX $name", row)


class Neo4j:
    """A server that was started here. ``address`` stays the same over ``restart``."""

    def __init__(self, folder: Path, heap: str, password: str | None) -> None:
        bolt, http = free_ports(2)
        self.folder, self.heap = folder, heap
        self.address = Address(
            f"bolt://127.0.0.1:{bolt}", USER, password, f"http://127.0.0.1:{http}"
        )
        self._server: Server | None = None

    @classmethod
    def start(
        cls, folder: Path, *, heap: str = "1g", password: str | None = None, **settings: str
    ) -> Neo4j:
        """Start a server with its data in a folder, and wait until Bolt answers.

        Without a password authentication is off. ``settings`` go to ``neo4j.conf``, with ``__``
        for the dot (``db__transaction__timeout="5s"``), and win over those here. Raises NoJars,
        or NotStarted with the end of the log.
        """
        made = cls(folder, heap, password)
        made.write_settings(**settings)
        if password is not None and not (folder / "data").exists():
            made.admin("dbms", "set-initial-password", password)
        made.restart()
        return made

    def write_settings(self, **settings: str) -> None:
        """Write ``neo4j.conf`` anew; it holds from the next start on."""
        bolt, http = (url.rpartition("/")[2] for url in (self.url, self.http))
        values = {
            "server.directories.data": str(self.folder / "data"),
            "server.directories.logs": str(self.folder / "logs"),
            "server.directories.import": str(self.folder / "import"),
            "server.bolt.listen_address": bolt,
            "server.http.listen_address": http,
            "server.bolt.advertised_address": bolt,
            "dbms.security.auth_enabled": str(self.password is not None).lower(),
            "dbms.usage_report.enabled": "false",
            "server.memory.pagecache.size": "128m",
            "db.memory.transaction.max": _part(self.heap, TRANSACTION),
            "dbms.memory.transaction.total.max": _part(self.heap, TRANSACTIONS),
            "db.transaction.monitor.check.interval": "500ms",
        } | {name.replace("__", "."): value for name, value in settings.items()}
        (self.folder / "conf").mkdir(parents=True, exist_ok=True)
        (self.folder / "import").mkdir(exist_ok=True)
        lines = [f"{name}={value}\n" for name, value in values.items()]
        (self.folder / "conf" / "neo4j.conf").write_text("".join(lines), encoding="utf-8")

    @property
    def url(self) -> str:
        """Its Bolt URL, without credentials."""
        return self.address.url

    @property
    def login_url(self) -> str:
        """Its Bolt URL, with credentials."""
        return self.address.login_url

    @property
    def http(self) -> str:
        """Its HTTP URL; Neo4j Browser is at ``/browser/`` there."""
        return self.address.http or ""

    @property
    def user(self) -> str:
        """The user to log in as."""
        return self.address.user

    @property
    def password(self) -> str | None:
        """The password, or None where authentication is off."""
        return self.address.password

    @property
    def pid(self) -> int:
        """The process's number. Raises NotStarted where it was stopped."""
        if self._server is None:
            raise NotStarted("Neo4j was stopped")
        return self._server.process.pid

    def restart(self) -> None:
        """Start it again on the same data and ports; stop it first if it runs."""
        self.stop()
        command = [
            *self._java(), "org.neo4j.server.CommunityEntryPoint", f"--home-dir={self.folder}",
            f"--config-dir={self.folder / 'conf'}", "--console-mode",
        ]  # fmt: skip
        self._server = Server.run(command, self.folder / "console.log")
        self._server.wait_until(self.address.answers, PATIENCE)

    def stop(self) -> None:
        """Stop it in order, which takes it ten seconds. Its data stay."""
        if self._server is None:
            return
        self._server.process.terminate()
        try:
            self._server.process.wait(_STOP)
        except subprocess.TimeoutExpired:
            self._server.kill()
        self._server = None

    def kill(self) -> None:
        """End it at once (SIGKILL), as leaving its ``with`` block does. Its data stay."""
        if self._server is not None:
            self._server.kill()
        self._server = None

    def admin(self, *arguments: str, seconds: float = 600.0) -> str:
        """Run ``neo4j-admin`` on its data while it is stopped; return what it printed.

        Raises NotStarted, with what it printed, where it fails.
        """
        command = [*self._java(), "org.neo4j.cli.AdminTool", *arguments]
        done = subprocess.run(
            command,
            env={**os.environ, "NEO4J_HOME": str(self.folder),
                 "NEO4J_CONF": str(self.folder / "conf")},
            cwd=self.folder, capture_output=True, text=True, timeout=seconds, check=False,
        )  # fmt: skip
        if done.returncode:
            shown = " ".join(arguments[:2])  # not the rest, which may be a password
            raise NotStarted(f"neo4j-admin {shown}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def admin_command(self, path: Path) -> Path:
        """Write a script that is ``neo4j-admin`` on its data, for scripts that call it."""
        home = f"NEO4J_HOME={self.folder} NEO4J_CONF={self.folder / 'conf'}"
        java = shlex.join([*self._java(), "org.neo4j.cli.AdminTool"])
        path.write_text(f'#!/bin/sh\n{home} exec {java} "$@"\n', encoding="utf-8")
        path.chmod(0o755)
        return path

    def _java(self) -> list[str]:
        opened = [f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in _OPENED]
        return ["java", f"-Xms{self.heap}", f"-Xmx{self.heap}", *opened,
                "-cp", f"{jars.fetch()}/*"]  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
