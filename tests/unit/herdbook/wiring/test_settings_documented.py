"""The page on the settings names each of them with its default, and no other."""

from __future__ import annotations

import re

from herdbook.wiring.settings import Settings
from tests.places import ROOT

PAGE = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
ROWS: dict[str, str] = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", PAGE, re.MULTILINE))
OF_THE_HUB = {"HF_ENDPOINT", "HF_TOKEN", "HF_TOKEN_PATH"}


def test_every_setting_has_its_row_and_every_row_its_setting() -> None:
    fields = {f"HERDBOOK_{name.upper()}" for name in Settings.model_fields}
    assert ROWS.keys() == fields | OF_THE_HUB


def test_the_defaults_are_those_of_the_code() -> None:
    for name, field in Settings.model_fields.items():
        if field.default:  # an empty one stands for a path in the home, or for nothing
            default = f"{field.default:g}" if isinstance(field.default, float) else field.default
            assert f"`{default}`" in ROWS[f"HERDBOOK_{name.upper()}"]
