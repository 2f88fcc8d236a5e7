"""The compose file, held against what can be checked without an engine.

tests/e2e/test_topology.py runs the same processes with the same commands and settings.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from typer.testing import CliRunner

from api.http.guards import MAX_BODY
from herdbook.cli import app
from herdbook.wiring.settings import Settings
from tests.places import ROOT
from tests.services import jars, neo4j, topology

FILE = ROOT / "docker-compose.yml"
TEXT = FILE.read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if service["image"].startswith("herdbook:")]
WITHOUT_HEALTH = {
    "migrate": "ends, and its exit code is waited for",
    "scheduler": "answers nobody: it runs or it does not",
}
CONDITIONS = {"service_started", "service_healthy", "service_completed_successfully"}
HUB = {"HF_ENDPOINT", "HF_TOKEN", "HF_TOKEN_PATH"}
each = pytest.mark.parametrize("name", SERVICES)


def _conforms(file: Path) -> bool:
    """Tell whether a file is right by the schema of the Compose specification."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run([*command, str(file)], capture_output=True, check=False)
    assert done.returncode in {0, 1}, done.stderr
    return done.returncode == 0


def test_it_is_right_by_the_compose_specification(tmp_path: Path) -> None:
    assert _conforms(FILE)
    broken = tmp_path / "docker-compose.yml"
    broken.write_text(TEXT.replace("mem_limit:", "memory_limit:"), encoding="utf-8")
    assert not _conforms(broken)


def test_the_services_are_those_that_the_documentation_names() -> None:
    assert set(SERVICES) == {"postgres", "neo4j", "migrate", "api", "scheduler", "proxy"}
    assert SERVICES["api"]["deploy"] == {"replicas": 2}


