"""Settings: one name each in the environment, with a documented default."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict
from pydantic_settings import SettingsError as SourceError
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from graph.engines import engine_of

SECRETS = Path("/run/secrets")  # where Docker and Kubernetes put files of secrets


class SettingsError(ValueError):
    """A setting that cannot be used; the message names it."""


class Settings(BaseSettings):
    """What can be set. `herdbook settings` prints this list with the values in force."""

    model_config = SettingsConfigDict(
        env_prefix="HERDBOOK_", env_file=None, extra="ignore", use_attribute_docstrings=True
    )

    home: Path = Path(".herdbook")
    """The folder that holds everything embedded."""
    database_url: str = ""
    """SQL database; default SQLite in HERDBOOK_HOME. postgresql://… for a server."""
    database_password: SecretStr = SecretStr("")
    """The database's password, where its URL has none."""
    graph_url: str = Field(
        "",
        description="Graph engine; default kglite:/// in HERDBOOK_HOME. bolt://HOST:7687 or "
        "neo4j+s://HOST/DATABASE for a server.",
    )
    graph_user: str = "neo4j"
    """The graph server's user, where its URL has none."""
    graph_password: SecretStr = SecretStr("")
    """The graph server's password, where its URL has none."""
    secrets_dir: Path | None = None
    """Folder of secrets: a file each, named as the setting, in small letters."""
    neo4j_browser_url: str = ""
    """Neo4j Browser, for links that open a query there."""
    host: str = "127.0.0.1"
    """Address that the server listens on."""
    port: int = Field(8000, ge=0, le=65535)
    """Port that the server listens on."""
    crawl_scope: Literal["llama", "hub"] = "llama"
    """What is kept of the Hub: what descends from Llama, or everything."""
    crawl_hours: float = Field(24.0, gt=0)
    """Hours from the end of one periodic crawl to the next."""
    crawl_retry_minutes: float = Field(15.0, gt=0)
    """Minutes until a crawl is tried again when the Hub does not answer."""
    files_per_crawl: int | None = Field(
        None,
        ge=0,
        description="Most requests for small files (cards, licences) of a crawl; 0 for none. "
        "Without it as many as the Hub allows until the next crawl.",
    )
    inference_threshold: float = Field(0.7, ge=0, le=1)
    """Confidence below which an inferred family is dropped (docs/lineage.md)."""
    policies: Literal["default", "strict", "lenient"] = "default"
    """What is said where a licence's text is open (docs/policies.md)."""
    processes: int = Field(0, ge=0, le=64)
    """Processes that judge in a large build; 0: one for each core."""
    token: SecretStr = SecretStr("")
    """What one who answers findings over REST shows; none, nobody."""
    cypher_seconds: float = Field(10.0, gt=0)
    """Time limit of a console query."""
    cypher_rows: int = Field(1000, gt=0)
    """Row limit of a console query on the web."""
    cypher_bytes: int = Field(16_000_000, gt=0)
    """Size limit of a console query's answer, as JSON."""
    cypher_memory: int = Field(1024, ge=256)
    """MiB that a console query may take in Herdbook's own processes."""
    lineage_nodes: int = Field(2000, gt=0)
    """Most nodes of a lineage drawn or answered by REST."""

    @field_validator("neo4j_browser_url")
    @classmethod
    def _is_of_the_web(cls, url: str) -> str:
        if url and not url.startswith(("http://", "https://")):
            raise PydanticCustomError("url", "write http://… or https://…")
        return url

    @property
    def database(self) -> str:
        """The database's URL, the default one and the password filled in: not to be shown."""
        url = self.database_url or f"sqlite:///{self.home / 'herdbook.db'}"
        return with_password(url, self.database_password.get_secret_value())

    @property
    def graph(self) -> str:
        """The graph's URL, the default one filled in."""
        return self.graph_url or f"kglite:///{self.home / 'graph.kgl'}"

    @property
    def neo4j_browser(self) -> str:
        """Neo4j Browser's address; empty where it cannot ask the graph. Raises StoreError."""
        return self.neo4j_browser_url if engine_of(self.graph).neo4j_browser else ""


def load() -> Settings:
    """Read the settings: environment, then secrets. Raises SettingsError for what cannot be used.

    No message holds a value: it may be a secret.
    """
    try:
        return Settings(_secrets_dir=_secrets())  # type: ignore[call-arg]  # all have a default
    except ValidationError as error:
        first = error.errors()[0]
        name = f"HERDBOOK_{str(first['loc'][0]).upper()}"
        raise SettingsError(f"{name}: {first['msg']}") from None
    except SourceError as error:
        raise SettingsError(f"HERDBOOK_SECRETS_DIR: {_secrets()}: {_why(error)}") from None


def _why(error: SourceError) -> str:
    """Return why a file of secrets could not be read."""
    cause = error.__cause__
    return cause.strerror or "not readable" if isinstance(cause, OSError) else "a file is no text"


def _secrets() -> Path | None:
    """Return the folder of secrets that is to be read, if there is one. Raises SettingsError."""
    told = os.environ.get("HERDBOOK_SECRETS_DIR")
    if not told:
        return SECRETS if SECRETS.is_dir() else None
    if not Path(told).is_dir():
        raise SettingsError(f"HERDBOOK_SECRETS_DIR: {told} is no folder")
    return Path(told)


def with_password(url: str, password: str) -> str:
    """Return a server's URL with the password, unless it has one (what is no URL, as it is)."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # the latter for a port that is no number
        return url
    if not password or parsed.password or parsed.get_backend_name() == "sqlite":
        return url
    return parsed.set(password=password).render_as_string(hide_password=False)
