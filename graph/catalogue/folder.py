"""Folders of files that each declare one thing: found by being there, with no list beside them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib import import_module
from importlib.resources import files
from pkgutil import iter_modules
from types import ModuleType
from typing import Any


def modules(package: str) -> Iterator[ModuleType]:
    """Import the modules of a package, in order of name on every file system."""
    path = import_module(package).__path__
    for name in sorted(module.name for module in iter_modules(path)):
        yield import_module(f"{package}.{name}")


def toml(package: str, name: str) -> dict[str, Any]:
    """Read a TOML file that comes with a package."""
    return tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8"))


def tomls(folder: str) -> list[dict[str, Any]]:
    """Read all TOML files in a folder of the catalogue, in order of name."""
    names = sorted(path.name for path in files(__package__).joinpath(folder).iterdir())
    return [toml(__package__, f"{folder}/{name}") for name in names if name.endswith(".toml")]