@each
def test_images_are_pinned_to_a_version_and_memory_is_limited(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+:\d+\.\d+(\.\d+)?(-[a-z]+)?", SERVICES[name]["image"])
    assert re.fullmatch(r"\d+[mg]", SERVICES[name]["mem_limit"])


def test_the_tests_run_the_neo4j_that_is_named() -> None:
    assert SERVICES["neo4j"]["image"] == f"neo4j:{jars.VERSION}-community"


@each
def test_volumes_networks_secrets_and_configs_are_declared(name: str) -> None:
    service = SERVICES[name]
    volumes = {volume.partition(":")[0] for volume in service.get("volumes", [])}
    assert volumes <= COMPOSE["volumes"].keys()
    assert set(service["networks"]) <= COMPOSE["networks"].keys()
    assert set(service.get("secrets", [])) <= COMPOSE["secrets"].keys()
    assert {one["source"] for one in service.get("configs", [])} <= COMPOSE["configs"].keys()


def test_nothing_is_declared_that_nobody_uses_and_each_secret_is_told_how_to_make() -> None:
    used = {name for service in SERVICES.values() for name in service.get("secrets", [])}
    assert used == COMPOSE["secrets"].keys()
    for name, secret in COMPOSE["secrets"].items():
        assert secret == {"file": f"./secrets/{name}"}
        assert re.search(rf"^#   .*secrets/{name}\b", TEXT, re.MULTILINE)
    assert all((ROOT / config["file"]).is_file() for config in COMPOSE["configs"].values())


@each
def test_what_is_waited_for_exists_and_can_come_about(name: str) -> None:
    for other, wait in SERVICES[name].get("depends_on", {}).items():
        assert wait["condition"] in CONDITIONS
        if wait["condition"] == "service_healthy":
            assert SERVICES[other]["healthcheck"]["test"]
        if wait["condition"] == "service_completed_successfully":
            assert SERVICES[other]["restart"] == "no"


@each
def test_each_tells_whether_it_is_well_or_cannot(name: str) -> None:
    check = SERVICES[name].get("healthcheck")
    assert (check is None) == (name in WITHOUT_HEALTH)
    if check:
        assert check["test"][0] == "CMD"
        assert check["interval"]
        assert check["timeout"]


@each
def test_each_starts_again_unless_it_is_to_end(name: str) -> None:
    assert SERVICES[name]["restart"] == ("no" if name == "migrate" else "unless-stopped")


def test_only_the_proxy_is_published_and_to_this_machine_alone_unless_told() -> None:
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published == {"proxy": ["${PUBLISH:-127.0.0.1:8000}:8080"]}


def test_only_what_must_has_a_way_out() -> None:
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    outside = {name for name, service in SERVICES.items() if "outside" in service["networks"]}
    assert outside == {"scheduler", "proxy"}  # it asks the Hub; it is published


def test_no_secret_stands_in_the_file() -> None:
    for service in SERVICES.values():
        for key, value in service["environment"].items():
            assert not re.search("PASSWORD|TOKEN|SECRET|AUTH", key) or value.startswith(
                "/run/secrets/"
            )
            assert not re.search(r"://[^/@]*:[^/@]*@", value)


@pytest.mark.parametrize("name", [*OURS, "proxy"])
def test_what_can_may_do_little(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", OURS)
def test_the_commands_and_options_are_in_the_help(name: str) -> None:
    command, *rest = SERVICES[name]["command"]
    group = typer.main.get_command(app)
    told = CliRunner().invoke(app, [command, "--help"])
    assert command in group.list_commands(None)  # type: ignore[attr-defined]  # a group of commands
    assert told.exit_code == 0
    for option in rest:
        if option.startswith("--"):
            assert option in told.output


@pytest.mark.parametrize("name", OURS)
def test_the_settings_and_the_secrets_are_in_the_settings(name: str) -> None:
    known = {f"HERDBOOK_{field.upper()}" for field in Settings.model_fields} | HUB
    assert SERVICES[name]["environment"].keys() <= known
    files = {secret.upper() for secret in SERVICES[name]["secrets"]} - {"HF_TOKEN"}
    assert files <= known


def test_the_database_is_the_one_that_is_made() -> None:
    told = SERVICES["postgres"]["environment"]
    url = SERVICES["api"]["environment"]["HERDBOOK_DATABASE_URL"]
    assert url == f"postgresql://{told['POSTGRES_USER']}@postgres:5432/{told['POSTGRES_DB']}"


def test_neo4j_is_set_as_the_page_on_the_console_says() -> None:
    page = (ROOT / "docs" / "console.md").read_text(encoding="utf-8")
    told = re.findall(r"^((?:db|dbms|internal)\.\S+?)=(\S+)", page, re.MULTILINE)
    assert len(told) > 5
    settings = {name.replace("__", "."): v for name, v in topology.neo4j_settings().items()}
    assert set(told) <= settings.items()


def test_the_processes_of_the_console_fit_into_the_memory() -> None:
    api = SERVICES["api"]
    beside = 4 * int(api["environment"]["HERDBOOK_CYPHER_MEMORY"])
    assert api["mem_limit"] == "2g"
    assert beside <= 1024


def test_the_proxy_waits_for_the_console_and_takes_what_the_api_takes() -> None:
    config = (ROOT / "api" / "proxy.cfg").read_text(encoding="utf-8")
    seconds = re.search(r"^  timeout server (\d+)s$", config, re.MULTILINE)
    assert seconds
    assert float(seconds[1]) >= 2 * Settings.model_fields["cypher_seconds"].default
    assert f"{{ req.hdr_val(content-length) gt {MAX_BODY} }}" in config
    named = set(re.findall(r"\$\{(\w+)\}", config))
    assert named == SERVICES["proxy"]["environment"].keys()


def test_the_image_runs_as_nobody_in_particular_and_from_the_lock() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    images = [line.split()[1] for line in lines if line.startswith("FROM ")]
    assert re.fullmatch(r"python:\d+\.\d+\.\d+-slim-\w+", images[0])
    assert set(images[1:]) <= {"base", "tools"}
    assert any(line.startswith("USER ") for line in lines)
    assert all("--frozen" in line for line in lines if "uv sync" in line)


def test_the_tests_own_neo4j_has_the_same_share_of_its_heap(tmp_path: Path) -> None:
    told = topology.neo4j_settings()
    made = neo4j.Neo4j(tmp_path, told["server__memory__heap__max_size"], None)
    made.write_settings()
    conf = (tmp_path / "conf" / "neo4j.conf").read_text("utf-8").splitlines()
    for name, shipped in (
        ("db.memory.transaction.max", "512m"),
        ("dbms.memory.transaction.total.max", "1g"),
        ("db.transaction.monitor.check.interval", "500ms"),
    ):
        assert told[name.replace(".", "__")] == shipped
        assert f"{name}={shipped.replace('1g', '1024m')}" in conf
