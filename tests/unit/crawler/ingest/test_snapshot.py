"""Snapshot files line by line: what is passed on, what is an error, where a file breaks off."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.ingest import snapshot
from crawler.ingest.snapshot import SnapshotError, expand, lines, moment

GOOD = b'{"id": "a/b"}'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "hub.jsonl"


def written(path: Path, content: bytes) -> list[tuple[int, Any, str | None]]:
    path.write_bytes(content)
    return list(lines(path))


def test_lines_are_numbered_and_blank_ones_passed_over(path: Path) -> None:
    found = written(path, b"\n" + GOOD + b"\n  \n" + GOOD)
    assert found == [(2, {"id": "a/b"}, None), (4, {"id": "a/b"}, None)]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("begin", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
def test_crlf_and_a_byte_order_mark_change_nothing(path: Path, begin: bytes, end: bytes) -> None:
    found = written(path, begin + GOOD + end + end + GOOD + end)
    assert [(number, error) for number, _, error in found] == [(1, None), (3, None)]


@pytest.mark.parametrize("line", [b"{", b'{"id": "a', b"\xff\xfe", b"NaN", b"[" * 5000])
def test_an_unreadable_line_is_an_error_and_the_next_is_read(path: Path, line: bytes) -> None:
    bad, good = written(path, line + b"\n" + GOOD + b"\n")
    assert bad[:2] == (1, None)
    assert bad[2] is not None
    assert bad[2].startswith("not JSON: ")
    assert good == (2, {"id": "a/b"}, None)


def test_a_line_over_the_limit_is_an_error_and_the_next_is_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "MAX_LINE", 1 << 20)
    long = b'{"x": "' + b"x" * (5 << 20) + b'"}'
    found = written(path, GOOD + b"\n" + long + b"\n" + GOOD + b"\n" + long)
    assert [error for _, _, error in found] == [
        None, "the line is longer than 1 MiB", None, "the line is longer than 1 MiB",
    ]  # fmt: skip


def test_gzip_is_known_by_its_bytes_whatever_the_name(path: Path) -> None:
    assert written(path, gzip.compress(GOOD + b"\n" + GOOD)) == [
        (1, {"id": "a/b"}, None),
        (2, {"id": "a/b"}, None),
    ]


def test_gzip_cut_off_gives_what_could_be_read_then_says_where_it_broke(path: Path) -> None:
    packed = gzip.compress(b"".join(b'{"id": "a/b%d"}\n' % n for n in range(30_000)))
    path.write_bytes(packed[: len(packed) // 2])
    read: list[int] = []
    with pytest.raises(SnapshotError, match=rf"^{path} cannot be read past line \d+: "):
        read.extend(number for number, _, _ in lines(path))
    assert len(read) > 1000


def test_gzip_that_is_spoilt_inside_says_so(path: Path) -> None:
    packed = bytearray(gzip.compress(GOOD * 10))
    packed[12:20] = b"\x00" * 8
    with pytest.raises(SnapshotError, match="cannot be read past line 0"):
        written(path, bytes(packed))


def test_a_folder_stands_for_its_snapshots_in_order_of_name(tmp_path: Path) -> None:
    for name in ("b.jsonl.gz", "a.ndjson", "c.txt"):
        (tmp_path / name).write_bytes(b"")
    assert [p.name for p in expand(tmp_path)] == ["a.ndjson", "b.jsonl.gz"]
    assert expand(tmp_path / "c.txt") == [tmp_path / "c.txt"]


def test_a_path_that_holds_nothing_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="holds no snapshot"):
        expand(tmp_path)
    with pytest.raises(SnapshotError, match="does not exist"):
        expand(tmp_path / "nowhere")


def test_the_moment_is_the_stamp_in_the_name_else_when_it_was_written(tmp_path: Path) -> None:
    assert moment(tmp_path / "2026-08-19T2000Z.jsonl.gz") == datetime(2026, 8, 19, 20, tzinfo=UTC)
    (tmp_path / "x.jsonl").write_bytes(b"")
    assert (datetime.now(UTC) - moment(tmp_path / "x.jsonl")).total_seconds() < 60
