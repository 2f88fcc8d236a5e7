"""A visit to one repository for its small files: what is asked for, and what was answered."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from crawler.files import wanted
from crawler.hub import FileAnswer, Hub, HubError
from crawler.importer import read_item
from crawler.pace import Pace
from crawler.pending import FAILED
from crawler.record import HubRecord

LIST = "."  # the file list, among the answers
TROUBLES = 3  # so many failures one after another, and the Hub is left alone
REFUSALS = 3  # times that one file is asked for after "too many requests"
_SHA = re.compile(r"[0-9a-f]{40}")


@dataclass(slots=True)
class Visit:
    """One repository under way: its record, what was answered, and what came in."""

    record: HubRecord
    answers: dict[str, str]
    fetched: int = 0
    listed: bool = False

    @property
    def revision(self) -> str:
        """The state of the repository that the answers speak of."""
        return revision_of(self.record.sha, self.record.modified)

    def take(self, name: str, answer: FileAnswer) -> None:
        """Note an answer; a text goes into the record."""
        self.answers[name] = answer.why
        if answer.text is not None:
            self.record = replace(self.record, files={**self.record.files, name: answer.text})
            self.fetched += 1

    def take_detail(self, fresh: HubRecord | None) -> None:
        """Take the Hub's present word on the repository, if it is of this one."""
        if fresh is None or fresh.id != self.record.id:
            self.answers[LIST] = "missing"
            return
        before, files, self.listed = self.revision, self.record.files, True
        self.record = fresh
        if self.revision == before:
            self.record = replace(fresh, files=files)
        else:
            self.answers.clear()
        self.answers[LIST] = "missing" if fresh.siblings is None else "fetched"


class Visitor:
    """Whoever asks for files, within a pace, until the Hub is in trouble."""

    def __init__(self, hub: Hub, pace: Pace) -> None:
        self._hub, self._pace = hub, pace
        self._troubles = 0

    @property
    def may_go_on(self) -> bool:
        """Whether another repository can be asked for anything."""
        return self._pace.left > 0 and self._troubles < TROUBLES

    def ask(self, visit: Visit) -> bool:
        """Ask for the file list where it is not known, then for each file; False if some are left.

        A name that the record holds or that was answered is not asked for.
        """
        if visit.record.siblings is None and LIST not in visit.answers and not self._list(visit):
            return False
        names = [n for n in wanted(visit.record) if n not in visit.record.files]
        for name in (n for n in names if n not in visit.answers):
            if not self._file(visit, name):
                return False
        return FAILED not in visit.answers.values()

    def _list(self, visit: Visit) -> bool:
        if not self._pace.may_ask():
            return False
        try:
            item = self._hub.detail(visit.record.id)
        except HubError:
            self._failed(visit, LIST)
            return False
        visit.take_detail(None if item is None else read_item(item, None, LIST, []))
        return True

    def _file(self, visit: Visit, name: str) -> bool:
        """Ask for one file; False where nothing more can be asked for now."""
        record = visit.record
        revision = record.sha if record.sha and _SHA.fullmatch(record.sha) else "main"
        for _ in range(REFUSALS):
            if not self._pace.may_ask():
                return False
            try:
                answer = self._hub.file(record.id, name, revision)
            except HubError:
                self._failed(visit, name)
                return self._troubles < TROUBLES
            self._troubles = 0
            self._pace.note(answer.limit, refused=answer.why == "limited")
            if answer.why != "limited":
                visit.take(name, answer)
                return True
        self._pace.stop()
        return False

    def _failed(self, visit: Visit, name: str) -> None:
        self._troubles += 1
        visit.answers[name] = FAILED
