"""Checks: one file per kind of duty. Adding one is writing its file and naming it here."""

from __future__ import annotations

from graph.compliance.case import Check
from graph.compliance.checks import licence_tag, name_prefix, pending

CHECKS: dict[str, Check] = {
    "name-prefix": name_prefix.check,
    "licence-tag": licence_tag.check,
    "licence-copy": pending.check,
    "built-with": pending.check,
    "notice-file": pending.check,
    "use-policy": pending.check,
    "outputs-training": pending.check,
    "non-commercial": pending.check,
    "user-threshold": pending.check,
    "eu-multimodal": pending.check,
}
