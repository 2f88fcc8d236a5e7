"""Checks: one file per kind of duty. Adding one is writing its file and naming it here."""

from __future__ import annotations

from graph.compliance.case import Check
from graph.compliance.checks import (
    built_with,
    eu_multimodal,
    licence_copy,
    licence_tag,
    name_prefix,
    non_commercial,
    notice_file,
    outputs_training,
    use_policy,
    user_threshold,
)

CHECKS: dict[str, Check] = {
    "name-prefix": name_prefix.check,
    "licence-tag": licence_tag.check,
    "licence-copy": licence_copy.check,
    "built-with": built_with.check,
    "notice-file": notice_file.check,
    "use-policy": use_policy.check,
    "outputs-training": outputs_training.check,
    "non-commercial": non_commercial.check,
    "user-threshold": user_threshold.check,
    "eu-multimodal": eu_multimodal.check,
}
