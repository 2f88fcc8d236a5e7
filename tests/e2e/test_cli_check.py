"""`herdbook check` as scripts and CI call it: exit codes, folder, file of many, baseline, SARIF."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.e2e.running import run
from tests.home import LLAMA
from tests.places import ROOT

ACTION = ROOT / "action.yml"
NOTICE = (
    "Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright © Meta Platforms, "
    "Inc. All Rights Reserved."
)


def checked(home: Path, *arguments: str, code: int = 0) -> Any:
    return json.loads(run(home, "check", *arguments, "--json", code=code))


def folder_of(tmp_path: Path, **files: str) -> Path:
    made = tmp_path / "model"
    made.mkdir()
    for name, text in files.items():
        (made / name.replace("_", ".")).write_text(text, encoding="utf-8")
    (made / "model.safetensors").write_bytes(b"\xff\x00")
    return made


def test_the_answer_begins_with_its_verdict(home: Path) -> None:
    told = run(home, "check", "--name", "x", "--base", LLAMA, "--license", "mit", code=1)
    assert told.splitlines()[0] == "2 duties are failed: name-prefix, licence-tag"
    assert "    license: llama3.1" in told.splitlines()
    good = run(home, "check", "--name", "Llama-x", "--base", LLAMA, "--license", "llama3.1")
    assert good.startswith("Nothing stands in the way")


def test_an_id_is_judged_as_before(home: Path) -> None:
    told = checked(home, "acme/support", code=1)
    assert told["outcome"] == "failed"
    assert checked(home, LLAMA)["outcome"] != "failed"


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        (LLAMA, "--name", "x"),
        ("--base", LLAMA),
        (LLAMA, "--base", LLAMA),
        ("--name", "a/b/c"),
        ("--name", "x", "--base", LLAMA, "--relation", "cousin"),
        ("--name", "x", "--folder", "/nowhere"),
    ],
)
def test_what_makes_no_sense_is_a_matter_of_usage(home: Path, arguments: tuple[str, ...]) -> None:
    run(home, "check", *arguments, code=2)


@pytest.mark.shared
def test_a_folder_with_all_that_is_owed_passes(home: Path, tmp_path: Path, shared: Path) -> None:
    (agreement,) = (shared / "licences" / "texts").glob("*3[._]1*LICENSE*")
    card = f"---\nlicense: llama3.1\nbase_model: {LLAMA}\n---\nBuilt with Llama\n"
    text = agreement.read_text(encoding="utf-8")
    folder = folder_of(tmp_path, README_md=card, LICENSE=text, NOTICE=NOTICE)
    told = checked(home, "--name", "acme/Llama-x", "--folder", str(folder))
    outcomes = {f["check"]: f["outcome"] for f in told["findings"]}
    owed = ("name-prefix", "licence-tag", "licence-copy", "built-with", "notice-file")
    assert [outcomes[check] for check in owed] == ["passed"] * 5
    assert told["verdict"] == "Nothing stands in the way"


def test_a_folder_without_a_copy_fails_and_the_base_comes_from_its_card(
    home: Path, tmp_path: Path
) -> None:
    card = f"---\nlicense: llama3.1\nbase_model: {LLAMA}\n---\n"
    folder = folder_of(tmp_path, README_md=card)
    told = checked(home, "--name", "Llama-x", "--folder", str(folder), code=1)
    assert told["failed"] == ["licence-copy"]


def test_only_what_is_new_fails_beside_a_baseline(home: Path, tmp_path: Path) -> None:
    plan = ("--name", "x", "--base", LLAMA)
    before = tmp_path / "before.json"
    before.write_text(json.dumps(checked(home, *plan, code=1)), encoding="utf-8")
    same = checked(home, *plan, "--baseline", str(before))
    assert (same["failed"], same["known"]) == ([], ["name-prefix"])
    more = checked(home, *plan, "--license", "mit", "--baseline", str(before), code=1)
    assert (more["failed"], more["known"]) == (["licence-tag"], ["name-prefix"])
    before.write_text("{}", encoding="utf-8")
    run(home, "check", *plan, "--baseline", str(before), code=1)


def test_a_baseline_of_an_id_holds_too(home: Path, tmp_path: Path) -> None:
    before = tmp_path / "before.json"
    before.write_text(json.dumps(checked(home, "acme/support", code=1)), encoding="utf-8")
    run(home, "check", "acme/support", "--baseline", str(before))


def test_many_are_answered_a_line_each(home: Path, tmp_path: Path) -> None:
    plans = [
        {"name": "Llama-a", "bases": [LLAMA], "license": "llama3.1"},
        {"name": "b", "bases": [LLAMA], "datasets": ["acme/talk"], "relation": "quantized"},
        {"name": "c", "bases": [LLAMA], "license": "mit"},
    ]
    path = tmp_path / "plans.jsonl"
    path.write_text("\n".join(map(json.dumps, plans)), encoding="utf-8")
    lines = run(home, "check", "--file", str(path), "--jsonl", code=1).splitlines()
    assert [json.loads(line)["failed"] for line in lines] == [
        [],
        [],
        ["name-prefix", "licence-tag"],
    ]
    people = run(home, "check", "--file", str(path), code=1).splitlines()
    assert [line.partition(":")[0] for line in people] == ["Llama-a", "b", "c"]


@pytest.mark.parametrize("line", ["{", "[]", '{"name": 1}', '{"name": "a", "base": "b"}',
                                  '{"name": "a", "bases": "b"}', '{"name": "a/b/c"}'])  # fmt: skip
def test_a_line_that_is_no_plan_is_named(home: Path, tmp_path: Path, line: str) -> None:
    path = tmp_path / "plans.jsonl"
    path.write_text('{"name": "a"}\n' + line, encoding="utf-8")
    assert run(home, "check", "--file", str(path), code=1) == ""


def test_sarif_names_the_card_of_the_folder(home: Path, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, README_md="none")
    out = tmp_path / "out.sarif"
    plan = ("--name", "x", "--base", LLAMA, "--folder", str(folder))
    run(home, "check", *plan, "--sarif", str(out), code=1)
    (ran,) = json.loads(out.read_text(encoding="utf-8"))["runs"]
    places = {
        one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in ran["results"]
    }
    assert {place.rpartition("/")[2] for place in places} == {"README.md"}
    assert {"error", "note"} <= {one["level"] for one in ran["results"]}


def test_the_action_calls_the_command_with_every_input() -> None:
    told = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
    script = told["runs"]["steps"][-1]
    assert told["runs"]["using"] == "composite"
    for name in told["inputs"]:
        assert f"--{name}=" in script["run"]
        assert script["env"][f"INPUT_{name.upper()}"] == f"${{{{ inputs.{name} }}}}"
    assert "${{" not in script["run"]  # what comes from outside is no part of a script
