"""What tests of the command line share."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.running import run
from tests.home import LLAMA, model


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home that holds a Llama model and one made from it under another licence."""
    folder = tmp_path_factory.mktemp("home")
    lines = [
        model(LLAMA, licence="llama3.1"),
        model("acme/support", f"finetune:{LLAMA}", licence="mit"),
    ]
    (folder / "hub.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    run(folder / "home", "import", str(folder / "hub.jsonl"))
    return folder / "home"
