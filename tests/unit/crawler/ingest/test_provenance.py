"""The importer for the Data Provenance Initiative's annotations, and the signal on its field."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.ingest import importer, provenance
from graph.evidence.record import read
from graph.evidence.signals import provenance as signal
from tests.evaluate import generators


def row(repo: str, by: list[str], source: list[str] | None = None) -> dict[str, Any]:
    return {"id": repo, "name": "part", "generated_by": by, "derived_from": source or []}


def parents(by: object, repo: str = "acme/d") -> list[str]:
    told = {"id": repo, "kind": "dataset", "provenance": {"generated_by": by}}
    return [c.parent for c in signal.claims(read(told, lambda _: None))]


def write(folder: Path, rows: list[dict[str, Any]]) -> Path:
    path = folder / "annotations.jsonl"
    path.write_bytes(b"\n".join(map(orjson.dumps, rows)))
    return path


def test_rows_of_one_data_set_are_one_line(tmp_path: Path) -> None:
    rows = [row("a/d", ["GPT-4"], ["x"]), row("b/e", []), row("a/d", ["GPT-4", "T5"], ["y"])]
    assert list(provenance.records(write(tmp_path, rows))) == [
        {"id": "a/d", "kind": "dataset",
         "provenance": {"generated_by": ["GPT-4", "T5"], "derived_from": ["x", "y"]}},
        {"id": "b/e", "kind": "dataset", "provenance": {"generated_by": [], "derived_from": []}},
    ]  # fmt: skip


def test_import_takes_annotations_and_snapshots_alike(tmp_path: Path) -> None:
    annotations = write(tmp_path, [row("a/d", ["Llama-3-70B-Instruct"]), row("a/d", [])])
    ((records, notices, taken),) = importer._pages(annotations, "dataset")  # noqa: SLF001
    assert ([r.id for r in records], notices, taken) == (["datasets/a/d"], [], 1)
    snapshot = tmp_path / "s.jsonl"
    snapshot.write_text('{"id": "a/b", "tags": []}\n{"id": "a/c", "tags": []}\n')
    ((records, _, taken),) = importer._pages(snapshot, None)  # noqa: SLF001
    assert ([r.id for r in records], taken) == (["a/b", "a/c"], 2)


def test_generators_are_claims_by_repository_or_by_family_but_not_by_maker() -> None:
    told = ["Llama-3-70B-Instruct", "OpenAI GPT-4", "Mixtral-8x7B", "Llama-3-70B-Instruct"]
    assert parents(told) == ["meta-llama/Meta-Llama-3-70B-Instruct", "Mixtral-8x7B"]


@pytest.mark.parametrize(
    "by",
    [None, 3, {}, [3, None], "Llama-3-70B-Instruct", ["alpaca"], ["Google Translate"], ["Other"]],
)
def test_what_names_no_repository_claims_nothing(by: object) -> None:
    assert parents(by) == []


def test_a_translation_with_several_models_tells_no_generator() -> None:
    told = ["Llama-3-70B-Instruct", "OpenAI ChatGPT"]
    assert parents(told, "acme/d_translated") == []
    assert parents(told[:1], "acme/d_translated") == ["meta-llama/Meta-Llama-3-70B-Instruct"]


@given(st.recursive(st.none() | st.integers(-99, 99) | st.text(), st.lists, max_leaves=20))
def test_any_value_is_read_without_an_error(value: object) -> None:
    parents(value)


@pytest.mark.shared
def test_the_real_annotations_become_a_line_for_each_data_set(shared: Path) -> None:
    lines = list(provenance.records(shared / generators.ANNOTATIONS))
    assert len(lines) == len({line["id"] for line in lines}) == 581


@pytest.mark.shared
def test_every_spelling_is_labelled(shared: Path) -> None:
    named = {w for row in generators.annotation_rows(shared) for w in row["generated_by"]}
    assert named == set(generators.spellings())


@pytest.mark.shared
def test_precision_on_rows_read_by_hand(shared: Path) -> None:
    right, said, _ = generators.precision(shared)
    assert right / said >= 0.95
