"""What is kept of an answer: bounded, without secrets and without what is private."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx2
import orjson
import pytest
from typer.testing import CliRunner

from crawler.doctor import Recorder
from crawler.doctor.case import Heard
from crawler.doctor.recording import ITEMS, ROWS, clean_address, clean_query, kept_body
from crawler.hub import Exchange
from herdbook.cli import app

HUB = "https://huggingface.co"


def kept(value: Any, *, authorised: bool = False) -> tuple[Any, dict[str, int]]:
    text, notes = kept_body(orjson.dumps(value), authorised=authorised)
    return orjson.loads(text), notes


def test_private_rows_are_left_out_and_counted() -> None:
    rows = [{"id": "o/a", "private": False}, {"id": "o/b", "private": True}, {"id": "o/c"}]
    assert kept(rows) == ([rows[0], rows[2]], {"private_rows": 1})
    assert kept(rows, authorised=True) == ([rows[0]], {"private_rows": 2})


def test_a_private_repository_is_left_out() -> None:
    assert kept({"id": "o/b", "private": True}) == ({}, {"private_rows": 1})
    assert kept({"_id": "1"}, authorised=True) == ({}, {"private_rows": 1})


def test_what_is_no_repository_is_kept_whatever_the_token() -> None:
    paths = [{"type": "file", "oid": "1", "path": "README.md"}]
    assert kept(paths, authorised=True) == (paths, {})
    assert kept({"error": "no"}, authorised=True) == ({"error": "no"}, {})


def test_what_fits_is_kept_byte_by_byte() -> None:
    body = b'[ {"id":"o/a",  "likes": 1.0} ]'
    assert kept_body(body, authorised=False) == (body.decode(), {})


def test_long_values_and_lists_are_cut() -> None:
    row = {"id": "o/a", "tags": list(range(ITEMS + 5)), "config": {"template": "x" * 5000}}
    value, notes = kept([row] * (ROWS + 7))
    assert notes == {"truncated_rows": 7, "truncated_values": 2 * ROWS}
    assert len(value[0]["tags"]) == ITEMS
    assert len(value[0]["config"]["template"]) == 1000


def test_a_list_of_wide_rows_is_cut_to_its_first() -> None:
    wide = {"id": "o/a"} | {f"k{n}": "x" * 900 for n in range(60)}
    value, notes = kept([wide] * 900)
    assert notes == {"truncated_rows": 675}
    assert len(value) == 225


def test_a_text_is_cut() -> None:
    text, notes = kept_body(b"x" * (1 << 20) + b"yy", authorised=False)
    assert (len(text), notes) == (1 << 20, {"truncated_bytes": 2})


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("limit=1&expand=tags&expand=sha", "limit=1&expand=tags&expand=sha"),
        ("a=1&X-Amz-Signature=s&X-Amz-Credential=c", "a=1"),
        ("Expires=9&Signature=s&Key-Pair-Id=k&Policy=p", "Expires=9"),
        ("access_token=t&cursor=%3D", "cursor=%3D"),
        ("", ""),
    ],
)
def test_signatures_are_taken_out_of_a_query(query: str, left: str) -> None:
    assert clean_query(query) == left


def test_an_address_at_the_endpoint_leads_on_wherever_it_is_served() -> None:
    assert clean_address(f"{HUB}/api/x?a=1", HUB) == "/api/x?a=1"
    assert clean_address("/api/x", HUB) == "/api/x"
    other = "https://cdn.invalid/x?X-Amz-Signature=s"
    assert clean_address(other, HUB) == "https://cdn.invalid/x"


def test_headers_that_nobody_knows_are_left_out_and_a_token_is_hidden(tmp_path: Path) -> None:
    headers = {"set-cookie": "a=b", "x-amz-id": "1", "x-error-message": "no hf_secret here"}
    exchange = Exchange(
        "GET", "/api/models", "limit=1", b"", 401, httpx2.Headers(headers), b"hf_secret"
    )
    Recorder(tmp_path, HUB, "hf_secret")(Heard((exchange,)))
    told = json.loads((tmp_path / "001.json").read_text())
    assert told == {
        "method": "GET",
        "path": "/api/models",
        "query": "limit=1",
        "status": 401,
        "headers": {"x-error-message": "no *** here"},
        "body_text": "***",
    }


def test_a_folder_that_holds_something_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    done = CliRunner().invoke(app, ["doctor", "--record", str(tmp_path)])
    assert done.exit_code == 2
    assert "is not empty" in done.output
    done = CliRunner().invoke(app, ["doctor", "--record", str(tmp_path / "x")])
    assert done.exit_code == 2
