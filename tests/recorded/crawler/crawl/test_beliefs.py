"""Each belief about the Hub switched the other way: a named error, or a crawl that is right.

Never an end that is wrong without a word: what is stored is compared with what the Hub holds, and
what is not the same must be told of by the run.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest

from crawler.crawl.crawl import Choices, Scope, crawl
from crawler.hub import Hub, HubError, Patience
from tests.home import Home, Record, model
from tests.hub_replica import Replica, Rules, serve

QUICK = Patience(tries=3, first=0.01, most=0.02, whole=2.0)
FILES = {"README.md": "---\nlicense: llama3.1\n---\nBuilt with Llama\n", "LICENSE": "x"}
LLAMA = "meta-llama/Llama-3.1-8B"


def world() -> list[Record]:
    """Return a Hub of three pages: a family with files, some data sets, strangers."""
    strangers = [_at(n, model(f"z/m{n:05}", downloads=n % 50)) for n in range(2200)]
    data = [_at(n, {"id": f"d/s{n}", "kind": "dataset", "tags": []}) for n in range(40)]
    llamas = [
        _at(3000 + n, model(f"acme/Llama-3.1-8B-{n}", f"finetune:{LLAMA}", licence="llama3.1",
            downloads=100 + n, files=FILES, siblings=[{"rfilename": f} for f in FILES]))
        for n in range(30)
    ]  # fmt: skip
    root = _at(5000, model(LLAMA, licence="llama3.1", gated="manual", downloads=9000))
    return [root, *strangers, *data, *llamas]


def _at(n: int, record: Record) -> Record:
    day, second = divmod(n, 86_400)
    clock = f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
    moment = f"2024-0{1 + day}-01T{clock}.000Z"
    kind = "d" if "kind" in record else "a"
    return {
        "createdAt": moment, "lastModified": moment, "sha": f"{n:040x}",
        "_id": f"{kind}{n:023x}", "private": False, "disabled": False, "likes": 1,
        "author": record["id"].split("/")[0], "downloads": 0, **record,
    }  # fmt: skip


@dataclass
class End:
    """How a crawl ended: what is live, files held, the error or the run's own words."""

    live: set[str]
    files: int
    error: str
    notices: str
    counts: dict[str, int]

    @property
    def told(self) -> str:
        return f"{self.error} {self.notices}"


WORLD = world()
ALL = {("datasets/" if "kind" in r else "") + r["id"] for r in WORLD}
KEPT = {r["id"] for r in WORLD if r["id"].startswith(("acme/", "meta-llama/"))}


def crawled(folder: Path, rules: Rules, scope: Scope = "llama", seconds: float = 0) -> End:
    replica = Replica(WORLD, rules=rules, page_latency=seconds)
    home, error = Home(folder), ""
    with serve(replica.app) as url:
        hub = Hub(url, patience=QUICK, sleep=lambda _seconds: None)
        try:
            crawl(home.engine, hub, scope, choices=Choices(files=200))
        except HubError as refusal:
            error = str(refusal)
    run = home.read_model.runs()[0]
    notices = home.read_model.notices(run["number"], 10_000)
    stored = [row[0] for row in home.rows("select files from records") if row[0]]
    files = sum(len(orjson.loads(one)) for one in stored)
    told = " ".join(f"{n['kind']}: {n['reason']}" for n in notices)
    end = End(home.live(), files, error or (run["reason"] or ""), told, run["counts"])
    home.close()
    return end


