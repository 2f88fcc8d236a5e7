"""The compose file, held against what can be checked without an engine."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from typer.testing import CliRunner

from herdbook.cli import app
from herdbook.settings import Settings

ROOT = Path(__file__).parents[2]
FILE = ROOT / "docker-compose.yml"
KNOWN = {
    "build", "cap_drop", "command", "depends_on", "entrypoint", "environment", "healthcheck",
    "image", "mem_limit", "networks", "ports", "read_only", "restart", "secrets", "security_opt",
    "shm_size", "tmpfs", "volumes",
}  # fmt: skip
CONDITIONS = {"service_started", "service_healthy", "service_completed_successfully"}

COMPOSE: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if service["image"].startswith("herdbook:")]
SERVERS = ["postgres", "api"]
each = pytest.mark.parametrize("name", SERVICES)


def test_the_services_are_those_that_the_documentation_names() -> None:
    assert set(SERVICES) == {"postgres", "migrate", "api", "scheduler"}


@each
def test_every_key_is_one_that_compose_knows(name: str) -> None:
    assert SERVICES[name].keys() <= KNOWN


@each
def test_images_are_pinned_to_a_version_and_memory_is_limited(name: str) -> None:
    assert re.fullmatch(r"[a-z]+:\d+(\.\d+)+(-[a-z]+)?", SERVICES[name]["image"])
    assert re.fullmatch(r"\d+[mg]", SERVICES[name]["mem_limit"])


@each
def test_volumes_networks_and_secrets_are_declared(name: str) -> None:
    service = SERVICES[name]
    assert {volume.partition(":")[0] for volume in service["volumes"]} <= COMPOSE["volumes"].keys()
    assert set(service["networks"]) <= COMPOSE["networks"].keys()
    assert set(service["secrets"]) <= COMPOSE["secrets"].keys()


@each
def test_what_is_waited_for_exists_and_can_come_about(name: str) -> None:
    for other, wait in SERVICES[name].get("depends_on", {}).items():
        assert wait["condition"] in CONDITIONS
        if wait["condition"] == "service_healthy":
            assert SERVICES[other]["healthcheck"]["test"]
        if wait["condition"] == "service_completed_successfully":
            assert SERVICES[other]["restart"] == "no"


@pytest.mark.parametrize("name", SERVERS)
def test_servers_tell_whether_they_are_well(name: str) -> None:
    check = SERVICES[name]["healthcheck"]
    assert check["test"][0] == "CMD"
    assert check["interval"]
    assert check["timeout"]


def test_only_the_api_is_published_and_to_this_machine_alone() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert list(published) == ["api"]
    assert all(port.startswith("127.0.0.1:") for port in published["api"])


def test_the_database_is_on_a_network_without_a_way_out() -> None:
    assert SERVICES["postgres"]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}


def test_one_service_writes_the_graph_while_it_is_served() -> None:
    writers = [name for name in OURS if "graph:/data" in SERVICES[name]["volumes"]]
    assert [name for name in writers if SERVICES[name]["restart"] != "no"] == ["scheduler"]


def test_no_secret_stands_in_the_file() -> None:
    for name in SERVICES:
        for key, value in SERVICES[name]["environment"].items():
            assert not re.search("PASSWORD|TOKEN|SECRET", key) or key.endswith("_FILE")
            assert not re.search(r"://[^/@]*:[^/@]*@", value)


@pytest.mark.parametrize("name", OURS)
def test_our_services_may_do_little(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", OURS)
def test_the_commands_and_options_are_in_the_help(name: str) -> None:
    command, *rest = SERVICES[name]["command"]
    group = typer.main.get_command(app)
    told = CliRunner().invoke(app, [command, "--help"])
    assert command in group.list_commands(None)  # type: ignore[attr-defined]
    assert told.exit_code == 0
    for option in rest:
        if option.startswith("--"):
            assert option in told.output


@pytest.mark.parametrize("name", OURS)
def test_the_settings_are_in_the_settings(name: str) -> None:
    known = {f"HERDBOOK_{field.upper()}" for field in Settings.model_fields}
    assert SERVICES[name]["environment"].keys() <= known


def test_the_image_runs_as_nobody_in_particular_and_from_the_lock() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    images = [line.split()[1] for line in lines if line.startswith("FROM ")]
    assert re.fullmatch(r"python:\d+\.\d+\.\d+-slim-\w+", images[0])
    assert set(images[1:]) <= {"base", "tools"}
    assert any(line.startswith("USER ") for line in lines)
    assert all("--frozen" in line for line in lines if "uv sync" in line)
