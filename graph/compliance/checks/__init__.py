"""Checks: one file per kind of duty, which declares it as ``CHECK``; the folder is read."""

from __future__ import annotations

from graph.catalogue.folder import modules
from graph.compliance.check import Check

_ALL: list[Check] = [module.CHECK for module in modules(__name__)]
CHECKS = {check.id: check for check in sorted(_ALL, key=lambda one: (one.order, one.id))}
