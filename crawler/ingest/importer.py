"""Import of snapshot files: lines to records, page by page, with a report of what was refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from crawler.ingest import provenance, runs, snapshot
from crawler.ingest.records import store_page
from crawler.ingest.report import Notice, PageCounts
from graph.evidence.record import HubRecord, Refused, read
from graph.storage.database import sole_writer

PAGE = 2000

Progress = Callable[[int], None]


def import_file(
    engine: Engine,
    path: Path,
    kind: str | None = None,
    progress: Progress = lambda _: None,
    *,
    scope: str = "file",
) -> PageCounts:
    """Import one snapshot file as one run, and return what it did.

    ``kind`` is the kind of the lines that do not say theirs. ``progress`` is called with the
    number of lines taken since the last call. ``scope`` is told apart for the bundled sample
    (`graph.storage.tables.SAMPLE_SCOPE`). Raises SnapshotError where the file breaks off;
    the pages before that stay, and the run is marked ``failed``.
    """
    run = runs.start(engine, "import", str(path), scope, snapshot.moment(path))
    total = PageCounts()
    state: runs.State = "failed"
    try:
        for records, notices, lines in _pages(path, kind):
            with sole_writer(engine) as connection:
                total.add(store_page(connection, run.number, run.as_of, records, notices))
                runs.progress(connection, run, total)
            progress(lines)
        state = "done"
    finally:
        runs.finish(engine, run, state, total)
    return total


def _pages(path: Path, kind: str | None) -> Iterator[tuple[list[HubRecord], list[Notice], int]]:
    lines = _lines(path)
    while page := list(islice(lines, PAGE)):
        notices: list[Notice] = []
        records: list[HubRecord] = []
        for number, obj, error in page:
            if kind and isinstance(obj, dict):
                obj.setdefault("kind", kind)
            if record := read_item(obj, error, f"{path.name}:{number}", notices):
                records.append(record)
        yield records, notices, len(page)


def _lines(path: Path) -> Iterator[tuple[int, Any, str | None]]:
    """Yield a file's lines; of annotations (see `provenance`), the lines they come to."""
    told = snapshot.lines(path)
    first = next(told, None)
    if first is not None and provenance.is_annotation(first[1]):
        yield from ((n, line, None) for n, line in enumerate(provenance.records(path), 1))
    elif first is not None:
        yield first
        yield from told


def read_item(
    obj: object, error: str | None, place: str, notices: list[Notice]
) -> HubRecord | None:
    """Return the record of one item, or None with a notice of why there is none."""
    if error is not None:
        notices.append(Notice("refused", place, error))
        return None
    try:
        record = read(obj, lambda line: notices.append(Notice("dropped", place, line)))
        if record.private:  # a token's owner sees it; it is named nowhere
            notices.append(Notice("private", place, "private: passed over"))
            return None
        return record
    except Refused as reason:
        notices.append(Notice("refused", place, str(reason)))
        return None