RIGHT = ""  # nothing has to be told: the crawl is right all the same
SWITCHES: dict[str, tuple[dict[str, Any], str]] = {
    "a field of lists is refused": ({"list_refuses": ("config",)}, "refused the field config"),
    "two fields are refused": (
        {"list_refuses": ("baseModels", "downloadsAllTime")}, "refused the field baseModels"),
    "tags are refused": ({"list_refuses": ("tags",)}, "gives tags of models no more"),
    "private is refused": ({"list_refuses": ("private",)}, "gives private of models no more"),
    "shas are refused": ({"list_refuses": ("sha",)}, "refused the field sha"),
    "file lists are refused": ({"list_refuses": ("siblings",)}, "refused the field siblings"),
    "a refusal names no options": (
        {"list_refuses": ("config",), "refusal_names_options": False}, "refused /api/models"),
    "unknown fields are ignored": (
        {"list_refuses": ("tags",), "unknown_expand": "ignore"}, "without tags"),
    "pages are of 100": ({"max_limit": 100}, "gives 100 models a page"),
    "more than 100 is refused": ({"max_limit": 100, "over_max_limit": "refuse"}, "limit"),
    "no link to the next page": ({"next_link": "missing"}, "cannot be whole"),
    "a relative link": ({"next_link": "relative"}, RIGHT),
    "a link to another host": ({"next_link": "other-host"}, RIGHT),
    "a link back to the same page": ({"next_link": "same-cursor"}, "leads back to a page"),
    "a link that is none": ({"next_link": "malformed"}, "link to the next page"),
    "a cursor that ends early": ({"cursor_ends_after": 2}, "cannot be whole"),
    "cursors expire": ({"cursor_expires": 1, "seconds": 1.2}, "cursor"),
    "rows come twice": ({"duplicates": 20}, RIGHT),
    "a list is an object": ({"list_shape": "object"}, "other than a list"),
    "rows without id": ({"rows_missing_id": 5}, "has no id"),
    "rows without _id": ({"rows_missing__id": 3}, RIGHT),
    "rows that are null": ({"rows_null": 5}, "a record is an object"),
    "createdAt is no sort": ({"sorts": ("downloads", "likes")}, "refused /api/models"),
    "the sort is ignored": ({"sort": "ignored"}, RIGHT),
    "shas are not sent": ({"sha_sent": False}, "holds"),
    "disabled is a text": ({"disabled_form": "text"}, "dropped"),
    "filters are refused": ({"filter": "refused"}, "question:"),
    "what is missing is 403": ({"missing_repo_anonymous": "403"}, RIGHT),
    "what is missing is 404": ({"missing_repo_anonymous": "404 code"}, RIGHT),
    "files come without redirect": ({"resolve": "direct"}, RIGHT),
    "files redirect in a circle": ({"resolve": "loop"}, "redirects in a circle"),
    "the second hop counts as API": ({"second_hop_bucket": "api"}, RIGHT),
    "the second hop counts nowhere": ({"second_hop_bucket": "none"}, RIGHT),
    "no ETag on files": ({"etag": "none"}, RIGHT),
    "no limits are told": ({"ratelimit_headers": "none"}, RIGHT),
    "limits cannot be read": ({"ratelimit_headers": "malformed"}, RIGHT),
    "blob ids are not told": ({"paths_info": "404"}, RIGHT),
    "everything is HTML": ({"api_content": "html"}, "JSON"),
}  # fmt: skip


@pytest.mark.parametrize("name", SWITCHES)
def test_a_belief_that_does_not_hold_is_told_or_does_no_harm(tmp_path: Path, name: str) -> None:
    told, says = SWITCHES[name]
    switched = {rule: value for rule, value in told.items() if rule != "seconds"}
    end = crawled(tmp_path, Rules(**switched), seconds=told.get("seconds", 0))
    whole = end.live == KEPT and end.files == 60
    assert whole or end.error or end.told.strip()
    assert says in end.told
    if says == RIGHT:
        assert end.error == ""
        assert whole


def test_the_world_as_it_is_believed_to_be_is_crawled_without_a_word(tmp_path: Path) -> None:
    end = crawled(tmp_path / "llama", Rules())
    assert (end.live, end.files, end.error) == (KEPT, 60, "")
    end = crawled(tmp_path / "hub", Rules(), "hub")
    assert (end.live, end.error) == (ALL, "")
