"""`herdbook check` as scripts and CI call it: exit codes, folder, file of many, baseline, SARIF."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.e2e.running import run, told
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
    failed = run(home, "check", "--name", "x", "--base", LLAMA, "--license", "mit", code=1)
    assert failed.splitlines()[0] == "2 duties are failed: name-prefix, licence-tag"
    assert "    license: llama3.1" in failed.splitlines()
    good = run(home, "check", "--name", "Llama-x", "--base", LLAMA, "--license", "llama3.1")
    assert good.startswith("Nothing is failed; not known yet: ")


def test_no_base_is_a_matter_of_usage_that_says_what_to_give(home: Path, tmp_path: Path) -> None:
    for more in ((), ("--folder", str(folder_of(tmp_path, README_md="# A model\n")))):
        done = told(home, "check", "--name", "x", *more)
        assert done.returncode == 2
        said = " ".join(done.stderr.replace("│", " ").split())
        assert "--base ID" in said
        assert "--from-scratch" in said
    assert run(home, "check", "--name", "x", "--from-scratch").startswith("Nothing stands in the")


@pytest.mark.parametrize(
    ("arguments", "worst"),
    [
        (("acme/support",), "failed"),
        ((LLAMA,), ""),
        (("--name", "x", "--base", LLAMA, "--license", "mit"), "failed"),
        (("--name", "x", "--base", LLAMA, "--relation", "quantized"), "review"),
        (("--name", "Llama-x", "--base", LLAMA, "--license", "llama3.1"), "unknown"),
        (("--name", "x", "--base", "nobody/thing"), "unknown"),
        (("--name", "x", "--from-scratch"), ""),
    ],
)
def test_a_run_stops_from_the_outcome_on_that_is_asked_for(
    home: Path, arguments: tuple[str, ...], worst: str
) -> None:
    levels = ("failed", "review", "unknown")
    for level in levels:
        stops = bool(worst) and levels.index(worst) <= levels.index(level)
        run(home, "check", *arguments, "--fail-on", level, code=int(stops))
    run(home, "check", *arguments, code=int(worst == "failed"))


def test_what_nobody_could_resolve_is_the_first_line(home: Path, tmp_path: Path) -> None:
    plan = ("--name", "x", "--base", "nobody/thing", "--dataset", "no/where")
    first = run(home, "check", *plan).splitlines()[0]
    assert first.startswith("The base nobody/thing is not in the register: ")
    assert "no/where" in first
    out = tmp_path / "out.sarif"
    answer = checked(home, *plan, "--sarif", str(out), "--fail-on", "unknown", code=1)
    assert [one["reference"] for one in answer["unresolved"]] == [
        "nobody/thing",
        "datasets/no/where",
    ]
    (ran,) = json.loads(out.read_text(encoding="utf-8"))["runs"]
    errors = [one["ruleId"] for one in ran["results"] if one["level"] == "error"]
    assert errors.count("unresolved-reference") == 2
    before = tmp_path / "before.json"
    before.write_text(json.dumps(answer), encoding="utf-8")
    run(home, "check", *plan, "--fail-on", "unknown", "--baseline", str(before))


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
        ("--name", "x"),
        ("--name", "x", "--dataset", "acme/talk"),
        ("--name", "x", "--base", LLAMA, "--from-scratch"),
        ("--name", "x", "--base", LLAMA, "--fail-on", "info"),
        (LLAMA, "--from-scratch"),
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
                                  '{"name": "a", "bases": "b"}', '{"name": "a/b/c"}',
                                  '{"name": "a"}', '{"name": "a", "from_scratch": 1}'])  # fmt: skip
def test_a_line_that_is_no_plan_is_named(home: Path, tmp_path: Path, line: str) -> None:
    path = tmp_path / "plans.jsonl"
    path.write_text('{"name": "a", "from_scratch": true}\n' + line, encoding="utf-8")
    done = told(home, "check", "--file", str(path))
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{path}:2: " in done.stderr


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
        assert f"--{name}" in script["run"]
        variable = f"INPUT_{name.upper().replace('-', '_')}"
        assert script["env"][variable] == f"${{{{ inputs.{name} }}}}"
    assert "${{" not in script["run"]  # what comes from outside is no part of a script
