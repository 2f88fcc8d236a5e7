"""A home beside a small Hub, whose files are fetched without the rest of a crawl."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import orjson
from sqlalchemy import select

from crawler.files.stage import Budget, FileStage, Left
from crawler.hub import Hub, ListRequest, Patience
from crawler.ingest import runs
from crawler.ingest.records import store_page
from crawler.ingest.report import PageCounts
from crawler.ingest.stored import ARTIFACTS, COLUMNS, RECORDS, record_of
from graph.catalogue.model import Artifact, Kind, worst
from graph.evidence.record import HubRecord, read
from graph.storage.database import sole_writer
from graph.storage.facts import artifacts
from tests.home import LLAMA, Home, Record, model
from tests.hub_replica import Replica
from tests.recorded.front import Front

CARD = "---\nlicense: llama3.1\n---\nA model.\n"
BUILT = "---\nlicense: llama3.1\n---\nBuilt with Llama\n"
BASE = "acme/Llama-3.1-8B-Support"
A, B = "a" * 40, "b" * 40


def llama(repo: str, files: dict[str, str] | None = None, **more: Any) -> Record:
    """Return a fine-tune of Llama that lists the files it has, in the golden cases' shape."""
    texts = {"README.md": CARD} if files is None else files
    listed = {"siblings": [{"rfilename": name} for name in (*texts, "model.safetensors")]}
    card = {"base_model": LLAMA, "license": "llama3.1"}
    told = {"lastModified": "2025-02-01T00:00:00.000Z", "cardData": card, "downloads": 10}
    return model(repo, f"finetune:{LLAMA}", licence="llama3.1", **{**told, **listed, **more}) | {
        "files": texts
    }


class Stage:
    """A home, a Hub, and a run in which files are fetched.

    ``slept`` are the seconds that were waited for the Hub, in which no time passes.
    """

    def __init__(self, folder: Path, front: Front, url: str) -> None:
        self.slept: list[float] = []
        self.home, self.url = Home(folder), url
        self.replica = front.replica = Replica([])
        self.total = PageCounts()
        self.inherited_licences = 0
        self.ask_as()

    def ask_as(self, token: str | None = None, *, really: bool = False) -> None:
        """Ask with a token or without; waiting is real, or as good as none."""
        patience = Patience(tries=3, first=0.01, most=0.02)
        more: dict[str, Any] = {} if really else {"sleep": self.slept.append}
        self.hub = Hub(self.url, token, patience=patience, **more)

    def read_lists(self, *records: Record) -> None:
        """Let the Hub hold some records (the present ones without any) and read its lists."""
        if records:
            self.replica.replace(records)
        self.run = runs.start(self.home.engine, "crawl", self.url, "hub")
        for kind in Kind:
            told = [read(item, _nothing) for item in self.hub.page(ListRequest(kind)).items]
            with sole_writer(self.home.engine) as connection:
                store_page(connection, self.run.number, self.run.as_of, told)
        self.replica.forget()

    def fetch(
        self,
        requests: int | None = None,
        progress: Callable[[str], None] = lambda _: None,
        **budget: Any,
    ) -> Left:
        """Fetch files in the run of the last lists."""
        self.replica.forget()
        self.total = PageCounts()
        return FileStage(
            self.home.engine, self.hub, self.run, self.total, Budget(requests, **budget),
            progress, self._arrived,
        ).fetch()  # fmt: skip

    def _arrived(self) -> None:
        self.inherited_licences += 1

    def asked(self) -> list[str]:
        """Return the files that were asked for since, sorted: ``ID: NAME``."""
        paths = [unquote(urlsplit(asked).path) for asked in self.replica.asked]
        parted = [path[1:].partition("/resolve/") for path in paths if "/resolve/" in path]
        return sorted(f"{repo}: {rest.partition('/')[2]}" for repo, _, rest in parted)

    def record(self, repo: str) -> HubRecord:
        """Return a record as it is stored."""
        with self.home.engine.connect() as connection:
            query = select(*COLUMNS).join(RECORDS, RECORDS.c.key == ARTIFACTS.c.key)
            row: Any = connection.execute(query.where(ARTIFACTS.c.id == repo)).one()
            return record_of(row)

    def held(self, repo: str) -> set[str]:
        """Return the names of the texts that are held."""
        return set(self.record(repo).files)

    def artifact(self, repo: str) -> Artifact:
        """Return a repository as it is judged."""
        with self.home.engine.connect() as connection:
            key = connection.scalar(select(ARTIFACTS.c.key).where(ARTIFACTS.c.id == repo))
            assert key is not None
            return artifacts(connection, [key])[key]

    def answers(self, repo: str) -> tuple[str, dict[str, str]]:
        """Return the state and the answers that are written down."""
        rows = self.home.rows(
            "select a.id, s.state, s.answers from asked s join artifacts a using (key)"
        )
        (found,) = [row[1:] for row in rows if row[0] == repo]
        told = found[1]
        return found[0], orjson.loads(told) if isinstance(told, str) else told

    def seen(self, repo: str, check: str) -> tuple[str, set[str | None]]:
        """Return the outcome of a check, and the revisions of its evidence."""
        stored = self.home.read_model.artifact(repo)
        assert stored is not None
        found = [f for f in stored.findings if f.check == check]
        return worst([f.outcome for f in found]).value, {
            e.revision for f in found for e in f.evidence
        }


@contextmanager
def staged(folder: Path, front: Front, url: str) -> Iterator[Stage]:
    """Open a stage and close it."""
    stage = Stage(folder, front, url)
    yield stage
    stage.home.close()


def _nothing(_line: str) -> None:
    return None
