"""The command that lists the settings with the values in force, secrets aside."""

from __future__ import annotations

import os

import typer
from huggingface_hub import get_token
from pydantic import SecretStr

from herdbook.commands.options import AsJson
from herdbook.output import terminal
from herdbook.wiring.settings import Settings, load

Row = dict[str, str | None]


def add_to(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command("settings")(settings)


def settings(as_json: AsJson = False) -> None:
    """List the settings with the values in force; of a secret, whether it is set."""
    rows = [*_ours(load()), *_of_the_hub()]
    if as_json:
        terminal.json(rows)
        return
    columns = ("name", "value", "about")
    terminal.table(columns, terminal.rows(rows, columns))


def _ours(chosen: Settings) -> list[Row]:
    return [
        {
            "name": f"HERDBOOK_{name.upper()}",
            "value": _shown(chosen, name),
            "about": field.description,
        }
        for name, field in Settings.model_fields.items()
    ]


def _of_the_hub() -> list[Row]:
    """Return what the Hub's own library reads."""
    return [
        {
            "name": "HF_ENDPOINT",
            "value": os.environ.get("HF_ENDPOINT"),
            "about": "The Hub's address.",
        },
        {
            "name": "HF_TOKEN",
            "value": "set" if get_token() else None,
            "about": "A token for the Hub, for more requests and gated repositories.",
        },
        {
            "name": "HF_TOKEN_PATH",
            "value": os.environ.get("HF_TOKEN_PATH"),
            "about": "A file with that token, in the place of HF_TOKEN.",
        },
    ]


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
