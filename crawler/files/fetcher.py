"""A visit to one repository for its small files: what is asked for, and what was answered."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial

import orjson

from crawler.files.queue import FAILED, QueueItem
from crawler.files.wanted import MOST, is_card, may_be_asked, wanted
from crawler.hub import FileAnswer, Found, Hub, HubError, TooFarOff
from crawler.hub.answers import SHA1
from crawler.ingest.stored import blob_id, revision_of, with_files
from graph.catalogue.facts import counters, untold
from graph.evidence.card import CardError, front_matter
from graph.evidence.record import HubRecord, ReadAt, Refused, read

LIST, BLOBS = ".", "./"  # the file list and the blob ids, among the answers
CLOSED = frozenset({"gated", "refused"})  # what is said of one file and meant of all
UNREADABLE = frozenset({"large", "binary"})


@dataclass(slots=True)
class FileFetch:
    """One repository under way: its record, what was answered, and what came in.

    ``digest`` is that of the record as it was stored, ``allowance`` how many requests may be
    made. ``news`` tells whether there is more to store than answers, ``whole`` that nothing is
    left to ask for; ``changed`` are texts held of which the Hub has another one now.
    """

    item: QueueItem
    record: HubRecord
    digest: bytes
    allowance: int = 0
    answers: dict[str, str] = field(init=False)
    files: dict[str, str] = field(init=False)
    read_at: dict[str, ReadAt] = field(init=False)
    changed: set[str] = field(init=False)
    asked: int = 0
    answered: int = 0
    fetched: int = 0
    news: bool = False
    whole: bool = False
    gone: bool = False
    error: HubError | None = None

    def __post_init__(self) -> None:
        self.answers = dict(self.item.answers)
        self.files, self.read_at = dict(self.record.files), dict(self.record.read_at)
        self.changed = self._stale()

    @property
    def revision(self) -> str:
        """The state of the repository that the answers speak of."""
        return revision_of(self.record.sha, self.record.modified)

    @property
    def commit(self) -> str:
        """The state to ask for: a commit, or whatever is newest."""
        sha = self.record.sha
        return sha if sha and SHA1.fullmatch(sha) else "main"

    @property
    def unlisted(self) -> bool:
        """Whether the file list is to be asked for."""
        return self.record.siblings is None and LIST not in self.answers

    @property
    def refused(self) -> bool:
        """Whether all that was asked for was refused, as somebody on the way may do."""
        told = [why for name, why in self.answers.items() if name not in self.item.answers]
        return self.whole and bool(told) and all(why == "refused" for why in told)

    def needs(self) -> int:
        """Return how many requests it takes at most."""
        if self.unlisted:
            return 2 + MOST
        return bool(self.changed) + len(self.names())

    def names(self) -> list[str]:
        """Return the files to ask for, in order."""
        texts = [n for n in wanted(self.record) if n not in self.files or n in self.changed]
        texts += sorted(n for n in self.changed - {*texts} if may_be_asked(self.record, n))
        return [name for name in texts if name not in self.answers]

    def take_detail(self, found: Found) -> None:
        """Take the Hub's present word on the repository, if it is of this one.

        Texts that are held stay, as of their revision, unless their file is gone.
        """
        fresh, before = _read(found), self.record
        if fresh is None or fresh.id != before.id or fresh.private:
            self.answers[LIST] = "refused" if found.why else "missing"
            self.gone = found.gone
            return
        if self.revision != revision_of(fresh.sha, fresh.modified):
            self.answers.clear()
        kept = untold(fresh, counters(before))
        hub_id = fresh.hub_id or before.hub_id
        self.record = replace(fresh, hub_id=hub_id, former=before.former, **kept)
        another = before.hub_id is not None and hub_id != before.hub_id  # of the same name
        listed = self.files if fresh.siblings is None else fresh.siblings
        for name in [n for n in self.files if another or n not in listed]:
            self._drop(name)
        self.answers[LIST] = "missing" if fresh.siblings is None else "fetched"
        self.changed, self.news = self._stale(), True

    def take_blobs(self, told: Mapping[str, str] | None) -> None:
        """Note which of the texts held are the same as ever at the present revision."""
        for name in sorted(self.changed):
            _, held = self.read_at.get(name, ("", ""))
            if told is not None and told.get(name) == (held or blob_id(self.files[name])):
                self.read_at[name] = (self.revision, told[name])
                self.changed.discard(name)
                self.news = True

    def take(self, name: str, answer: FileAnswer) -> None:
        """Note an answer; a text goes into the record in place of the one held.

        One that is closed to us, or said to be missing though it is listed, says nothing of the
        text held, which stands as of its revision; one that is there and no text does.
        """
        self.answers[name] = answer.why
        listed = name in (self.record.siblings or ())
        if answer.text is not None:
            self.files[name] = answer.text
            self.read_at[name] = (self.revision, blob_id(answer.text))
            self.fetched += 1
            self.news = True
        elif answer.why in UNREADABLE or (answer.why == "missing" and not listed):
            self._drop(name)
        self.changed.discard(name)

    def close(self, why: str) -> None:
        """Note for all files that are left why they cannot be had."""
        for name in self.names():
            self.answers[name] = why

    def fail(self, error: HubError) -> None:
        """Take refusals of everything for a failure after all."""
        refused = [name for name, why in self.answers.items() if why == "refused"]
        self.answers |= dict.fromkeys(refused, FAILED)
        self.whole, self.error = False, error

    def result(self) -> HubRecord:
        """Return the record with what came in."""
        record = self.record
        if record.card is not None and record.card == _told_by(record.files):
            record = replace(record, card=None)  # it was read off a file: of the present one, then
        return with_files(record, self.files, self.read_at)

    def _stale(self) -> set[str]:
        """Return the texts held that were read at another revision."""
        read = {name: self.read_at.get(name, ("", ""))[0] for name in self.files}
        return {name for name, revision in read.items() if revision != self.revision}

    def _drop(self, name: str) -> None:
        if self.files.pop(name, None) is not None:
            self.read_at.pop(name, None)
            self.news = True


def fetch_one(hub: Hub, stop: threading.Event, fetch: FileFetch) -> None:
    """Ask for all that is left of one repository, until ``stop`` is set or no more is allowed."""
    try:
        for name, ask in _steps(hub, fetch):
            if stop.is_set() or fetch.asked >= fetch.allowance:
                return
            fetch.asked += 1
            with _answering(fetch, name):
                ask()
        fetch.whole = True
    except HubError as error:
        fetch.error = error


def _steps(hub: Hub, fetch: FileFetch) -> Iterator[tuple[str, Callable[[], None]]]:
    """Yield what is to be asked: the file list if it is not known, what changed, each file."""
    repo = fetch.record.id
    if fetch.unlisted:
        yield LIST, lambda: fetch.take_detail(hub.one(repo))
    if fetch.gone:
        return
    if fetch.changed:
        yield BLOBS, lambda: fetch.take_blobs(hub.blobs(repo, fetch.commit, sorted(fetch.changed)))
    for name in fetch.names():
        if name not in fetch.answers:
            yield name, partial(_ask_file, hub, fetch, name)


def _ask_file(hub: Hub, fetch: FileFetch, name: str) -> None:
    answer = hub.file(fetch.record.id, name, fetch.commit)
    fetch.take(name, answer)
    if answer.why in CLOSED and not is_card(name):
        fetch.close(answer.why)


@contextmanager
def _answering(fetch: FileFetch, name: str) -> Iterator[None]:
    """Note whether an answer came, or the Hub failed at it."""
    fetch.answers.pop(name, None)
    try:
        yield
    except HubError as error:
        if not isinstance(error, TooFarOff):
            fetch.answers[name] = FAILED
        raise
    fetch.answered += 1


def _read(found: Found) -> HubRecord | None:
    try:
        return None if found.item is None else read(found.item, lambda _line: None)
    except Refused:
        return None


def _told_by(files: Mapping[str, str]) -> object:
    """Return what a card says in README.md, as it is stored."""
    try:
        told = front_matter(files["README.md"]) if "README.md" in files else None
    except CardError:
        return None
    return None if told is None else orjson.loads(orjson.dumps(told, default=str))
