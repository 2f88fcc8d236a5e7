"""The command that lists the settings with the values in force, secrets aside."""

from __future__ import annotations

import os

from huggingface_hub import get_token
from pydantic import SecretStr

from herdbook.commands.options import AsJson
from herdbook.output import terminal
from herdbook.wiring.settings import Settings, load

COLUMNS = ("name", "value", "about")
OF_THE_HUB = {  # what the Hub's own library reads
    "HF_ENDPOINT": "The Hub's address.",
    "HF_TOKEN": "A token for the Hub, for more requests and gated repositories.",
    "HF_TOKEN_PATH": "A file with that token, in the place of HF_TOKEN.",
}


def settings(as_json: AsJson = False) -> None:
    """List the settings with the values in force; of a secret, whether it is set."""
    chosen, token = load(), "set" if get_token() else None
    rows = [
        (f"HERDBOOK_{name.upper()}", _shown(chosen, name), field.description)
        for name, field in Settings.model_fields.items()
    ]
    for name, about in OF_THE_HUB.items():
        rows.append((name, token if name == "HF_TOKEN" else os.environ.get(name), about))
    told = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    terminal.answer(told, lambda _: terminal.table(COLUMNS, rows), as_json)


def _shown(chosen: Settings, name: str) -> str | None:
    """Return a setting's value without the secret that it is, or that a URL holds."""
    value = {"database_url": chosen.database, "graph_url": chosen.graph}.get(name)
    value = getattr(chosen, name) if value is None else value
    if isinstance(value, SecretStr):
        return "set" if value.get_secret_value() else None
    if value is None:
        return None
    head, at, tail = str(value).rpartition("@")
    if not at or "://" not in head:
        return str(value)
    scheme, _, user = head.partition("://")
    hidden = ":***" if ":" in user else ""
    return f"{scheme}://{user.partition(':')[0]}{hidden}@{tail}"
