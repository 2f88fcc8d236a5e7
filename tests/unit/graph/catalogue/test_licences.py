"""The licence files: their fields, and their quotes against the texts themselves."""

import json
import os
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.compliance.checks import CHECKS
from tests.places import ROOT

SHARED = Path(os.environ.get("HERDBOOK_SHARED", ROOT.parent / "shared")) / "licences"
FOLDER = ROOT / "graph" / "catalogue" / "licences"
LICENCES: dict[str, dict[str, Any]] = {
    path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml"))
}
HEAD = {"hub_ids": list, "names": list, "links": list, "released": date} | dict.fromkeys(
    ("id", "title", "kind", "url", "source", "notes"), str
)
OPTIONAL = {"scancode", "hub_listed", "same_terms_as", "shared", "grant", "obligation"}
DUTY = {"triggers": list} | dict.fromkeys(("check", "section", "quote", "quote_source"), str)
DUTIES = [
    pytest.param(key, duty, id=f"{key}-{duty['check']}")
    for key, one in LICENCES.items()
    for duty in one.get("obligation", [])
]
each_duty = pytest.mark.parametrize(("key", "duty"), DUTIES)


def folded(text: str) -> str:
    """Normalise a text as ``clauses.json`` says, the Markdown of the newer texts included."""
    text = text.translate(str.maketrans("\u00a0\u201c\u201d\u2018\u2019", " \"\"''"))
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text.replace("**", "").replace("\\", ""))
    return " ".join(re.sub(r"-[ \t]*\n\s*", "-", text).split())


def shared_json(name: str) -> Any:
    if not SHARED.is_dir():
        pytest.skip(f"no licence texts at {SHARED} (HERDBOOK_SHARED)")
    return json.loads((SHARED / name).read_text("utf-8"))


def text_of(key: str, part: str) -> str:
    told = {one["id"]: one for one in shared_json("clauses.json")["licences"]}
    if key not in told:
        pytest.skip(f"no text of {key} at {SHARED}")
    return folded((SHARED / told[key][part]).read_text("utf-8"))


@pytest.mark.parametrize("key", LICENCES)
def test_head(key: str) -> None:
    one = LICENCES[key]
    assert [field for field, kind in HEAD.items() if type(one.get(field)) is not kind] == []
    assert set(one) <= set(HEAD) | OPTIONAL
    assert one["id"] == key
    assert one["kind"] in {"open-weight", "non-commercial"}
    assert ("hub_listed" in one) == bool(one["hub_ids"])
    assert all(name == re.sub(r"[^a-z0-9.]+", "-", name).strip("-") for name in one["names"])
    assert all(link == link.lower() for link in one["links"])


@pytest.mark.parametrize("key", LICENCES)
def test_terms_stand_in_the_file_or_are_those_of_another(key: str) -> None:
    one = LICENCES[key]
    if "same_terms_as" in one:
        assert "obligation" in LICENCES[one["same_terms_as"]]
        assert not {"grant", "obligation"} & set(one)
        return
    assert set(one["grant"]) == {"section", "quote"}
    checks = [duty["check"] for duty in one["obligation"]]
    assert len(checks) == len(set(checks))
    assert {"licence-tag", "licence-copy", "notice-file"} <= set(checks)


@each_duty
def test_duty(key: str, duty: dict[str, Any]) -> None:
    assert [field for field, kind in DUTY.items() if type(duty.get(field)) is not kind] == []
    assert set(duty) <= set(DUTY) | {"required", "note"}
    assert duty["check"] in CHECKS
    assert duty["quote_source"] in {"licence", "use-policy"}
    assert duty["triggers"] in (["weights"], ["weights", "outputs"])
    if duty["check"] in {"name-prefix", "built-with", "notice-file"}:
        assert duty["required"] in duty["quote"], key


def test_no_name_belongs_to_two_licences() -> None:
    names = [name for one in LICENCES.values() for name in one["names"]]
    assert len(names) == len(set(names))


@pytest.mark.shared
@each_duty
def test_quote_is_literal(key: str, duty: dict[str, Any]) -> None:
    part = "aup" if duty["quote_source"] == "use-policy" else "text"
    assert duty["quote"] in text_of(key, part)


@pytest.mark.shared
@pytest.mark.parametrize("key", [key for key, one in LICENCES.items() if "grant" in one])
def test_grant_is_literal(key: str) -> None:
    assert LICENCES[key]["grant"]["quote"] in text_of(key, "text")


@pytest.mark.shared
def test_a_link_to_an_official_repository_names_its_licence_alone() -> None:
    for row in shared_json("roster.json")["official"]:
        link = f"https://huggingface.co/{row['id']}/blob/main/LICENSE".lower()
        named = {key for key, one in LICENCES.items() if any(x in link for x in one["links"])}
        assert named == {row["licence"]} & set(LICENCES), row["id"]


@pytest.mark.shared
def test_every_hub_tag_of_llama_is_listed_with_its_day() -> None:
    for tag in shared_json("hub_licences.json")["llama_tags"]:
        one = LICENCES[tag["id"]]
        assert one["hub_ids"] == [tag["id"]]
        assert one["hub_listed"] == date.fromisoformat(tag["listed_since"])
