"""A check is one file and the licences that impose it: it is judged, listed, explained and owed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph.compliance.checks import CHECKS
from tests.grafted import LICENCE as COMMON
from tests.grafted import Grafted

CHECK = '''"""The card greets the reader: section 7 of a made-up licence."""

from graph.catalogue.model import Outcome
from graph.compliance.case import Case, Verdict, unknown
from graph.compliance.check import Check
from graph.compliance.policies import Policy
from graph.compliance.repository_texts import CARD, card

ABSENT = Policy("greeting_absent", "Nothing greets the reader.", strict=Outcome.FAILED)


def _judge(case: Case) -> Verdict:
    text = card(case.artifact)
    if text is None:
        return unknown("The card was not fetched.", case.seen(CARD, "not fetched"), "card")
    if case.required in text:
        return Verdict(Outcome.PASSED, "The card greets the reader.", case.seen(CARD, "greeting"))
    told = "The card does not greet the reader."
    return Verdict(case.chosen(ABSENT), told, case.seen(CARD, "no greeting"))


CHECK = Check(
    "greeting",
    _judge,
    lambda case: f'Write "{case.required}" on the card.',
    paste=lambda release: ("Begin the card with this line.", release.duty.required or ""),
)
'''
LICENCE = f"""
id = "greeted"
title = "Greeted Licence"
hub_ids = ["greeted"]
names = ["greeted"]
links = []
{COMMON}
[[obligation]]
check = "greeting"
section = "7"
quote = "Greet whoever reads."
quote_source = "licence"
triggers = ["weights"]
required = "Good morning!"
"""
FAMILY = """
maker = "Maker"
source = "made up"
as_of = 2027-01-01

[[family]]
id = "greeted-1"
title = "Greeted 1"
licence = "greeted"
released = 2027-01-01
official = ["maker/Greeted-1"]
"""
BASE, CHILD = "maker/Greeted-1", "acme/child"
HERD = (
    {"id": BASE},
    {
        "id": CHILD,
        "tags": [f"base_model:{BASE}", f"base_model:finetune:{BASE}"],
        "files": {"README.md": "A model."},
    },
)
OPENAPI = """
import json, pathlib, sys
from api.app import create_app
from tests.contract.rest_read_model import services
print(json.dumps(create_app(services(pathlib.Path(sys.argv[1]))).openapi()))
"""
PAGES = """
import json
from tests.tools.write_docs import POLICIES, pages, policies_page
told = {str(place): text for place, text in pages().items()}
print(json.dumps(told | {"policies": policies_page(POLICIES.read_text("utf-8"))}))
"""


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Grafted:
    folder = tmp_path_factory.mktemp("grafted")
    made = Grafted(folder)
    made.add("graph/compliance/checks/greeting.py", CHECK)
    made.add("graph/catalogue/licences/greeted.toml", LICENCE)
    made.add("graph/catalogue/families/greeted.toml", FAMILY)
    herd = folder / "herd.jsonl"
    herd.write_text("".join(json.dumps(one) + "\n" for one in HERD), "utf-8")
    made.herdbook("import", str(herd))
    return made


def test_it_comes_after_the_others_and_leaves_their_order(product: Grafted) -> None:
    told = product.run("from graph.compliance.checks import CHECKS; print(*CHECKS)")
    assert told.split() == [*CHECKS, "greeting"]


def test_it_is_judged(product: Grafted) -> None:
    told = json.loads(product.herdbook("findings", "--check", "greeting", "--json"))
    by_id = {found["id"]: found for found in told}
    assert {one: found["outcome"] for one, found in by_id.items()} == {
        BASE: "unknown",
        CHILD: "review",
    }
    found = by_id[CHILD]
    assert (found["licence"], found["section"]) == ("greeted", "7")
    assert found["remedy"] == 'Write "Good morning!" on the card.'


def test_what_is_owed_before_a_release_has_its_text(product: Grafted) -> None:
    words = ("check", "--name", "acme/next", "--base", BASE, "--json")
    (duty,) = [
        d for d in json.loads(product.herdbook(*words))["duties"] if d["check"] == "greeting"
    ]
    assert (duty["todo"], duty["paste"]) == ("Begin the card with this line.", "Good morning!")


def test_rest_takes_it_and_says_so(product: Grafted, tmp_path: Path) -> None:
    document: dict[str, Any] = json.loads(product.run(OPENAPI, str(tmp_path)))
    told = document["paths"]["/v1/findings"]["get"]["parameters"]
    (check,) = [one for one in told if one["name"] == "check"]
    assert "greeting" in json.dumps(check["schema"])


def test_its_page_and_its_policy_are_written(product: Grafted) -> None:
    told = json.loads(product.run(PAGES))
    page = told[str(Path("checks", "greeting.md"))]
    assert "[Greeted Licence](../licences/greeted.md)" in page
    assert "> Greet whoever reads." in page
    assert "| review, by the policy `greeting_absent` | The card does not greet" in page
    row = "| `greeting_absent` | Nothing greets the reader. | review | failed | info |"
    assert row in page
    assert row in told["policies"]
