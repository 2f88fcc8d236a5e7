"""The Hub in failures while files are fetched: slower, and at last another time; nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.files import failures
from crawler.files.failures import Failures
from crawler.files.stage import Left
from crawler.hub import HubError
from tests.hub_replica import Fault
from tests.recorded.front import Front
from tests.recorded.texts import BASE, CARD, Stage, llama, staged


@pytest.fixture
def stage(tmp_path: Path, front: Front, url: str) -> Iterator[Stage]:
    with staged(tmp_path, front, url) as opened:
        yield opened


def many(count: int) -> list[dict[str, object]]:
    return [llama(f"acme/m{n:03}", downloads=n) for n in range(count)]


def test_three_failures_in_a_row_slow_down_and_go_on(stage: Stage) -> None:
    stage.read_lists(*many(20))
    stage.replica.faults.add(Fault("501", times=9, path="/acme"))
    assert stage.fetch() == Left(0, None, "")
    assert stage.total.files == 20
    assert any(seconds > failures.FIRST / 2 for seconds in stage.slept)


def test_pauses_grow_are_bounded_and_end(stage: Stage) -> None:
    stage.read_lists(*many(60))
    stage.replica.faults.add("501:*@/acme")
    began = datetime.now(UTC)
    left = stage.fetch()
    assert (left.repositories, stage.total.files, stage.total.files_left) == (60, 0, 60)
    assert left.reason.startswith("the Hub failed again and again: the Hub refused /acme/")
    assert left.resumes is not None
    assert timedelta(minutes=59) < left.resumes - began < timedelta(minutes=62)
    pauses = [seconds for seconds in stage.slept if seconds > 1]
    assert len(pauses) == failures.PAUSES
    assert max(pauses) <= 1.25 * failures.LONGEST
    assert sum(pauses[6:]) > 3 * sum(pauses[:6])
    stage.replica.faults.clear()
    assert stage.fetch() == Left(0, None, "")
    assert stage.total.files == 60


def test_where_the_hub_failed_comes_last_the_next_time(stage: Stage) -> None:
    stage.read_lists(llama(BASE, downloads=99), llama("acme/Less", downloads=1))
    stage.replica.faults.add(f"501:*@/{BASE}")
    left = stage.fetch()
    assert (left.repositories, stage.held("acme/Less")) == (1, {"README.md"})
    assert left.reason.startswith(f"the Hub failed: the Hub refused /{BASE}")
    assert stage.answers(BASE) == ("open", {"README.md": "failed"})
    stage.replica.faults.clear()
    stage.read_lists(llama(BASE, downloads=99), llama("acme/Other", downloads=1))
    stage.fetch(1)
    assert stage.asked() == ["acme/Other: README.md"]


def test_one_repository_that_always_fails_keeps_nobody_else(stage: Stage) -> None:
    stage.read_lists(*many(30), llama(BASE, {"README.md": CARD, "LICENSE": "x"}, downloads=99))
    stage.replica.faults.add(f"501:*@/{BASE}/resolve/main/LICENSE")
    assert stage.fetch().repositories == 1
    assert (stage.held(BASE), stage.total.files) == ({"README.md"}, 31)
    assert stage.asked().count(f"{BASE}: README.md") == 1


@pytest.mark.parametrize("kind", ["cut", "500", "504"])
def test_one_answer_in_five_failing_ends_the_same(stage: Stage, kind: str) -> None:
    texts = {"README.md": CARD, "LICENSE": "x", "NOTICE": "y"}
    records = [llama(f"acme/m{n:02}", texts) for n in range(15)]
    stage.read_lists(*records)
    for place in range(9):
        stage.replica.faults.add(Fault(kind, times=1, after=place * 5, path="/acme"))
    assert stage.fetch() == Left(0, None, "")
    assert all(stage.held(record["id"]) == set(texts) for record in records)
    assert stage.total.files == 45


def test_too_many_requests_are_waited_for(stage: Stage) -> None:
    stage.replica.faults.add(Fault("429", seconds=1, path=f"/{BASE}/resolve"))
    stage.read_lists(llama(BASE))
    stage.ask_as(really=True)
    began = datetime.now(UTC)
    stage.fetch()
    assert timedelta(seconds=1) <= datetime.now(UTC) - began < timedelta(seconds=8)
    assert stage.asked() == [f"{BASE}: README.md"] * 2
    assert stage.held(BASE) == {"README.md"}


def test_where_the_next_window_is_far_off_the_rest_is_left(stage: Stage) -> None:
    stage.read_lists(llama(BASE, downloads=99), *many(40))
    stage.replica.faults.add(Fault("429", seconds=3000, path=f"/{BASE}/resolve"))
    began = datetime.now(UTC)
    left = stage.fetch()
    assert "limit on resolvers is used up for another 50 minutes" in left.reason
    assert left.resumes is not None
    assert timedelta(seconds=2990) < left.resumes - began < timedelta(seconds=3020)
    assert left.repositories == stage.total.files_left == 41 - stage.total.files
    assert stage.total.files <= 16  # those that were under way
    stage.ask_as()
    assert stage.fetch() == Left(0, None, "")


@pytest.mark.parametrize("kind", ["html-403", "html-451"])
def test_a_single_refusal_is_an_answer(stage: Stage, kind: str) -> None:
    stage.read_lists(llama(BASE, downloads=99), llama("acme/Less", downloads=1))
    stage.replica.faults.add(f"{kind}:*@/{BASE}")
    assert stage.fetch() == Left(0, None, "")
    assert stage.answers(BASE) == ("done", {"README.md": "refused"})
    assert [seconds for seconds in stage.slept if seconds > 1] == []


def test_a_proxy_that_refuses_everything_is_no_answer(stage: Stage) -> None:
    stage.read_lists(*many(60))
    stage.replica.faults.add("html-403:*@/acme")
    left = stage.fetch()
    assert left.repositories == 60
    assert "everything is refused" in left.reason
    stage.replica.faults.clear()
    assert stage.fetch() == Left(0, None, "")
    assert stage.total.files == 60


def test_what_was_stored_stays_when_it_is_interrupted(stage: Stage) -> None:
    stage.read_lists(*many(60))

    def interrupt(_repo: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stage.fetch(progress=interrupt)
    stored = [row[0] for row in stage.home.rows("select key from asked")]
    assert 1 <= len(stored) < 60
    stage.fetch()
    # A set: a thread of the first time may end its request during the second.
    assert len(set(stage.asked())) == 60 - len(stored)
    assert len(stage.home.rows("select key from asked where state = 'done'")) == 60


def test_a_record_that_was_stored_anew_meanwhile_is_left_as_it_is(stage: Stage) -> None:
    stage.read_lists(llama(BASE, sha="a" * 40))
    later = llama(BASE, {"README.md": "new"}, sha="b" * 40)
    ask = stage.hub.file

    def while_another_imports(repo: str, *rest: str) -> object:
        if not stage.home.rows("select * from runs where kind = 'import'"):
            stage.home.take(later)
        return ask(repo, *rest)

    stage.hub.file = while_another_imports  # type: ignore[assignment, method-assign]
    assert stage.fetch() == Left(0, None, "")
    assert stage.record(BASE).files == {"README.md": "new"}
    assert stage.record(BASE).sha == "b" * 40


def fail(failuress: Failures) -> tuple[bool, bool]:
    """Note as many failures as bring a pause; return whether it is due, and of no use."""
    for _ in range(failures.ROW):
        failuress.failed("x")
    return failuress.due, failuress.over


def test_failuress_are_forgotten_after_a_good_stretch() -> None:
    failuress = Failures()
    for _ in range(failures.PAUSES):
        assert fail(failuress) == (True, False)
        failuress.pause()
    failuress.answered(failures.CALM - 1)
    assert fail(failuress) == (True, True)
    failuress.answered(1)
    assert (failuress.due, failuress.over) == (True, False)
    assert failuress.pause() <= 1.25 * failures.FIRST


def test_a_refusal_that_is_no_ones_is_an_error_for_people(stage: Stage) -> None:
    stage.read_lists(llama(BASE))
    stage.replica.faults.add("501@/acme")
    with pytest.raises(HubError, match="refused /acme"):
        stage.hub.file(BASE, "README.md")
    assert stage.hub.file("no/where", "README.md").why == "missing"
