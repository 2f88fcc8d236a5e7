"""The page on operations names commands, settings and files that exist."""

from __future__ import annotations

import re

import pytest
import yaml
from typer.testing import CliRunner

from herdbook.cli import app
from herdbook.wiring.settings import Settings
from tests.places import ROOT

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
CODE = "\n".join(re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) + re.findall(r"`([^`\n]+)`", PAGE))
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))

# Our command as a person types it, and as the arguments of a container of our image.
OURS = [
    line.split("#")[0].split()
    for line in re.findall(r"^(?:.*exec scheduler )?herdbook ([a-z].*)$", CODE, re.MULTILINE)
    + re.findall(r"docker compose run .* scheduler ([a-z].*)$", CODE, re.MULTILINE)
]


def test_enough_is_found() -> None:
    assert {words[0] for words in OURS} == {"build", "copy", "doctor", "import"}
    assert len(OURS) > 8


@pytest.mark.parametrize("words", OURS, ids=" ".join)
def test_each_command_and_option_exists(words: list[str]) -> None:
    told = CliRunner().invoke(app, [words[0], "--help"])
    assert told.exit_code == 0
    for word in words[1:]:
        assert not word.startswith("--") or word in told.output


def test_each_setting_exists() -> None:
    known = {f"HERDBOOK_{name.upper()}" for name in Settings.model_fields}
    named = set(re.findall(r"\bHERDBOOK_[A-Z_]+\b", PAGE))
    assert named
    assert named <= known
    neo4j = COMPOSE["services"]["neo4j"]["environment"]
    for name in re.findall(r"`(\w*memory_\w+)`", PAGE):
        assert f"NEO4J_{name.replace('max_size', 'max__size')}" in neo4j


def test_each_service_and_volume_exists() -> None:
    described = re.findall(r"^\| `(\w+)` \| ", PAGE.partition("## The first load")[0], re.MULTILINE)
    assert described == list(COMPOSE["services"])
    for volume in re.findall(r"`?\bherdbook_(postgres|neo4j)\b", PAGE):
        assert volume in COMPOSE["volumes"]
