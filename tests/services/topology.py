"""The services of docker-compose.yml as processes of this machine.

Commands, settings and secrets are taken from the file; only hosts, ports and folders are written
anew.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import yaml
from sqlalchemy.engine import make_url

from tests.places import ROOT
from tests.services import names, proxy
from tests.services.neo4j import Neo4j
from tests.services.postgres import Postgres
from tests.services.processes import Server, free_ports

FILE = ROOT / "docker-compose.yml"
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["services"]
HERDBOOK = str(Path(sys.executable).with_name("herdbook"))  # the image's entry point
REPLICAS: list[str] = [f"127.0.0.{2 + n}" for n in range(SERVICES["api"]["deploy"]["replicas"])]
PATIENCE = 60.0


def neo4j_settings() -> dict[str, str]:
    """Return what the file sets in neo4j.conf, written as `Neo4j.start` takes it."""
    told = SERVICES["neo4j"]["environment"]
    return {_conf(name): value for name, value in told.items() if not name.endswith("_FILE")}


def _conf(name: str) -> str:
    parts = name.removeprefix("NEO4J_").split("__")
    return "_".join(part.replace("_", "__") for part in parts)


class Topology:
    """The processes of our image: what each is given, and how it is started."""

    def __init__(
        self,
        folder: Path,
        postgres: Postgres,
        neo4j: Neo4j,
        hosts: Mapping[str, str],
        secrets: Mapping[str, str],
    ) -> None:
        self.folder, self.postgres, self.neo4j = folder, postgres, neo4j
        self.hosts, self.secrets = hosts, secrets
        self.port = free_ports(1)[0]
        self.addresses: dict[str, list[str]] = {"api": REPLICAS}

    def environment(self, service: str, **more: str) -> dict[str, str]:
        """Return what a service's process has in its environment: nothing but what it is given."""
        secrets = self.folder / "secrets" / service
        secrets.mkdir(parents=True, exist_ok=True)
        for name in SERVICES[service]["secrets"]:
            (secrets / name).write_text(self.secrets[name], encoding="utf-8")
        told = {k: self._moved(v, secrets) for k, v in SERVICES[service]["environment"].items()}
        home = {"HOME": str(self.folder), "HERDBOOK_HOME": str(self.folder / "home")}
        given = {"PATH": os.environ["PATH"], "HERDBOOK_SECRETS_DIR": str(secrets)}
        return {**home, **given, **told, **more}

    def _moved(self, value: str, secrets: Path) -> str:
        for old, new in {**self.hosts, "/run/secrets": str(secrets)}.items():
            value = value.replace(old, new)
        return value

    def start(self, service: str, *, host: str = "", name: str = "", **more: str) -> Server:
        """Start a service's command; its log is ``NAME.log``."""
        command = [HERDBOOK, *SERVICES[service]["command"]]
        places = {"0.0.0.0": host, "8000": str(self.port)}  # noqa: S104 (what is replaced)
        return Server.run(
            [places.get(word, word) for word in command] if host else command,
            self.folder / f"{name or service}.log",
            environment=self.environment(service, **more),
        )

    def migrate(self, at_once: int) -> list[subprocess.Popen[bytes]]:
        """Run the one-shot, several at once, to its end."""
        made = [self.start("migrate", name=f"migrate-{n}").process for n in range(at_once)]
        for one in made:
            one.wait(PATIENCE)
        return made

    def start_api(self, host: str) -> Server:
        """Start one of the replicas and wait until it is ready."""
        server = self.start("api", host=host, name=f"api-{host}")
        server.wait_until(lambda: self._ready(host), PATIENCE)
        return server

    def api(self, host: str) -> str:
        """Return a replica's own URL."""
        return f"http://{host}:{self.port}"

    def _ready(self, host: str) -> bool:
        try:
            return httpx.get(f"{self.api(host)}/readyz", timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    @contextmanager
    def proxy(self) -> Iterator[proxy.Proxy]:
        """Run the proxy until the block ends."""
        listen, state = free_ports(2)
        with names.serve(self.addresses) as resolver:
            told = SERVICES["proxy"]["environment"] | {
                "LISTEN": f"127.0.0.1:{listen}",
                "STATE": f"127.0.0.1:{state}",
                "API": f"api:{self.port}",
                "RESOLVER": resolver,
            }
            with proxy.run(self.folder, told) as made:
                yield made


@contextmanager
def servers(folder: Path) -> Iterator[Topology]:
    """Run both databases with the file's settings, and give what is to run on them."""
    passwords = {"herdbook_graph_password": "of-the-graph", "herdbook_token": "of-replies"}
    with (
        Postgres.start() as postgres,
        Neo4j.start(
            folder / "neo4j",
            password=passwords["herdbook_graph_password"],
            **neo4j_settings() | {"server__memory__pagecache__size": "128m"},
        ) as neo4j,
    ):
        postgres.database("herdbook")
        at = make_url(postgres.url)
        hosts = {
            "postgres:5432": f"127.0.0.1:{at.port}",
            "bolt://neo4j:7687": neo4j.url,
        }
        secrets = passwords | {"herdbook_database_password": str(at.password), "hf_token": ""}
        yield Topology(folder, postgres, neo4j, hosts, secrets)
