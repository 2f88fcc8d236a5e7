"""A command line that README or the docs show has the commands and options that it shows."""

from __future__ import annotations

import re

import typer

from herdbook.cli import app
from tests.places import ROOT

PAGES = [ROOT / "README.md", ROOT / "action.yml", *ROOT.glob("docs/**/*.md")]
_SHOWN = re.compile(r"herdbook ([a-z]+)((?: [^`|\n]*)?)")


def test_commands_and_options_that_are_shown_are_there() -> None:
    commands = typer.main.get_group(app).commands
    shown = [
        (name, set(re.findall(r"(?<![\w-])--[a-z][a-z0-9-]*", rest)))
        for page in PAGES
        for name, rest in _SHOWN.findall(page.read_text("utf-8"))
        if name in commands
    ]
    assert {name for name, _ in shown} >= {"findings", "check", "crawl", "cypher"}
    assert {"--check", "--outcome"} <= set().union(*(o for n, o in shown if n == "findings"))
    for name, options in shown:
        command = commands[name]
        many = getattr(command, "commands", {name: command}).values()
        known = {option for one in many for p in one.params for option in p.opts}
        assert options <= known | {"--help"}, name
