"""A folder of files that each declare one thing: found by being there, with no list beside them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


def modules(package: str) -> Iterator[ModuleType]:
    """Import the modules of a package, in order of name on every file system."""
    path = import_module(package).__path__
    for name in sorted(module.name for module in iter_modules(path)):
        yield import_module(f"{package}.{name}")
