"""The Hub's answers: what is proof that a repository is gone, and what is somebody on the way."""

from __future__ import annotations

import httpx2
import pytest

from crawler.hub import Exchange, Hub, Patience, Unreachable
from crawler.hub.answers import is_the_file
from tests.home import model
from tests.hub_replica import Fault, Replica, Rules
from tests.recorded.front import Front

QUICK = Patience(tries=3, first=0.01, most=0.02, whole=1.0)
TOKEN = "hf_x"  # noqa: S105 (of no one)


@pytest.fixture
def replica(front: Front) -> Replica:
    texts = {"README.md": "A card.\n"}
    front.replica = Replica([model("a/Here", files=texts), model("a/Off", disabled=True)])
    return front.replica


@pytest.fixture
def hub(url: str, replica: Replica) -> Hub:
    assert replica.count() == 0
    return Hub(url, patience=QUICK)


def test_the_hubs_own_word_is_proof(hub: Hub, url: str) -> None:
    assert hub.one("a/Nowhere").gone  # 401 with its words, to strangers
    assert Hub(url, token=TOKEN, patience=QUICK).one("a/Nowhere").gone  # 404 with its code


@pytest.mark.parametrize("fault", ["html", "html-404"])
def test_a_page_of_a_proxy_is_no_proof(hub: Hub, replica: Replica, fault: str) -> None:
    replica.faults.add(fault)
    found = hub.one("a/Here")
    assert (found.gone, found.item) == (False, None)
    assert "refused /api/models/a/Here with 40" in found.why
    assert hub.one("a/Here").item is not None


@pytest.mark.parametrize("answer", ["403", "401 bare", "404 bare"])
def test_another_refusal_is_no_proof(hub: Hub, replica: Replica, answer: str) -> None:
    replica.rules = Rules.of({"missing_repo_anonymous": answer})
    found = hub.one("a/Nowhere")
    assert (found.gone, found.item) == (False, None)
    assert found.why


def test_a_401_to_a_token_is_no_proof_and_says_what_to_do(url: str, replica: Replica) -> None:
    replica.rules = Rules.of({"missing_repo_token": "401 words"})
    assert not Hub(url, token=TOKEN, patience=QUICK).one("a/Nowhere").gone


def test_a_disabled_repository_is_there_and_its_files_are_refused(hub: Hub) -> None:
    found = hub.one("a/Off")
    assert found.item is not None
    assert hub.file("a/Off", "README.md").why == "refused"


@pytest.mark.parametrize("etag", ["blob", "other", "none"])
def test_a_file_is_taken_whatever_its_etag_is(hub: Hub, replica: Replica, etag: str) -> None:
    replica.rules = Rules.of({"etag": etag})
    assert hub.file("a/Here", "README.md").text == "A card.\n"


@pytest.mark.parametrize(
    ("headers", "body", "is_it"),
    [
        ({"etag": f'"{"0" * 40}"'}, b"A card.\n", False),
        ({"etag": f'W/"{"0" * 40}"', "x-repo-commit": "a" * 40}, b"A card.\n", False),
        ({"content-type": "text/html; charset=utf-8"}, b"<html>Log in</html>", False),
        ({"content-type": "text/html", "x-repo-commit": "a" * 40}, b"<html>", True),
        ({"content-type": "text/plain"}, b"A card.\n", True),
    ],
    ids=["other-blob", "other-blob-of-a-commit", "portal", "page-of-a-commit", "plain"],
)
def test_what_is_not_the_blob_that_its_etag_names_is_no_file(
    headers: dict[str, str], body: bytes, is_it: bool
) -> None:
    answer = Exchange("GET", "/a/b", "", b"", 200, httpx2.Headers(headers), body)
    assert is_the_file(answer) is is_it


@pytest.mark.parametrize("fault", ["503", "504", "cut", "json", "429-retry=1", "429=1"])
def test_what_passes_is_asked_again_and_counted(hub: Hub, replica: Replica, fault: str) -> None:
    replica.faults.add(fault)
    assert hub.one("a/Here").item is not None
    assert hub.transport.retried == 1


def test_an_answer_that_never_ends_is_given_up(hub: Hub, replica: Replica) -> None:
    replica.faults.add(Fault("drip", times=None, seconds=5))
    with pytest.raises(Unreachable, match="too slowly"):
        hub.one("a/Here")


def test_who_asks_is_said_and_no_more(hub: Hub) -> None:
    assert set(hub.transport.headers) == {"user-agent"}
    assert hub.transport.headers["user-agent"].startswith("herdbook/")
