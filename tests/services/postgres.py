"""A real PostgreSQL of Debian's package, on a free port, in a folder of its own."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import psutil
import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

from tests.services.processes import NotStarted, Server, free_ports

PATIENCE = 60.0  # seconds; it takes less than one where nothing else runs
_STOP = 30.0
# What it costs to survive a power cut; a test kills processes, not machines.
_QUICK = {"fsync": "off", "full_page_writes": "off"}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is reached: the URL of a database whose user may make others."""

    url: str

    def database(self, name: str) -> str:
        """Make an empty database, in the place of one of that name, and return its URL."""
        self.drop(name)
        self._run(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return str(make_url(self.url).set(database=name).render_as_string(hide_password=False))

    def drop(self, name: str) -> None:
        """Remove a database, whoever is connected to it."""
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    @contextmanager
    def lent(self) -> Iterator[str]:
        """Give the URL of an empty database that is removed when the block ends."""
        name = f"herdbook_test_{secrets.token_hex(6)}"
        try:
            yield self.database(name)
        finally:
            self.drop(name)

    def answers(self) -> bool:
        """Tell whether it runs a query."""
        try:
            self._run(sql.SQL("SELECT 1"))
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, statement: sql.SQL | sql.Composed) -> None:
        with psycopg.connect(self.url, autocommit=True, connect_timeout=5) as connection:
            connection.execute(statement)


class Postgres:
    """A server that was started here. Its URL stays the same over ``restart``."""

    def __init__(self, **settings: str) -> None:
        self._user = "postgres" if os.geteuid() == 0 else None  # it refuses to run as root
        self.folder = Path(tempfile.mkdtemp(prefix="herdbook-postgres-"))
        if self._user:
            shutil.chown(self.folder, self._user, self._user)
        self._settings = _QUICK | settings
        self._port = free_ports(1)[0]
        self._password = secrets.token_urlsafe(12)
        self.address = Address(
            URL.create(
                "postgresql", "herdbook", self._password, "127.0.0.1", self._port, "postgres"
            ).render_as_string(hide_password=False)
        )
        self._server: Server | None = None

    @classmethod
    def start(cls, **settings: str) -> Postgres:
        """Start an empty server and wait until it answers. ``close`` removes it.

        Its databases sort by the rules of a language, as most do, and its one user logs in with
        a password. ``settings`` go to ``postgresql.conf``. Raises NotStarted.
        """
        made = cls(**settings)
        made._initialise()
        made.restart()
        return made

    @property
    def url(self) -> str:
        """The URL of its first database, with the password."""
        return self.address.url

    @property
    def pid(self) -> int:
        """The first process's number. Raises NotStarted where it was stopped."""
        if self._server is None:
            raise NotStarted("PostgreSQL was stopped")
        return self._server.process.pid

    def database(self, name: str) -> str:
        """Make an empty database and return its URL."""
        return self.address.database(name)

    def restart(self) -> None:
        """Start it again on the same data and port; stop it first if it runs."""
        self.stop()
        options = {
            "port": str(self._port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            **self._settings,
        }
        given = [f"--{name}={value}" for name, value in options.items()]
        command = [program("postgres"), "-D", str(self.folder / "data"), *given]
        self._server = Server.run(command, self.folder / "log", user=self._user)
        self._server.wait_until(self.address.answers, PATIENCE)

    def stop(self) -> None:
        """Stop it in order without waiting for its clients. Its data stay."""
        if self._server is None:
            return
        self._server.process.send_signal(signal.SIGINT)
        try:
            self._server.process.wait(_STOP)
        except subprocess.TimeoutExpired:
            self.kill()
        self._server = None

    def kill(self) -> None:
        """End it and its helpers at once (SIGKILL)."""
        if self._server is None:
            return
        helpers = psutil.Process(self.pid).children(recursive=True)
        self._server.kill()
        for one in helpers:
            if one.is_running():
                one.kill()
        psutil.wait_procs(helpers, _STOP)
        self._server = None

    def close(self) -> None:
        """End it and remove its data."""
        self.kill()
        shutil.rmtree(self.folder)

    def _initialise(self) -> None:
        secret = self.folder / "password"
        secret.touch(0o600)
        secret.write_text(self._password, encoding="utf-8")
        if self._user:
            shutil.chown(secret, self._user)
        command = [
            program("initdb"), "-D", str(self.folder / "data"), "--username=herdbook",
            f"--pwfile={secret}", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8",
            "--locale-provider=icu", "--icu-locale=en-US", "--no-sync",
        ]  # fmt: skip
        done = subprocess.run(
            command, cwd="/", user=self._user, group=self._user, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        secret.unlink()
        if done.returncode:
            raise NotStarted(f"initdb: {done.returncode}\n{done.stdout}{done.stderr}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def program(name: str) -> str:
    """Return the newest program of this name; Debian keeps them off PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=_version)
    return str(found[-1]) if found else shutil.which(name) or name


def _version(program: Path) -> int:
    version = program.parts[-3]
    return int(version) if version.isdecimal() else 0


def missing() -> str | None:
    """Return what is to be installed before PostgreSQL can be started, if anything."""
    return None if shutil.which(program("initdb")) else "no PostgreSQL (postgresql)"
