"""Import into the database and build into the graph: what stays, what changes, what is touched."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from crawler.ingest import runs
from crawler.ingest.importer import import_file
from crawler.ingest.records import drop_sample, store_page
from crawler.ingest.refresh import refresh
from crawler.ingest.report import PageCounts
from crawler.ingest.snapshot import SnapshotError
from graph.evidence.record import read
from graph.storage.tables import SAMPLE_SCOPE
from tests.home import LLAMA, Home, Record, gone, model

BASE = model(LLAMA, licence="llama3.1")
CHILD = model("acme/Bravo", f"finetune:{LLAMA}", licence="llama3.1")
GRANDCHILD = model("acme/Charlie", "quantized:acme/Bravo")
STRANGER = model("z/Other", "finetune:z/Base", licence="mit")


@pytest.fixture(params=["memory", "kglite"])
def home(request: pytest.FixtureRequest, tmp_path: Path, database_url: str) -> Iterator[Home]:
    urls = {"memory": "memory://", "kglite": f"kglite:///{tmp_path}/graph.kgl"}
    opened = Home(tmp_path, urls[request.param], database_url)
    yield opened
    opened.close()


@pytest.fixture
def plain(tmp_path: Path, database_url: str) -> Iterator[Home]:
    opened = Home(tmp_path, database=database_url)
    yield opened
    opened.close()


def outcome(home: Home, artifact: str, check: str) -> list[str]:
    stored = home.read_model.artifact(artifact)
    assert stored is not None
    return [f.outcome.value for f in stored.findings if f.check == check]


def test_records_become_edges_families_and_findings(home: Home) -> None:
    home.take(BASE, CHILD, GRANDCHILD, STRANGER)
    report = home.build()
    assert (report.fresh, report.touched, report.edges) == (True, 5, 3)
    assert home.edges() == {
        ("acme/Bravo", "finetune", LLAMA, "declared"),
        ("acme/Charlie", "quantized", "acme/Bravo", "declared"),
        ("z/Other", "finetune", "z/Base", "declared"),
    }
    assert [row[:2] for row in home.found()["members"]] == [
        ("acme/Bravo", "llama-3.1"), ("acme/Charlie", "llama-3.1"), (LLAMA, "llama-3.1"),
    ]  # fmt: skip
    assert outcome(home, "acme/Bravo", "name-prefix") == ["failed"]
    assert outcome(home, "acme/Bravo", "licence-tag") == ["passed"]


def test_pages_before_a_file_breaks_off_stay_and_the_run_is_marked_failed(
    plain: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain.take(BASE)
    monkeypatch.setattr("crawler.ingest.importer.PAGE", 100)
    lines = "".join(json.dumps(model(f"acme/m{n}")) + "\n" for n in range(20_000))
    packed = gzip.compress(lines.encode())
    path = plain.folder / "broken.jsonl.gz"
    path.write_bytes(packed[: len(packed) // 2])
    with pytest.raises(SnapshotError, match=r"broken\.jsonl\.gz cannot be read past line"):
        import_file(plain.engine, path)
    live = plain.live()
    assert LLAMA in live
    assert 1000 < len(live) < 19_000
    run, first = plain.read_model.runs()
    assert (run["state"], run["counts"]["new"]) == ("failed", len(live) - 1)
    assert (first["state"], first["counts"]["new"]) == ("done", 1)


def test_refusals_and_drops_are_counted_and_say_file_line_and_reason(plain: Home) -> None:
    counts = plain.take_lines(
        [
            "{", "[]", json.dumps({"id": "a/../b"}), "", json.dumps(BASE),
            json.dumps(CHILD | {"cardData": {"license": 7}, "files": {"README.md": "x" * 2**21}}),
            json.dumps(model("acme/Self", "finetune:acme/Self")),
        ]
    )  # fmt: skip
    assert (counts.records, counts.new, counts.refused, counts.dropped, counts.self_parents) == (
        3, 3, 3, 2, 1,
    )  # fmt: skip
    (run,) = plain.read_model.runs()
    assert (run["state"], run["counts"]["refused"], run["counts"]["dropped"]) == ("done", 3, 2)
    told = [(n["kind"], n["place"], n["reason"]) for n in plain.read_model.notices(run["number"])]
    assert [one[:2] for one in told] == [
        ("refused", "001.jsonl:1"), ("refused", "001.jsonl:2"), ("refused", "001.jsonl:3"),
        ("dropped", "001.jsonl:6"), ("dropped", "001.jsonl:6"), ("self-parent", "acme/Self"),
    ]  # fmt: skip
    assert told[2][2] == "'a/../b' is not an id that the Hub accepts"
    assert all("\n" not in reason for _, _, reason in told)


def test_a_refused_line_leaves_what_was_stored_of_it(plain: Home) -> None:
    plain.take(BASE, CHILD)
    plain.take_lines(['{"id": "acme/Bravo", "kind": "space"}'])
    assert plain.live() == {LLAMA, "acme/Bravo"}


def test_of_a_repository_named_twice_in_a_file_the_last_line_counts(plain: Home) -> None:
    counts = plain.take(model("acme/X", "merge:a/A"), model("acme/X", "merge:b/B"))
    plain.build()
    assert counts.new == 1
    assert plain.edges() == {("acme/X", "merge", "b/B", "declared")}


def test_the_same_file_again_changes_nothing_and_nothing_is_built(home: Home) -> None:
    home.take(BASE, CHILD, GRANDCHILD)
    home.build()
    before = home.found()
    counts = home.take(BASE, CHILD, GRANDCHILD)
    assert (counts.records, counts.new, counts.changed, counts.removed) == (3, 0, 0, 0)
    report = home.build()
    assert (report.id, report.touched) == (None, 0)
    assert home.found() == before


def test_a_changed_downloads_figure_counts_one_artifact_anew(home: Home) -> None:
    home.take(BASE, CHILD | {"downloads": 1}, GRANDCHILD)
    home.build()
    home.take(CHILD | {"downloads": 2})
    report = home.build()
    assert (report.fresh, report.touched, report.counted) == (False, 0, 1)
    (shown,) = [row for row in home.graph_held()["nodes"] if row[1]["id"] == "acme/Bravo"]
    assert shown[1]["downloads"] == 2


def test_a_changed_parent_touches_the_artifact_and_its_descendants(home: Home) -> None:
    home.take(BASE, CHILD, GRANDCHILD, STRANGER, model("acme/Sister", f"finetune:{LLAMA}"))
    home.build()
    home.take(model("acme/Bravo", "finetune:meta-llama/Meta-Llama-3-8B", licence="llama3.1"))
    assert home.build().touched == 3  # Bravo, Charlie and the base that is named for the first time
    assert [row[:2] for row in home.found()["members"] if row[0].startswith("acme/")] == [
        ("acme/Bravo", "llama-3"), ("acme/Charlie", "llama-3"), ("acme/Sister", "llama-3.1"),
    ]  # fmt: skip


def test_a_removed_repository_without_children_disappears(home: Home) -> None:
    home.take(BASE, CHILD, GRANDCHILD)
    home.build()
    home.take(gone("acme/Charlie"))
    report = home.build()
    assert report.gone == 1
    assert {row[0] for row in home.found()["standings"]} == {LLAMA, "acme/Bravo"}
    stored = home.read_model.artifact("acme/Charlie")
    assert stored is not None
    assert stored.artifact.removed is not None


def test_a_removed_parent_stays_as_a_node_that_is_not_crawled(home: Home) -> None:
    home.take(BASE, CHILD, GRANDCHILD)
    home.build()
    home.take(gone("acme/Bravo"))
    home.build()
    standings = {row[0]: bool(row[1]) for row in home.found()["standings"]}
    assert standings == {"acme/Bravo": False, "acme/Charlie": True, LLAMA: True}
    assert home.edges() == {("acme/Charlie", "quantized", "acme/Bravo", "declared")}
    assert {row[0] for row in home.found()["members"]} == {LLAMA}


def test_a_removed_repository_may_return(home: Home) -> None:
    home.take(BASE, CHILD, GRANDCHILD)
    home.build()
    before = home.found(), home.graph_held()
    home.take(gone("acme/Bravo"))
    home.build()
    counts = home.take(CHILD)
    assert (counts.new, counts.changed) == (0, 1)
    home.build()
    assert (home.found(), home.graph_held()) == before


def test_parents_never_crawled_are_nodes_and_hand_their_family_on(home: Home) -> None:
    path = f"/cache/models--{LLAMA.replace('/', '--')}"
    home.take(
        model("a/A", "finetune:meta-llama/Meta-Llama-3.1-8B"), model("b/B", f"finetune:{path}")
    )
    home.build()
    strengths = {row[0]: row[3] for row in home.found()["members"]}
    assert strengths == {"a/A": 3, "meta-llama/Meta-Llama-3.1-8B": 3, LLAMA: 3, "b/B": 1, path: 1}
    assert outcome(home, "a/A", "name-prefix") == ["failed"]
    assert outcome(home, "b/B", "name-prefix") == ["review"]


def test_the_bundled_sample_gives_way_to_a_real_import(home: Home) -> None:
    home.take(BASE, CHILD, STRANGER, scope=SAMPLE_SCOPE)
    home.build()
    assert home.read_model.sample() is not None
    home.take(CHILD | {"downloads": 9}, GRANDCHILD)
    drop_sample(home.engine)
    home.build()
    assert home.read_model.sample() is None
    assert home.live() == {"acme/Bravo", "acme/Charlie"}
    assert {row[0] for row in home.found()["standings"]} == {LLAMA, "acme/Bravo", "acme/Charlie"}


def test_findings_that_no_longer_stand_are_closed_and_the_others_left_alone(plain: Home) -> None:
    query = (
        "select number, \"check\", outcome, opened, closed from findings where licence = 'llama3.1'"
    )
    child = model("acme/Bravo", f"finetune:{LLAMA}")
    plain.take(BASE, child | {"tags": [*child["tags"], "license:mit"]})
    plain.build()
    before = plain.rows(query)
    plain.take(child | {"tags": [*child["tags"], "license:llama3.1"]})
    plain.build()
    after = {row[0]: row for row in plain.rows(query)}
    closed = [row for row in before if after[row[0]] != row]
    assert [row[1:3] for row in closed] == [("licence-tag", "failed")]
    assert all(after[row[0]][:4] == row[:4] and after[row[0]][4] for row in closed)
    new = [row for number, row in after.items() if number not in {r[0] for r in before}]
    assert [(row[1:3], row[4]) for row in new] == [(("licence-tag", "passed"), None)]


def test_what_a_crawl_brings_after_it_was_stopped_and_built_is_built_too(home: Home) -> None:
    run = runs.start(home.engine, "crawl", "hub", "hub")
    steps: list[tuple[runs.State, Record]] = [
        ("stopped", CHILD), ("running", CHILD | {"tags": []}), ("done", STRANGER),
    ]  # fmt: skip
    total = PageCounts()
    for state, record in steps:
        with home.engine.begin() as connection:
            total.add(store_page(connection, run.number, run.as_of, [read(record, print)]))
            runs.progress(connection, run, total)
        if state != "running":
            runs.finish(home.engine, run, state, total)
        assert home.build().id is not None
        assert home.build().id is None
    assert {"acme/Bravo", "z/Other"} <= {row[0] for row in home.found()["standings"]}
    assert home.edges() == {("z/Other", "finetune", "z/Base", "declared")}


def test_another_graph_or_a_fresh_build_builds_everything(plain: Home) -> None:
    plain.take(BASE, CHILD)
    plain.build()
    assert plain.build(fresh=True).touched == 2
    plain.graph = "memory://other"
    assert plain.build().fresh


def test_records_of_older_signals_are_read_again_and_one_refused_today_stays(home: Home) -> None:
    home.take(BASE, CHILD, STRANGER)
    claims = "select child, parent, signal, field, value from claims order by 1, 2, 3, 4, 5"
    before = home.rows(claims)
    keys = dict(home.rows("select id, key from artifacts"))
    deep = b'{"a":' * 300 + b"1" + b"}" * 300  # more than can be written again
    bad = {"raw": deep, "key": keys["z/Other"]}
    with home.engine.begin() as connection:
        connection.execute(text("update records set signals = 0"))
        connection.execute(text("update records set raw = :raw where key = :key"), bad)
        connection.execute(
            text("delete from claims where owner = :key"), {"key": keys["acme/Bravo"]}
        )
    assert home.rows(claims) != before
    assert (refresh(home.engine), refresh(home.engine)) == (3, 0)
    assert home.rows(claims) == before
    assert home.rows("select place from notices where kind = 'refused'") == [("z/Other",)]


def test_what_is_known_of_names_that_no_record_bears_is_read_again(home: Home) -> None:
    address = f"https://huggingface.co/{LLAMA}"
    home.take(model("a/A", f"finetune:{address}"))
    keys = dict(home.rows("select id, key from artifacts"))
    claims = "select child, parent, signal from claims order by 1, 2, 3"
    before = home.rows(claims)
    assert (keys[address], keys[LLAMA], "reference") in before
    with home.engine.begin() as connection:  # as an older version left it
        connection.execute(text("update records set signals = 0"))
        connection.execute(text("delete from claims where signal = 'reference'"))
    assert refresh(home.engine) == 1
    assert home.rows(claims) == before
    home.build()
    assert {row[0] for row in home.found()["members"]} == {"a/A", address, LLAMA}
