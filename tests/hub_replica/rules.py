"""The beliefs about the real Hub that the replica answers by, each one of which can be switched.

The defaults stand in ``rules.toml``, with the source of each.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

DEFAULTS = Path(__file__).with_name("rules.toml")

Names = tuple[str, ...]
Tiers = tuple[int, int, int]
"""A number each for the anonymous, a token and a PRO token."""
Missing = Literal["401 words", "401 bare", "404 code", "404 bare", "403"]
Asked = Literal["yes", "refused", "ignored", "empty"]


def _read(path: Path) -> dict[str, Any]:
    """Read a file of rules; ValueError says what is wrong with it."""
    try:
        read = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise ValueError(f"{path}: {problem}") from None
    return {name: tuple(v) if isinstance(v, list) else v for name, v in read.items()}


_SAID = _read(DEFAULTS)


@dataclass(frozen=True)
class Rules:
    """What the replica does wherever the real Hub could do otherwise; the names are the file's."""

    list_models_expand: Names = _SAID["list_models_expand"]
    list_datasets_expand: Names = _SAID["list_datasets_expand"]
    one_model_expand: Names = _SAID["one_model_expand"]
    one_dataset_expand: Names = _SAID["one_dataset_expand"]
    list_refuses: Names = _SAID["list_refuses"]
    one_refuses: Names = _SAID["one_refuses"]
    unknown_expand: Literal["refuse", "ignore"] = _SAID["unknown_expand"]
    refusal_names_options: bool = _SAID["refusal_names_options"]
    expand_spelling: Literal["both", "plain", "brackets"] = _SAID["expand_spelling"]

    max_limit: int = _SAID["max_limit"]
    over_max_limit: Literal["clamp", "refuse"] = _SAID["over_max_limit"]
    next_link: Literal["link", "missing", "relative", "other-host", "same-cursor", "malformed"] = (
        _SAID["next_link"]
    )
    cursor_ends_after: int = _SAID["cursor_ends_after"]
    cursor_expires: float = _SAID["cursor_expires"]
    duplicates: int = _SAID["duplicates"]
    list_shape: Literal["array", "object"] = _SAID["list_shape"]
    rows_missing_id: int = _SAID["rows_missing_id"]
    rows_missing__id: int = _SAID["rows_missing__id"]
    rows_null: int = _SAID["rows_null"]
    sorts: Names = _SAID["sorts"]
    sort: Literal["followed", "ignored"] = _SAID["sort"]
    direction: Literal["descending", "both", "refused"] = _SAID["direction"]
    private_rows: Literal["to a token", "to anyone", "to nobody"] = _SAID["private_rows"]
    created_at_floor: str = _SAID["created_at_floor"]
    sha_sent: bool = _SAID["sha_sent"]
    disabled_form: Literal["boolean", "text"] = _SAID["disabled_form"]

    filter_case: Literal["exact", "insensitive", "refused"] = _SAID["filter_case"]
    filter: Asked = _SAID["filter"]
    search: Asked = _SAID["search"]

    missing_repo_anonymous: Missing = _SAID["missing_repo_anonymous"]
    missing_repo_token: Missing = _SAID["missing_repo_token"]
    id_case: Literal["insensitive", "exact"] = _SAID["id_case"]
    rename_redirect: Literal[307, 301, 404] = _SAID["rename_redirect"]
    gated_detail: Literal[200, 401, 403] = _SAID["gated_detail"]
    disabled_detail: Literal[200, 403, 404] = _SAID["disabled_detail"]

    resolve: Literal["redirect", "direct", "other-host", "loop"] = _SAID["resolve"]
    resolve_status: Literal[307, 302] = _SAID["resolve_status"]
    second_hop_bucket: Literal["resolvers", "api", "none"] = _SAID["second_hop_bucket"]
    gated_status: Literal[401, 403, 404] = _SAID["gated_status"]
    gated_code: bool = _SAID["gated_code"]
    gated_readme_open: bool = _SAID["gated_readme_open"]
    disabled_files: Literal[403, 200, 404] = _SAID["disabled_files"]
    etag: Literal["blob", "other", "none"] = _SAID["etag"]
    commit_header: bool = _SAID["commit_header"]
    paths_info: Literal["yes", "404", "missing oid"] = _SAID["paths_info"]
    paths_info_max: int = _SAID["paths_info_max"]
    paths_info_form_max: int = _SAID["paths_info_form_max"]
    tree: Literal["yes", "404", "missing oid"] = _SAID["tree"]

    quota_api: Tiers = _SAID["quota_api"]
    quota_resolvers: Tiers = _SAID["quota_resolvers"]
    quota_pages: Tiers = _SAID["quota_pages"]
    quota_window: float = _SAID["quota_window"]
    ratelimit_headers: Literal["both", "none", "limit only", "policy only", "malformed"] = _SAID[
        "ratelimit_headers"
    ]
    over_limit_status: Literal[429, 503, 403] = _SAID["over_limit_status"]
    retry_after: Literal["none", "window"] | int = _SAID["retry_after"]

    api_content: Literal["json", "html"] = _SAID["api_content"]
    other_host: str = _SAID["other_host"]

    def __post_init__(self) -> None:
        """Refuse a value that no code would look for: it would switch nothing, silently."""
        for name, kind in _kinds().items():
            if not _fits(value := getattr(self, name), kind):
                raise ValueError(f"rule {name}: {value!r} is not {_words(kind)}")

    @classmethod
    def load(cls, path: Path) -> Rules:
        """Return the defaults with a file's rules in their place; ValueError says what is wrong."""
        return cls.of(_read(path))

    @classmethod
    def of(cls, rules: Mapping[str, Any]) -> Rules:
        """Return the defaults with these in their place; ValueError says what is wrong."""
        known = {field.name for field in fields(cls)}
        if unknown := sorted(set(rules) - known):
            raise ValueError(f"no such rule: {', '.join(unknown)}; the rules are in {DEFAULTS}")
        return cls(**rules)

    def expandable(self, kind: str, *, one: bool) -> Names:
        """Return the names that a list, or one repository, of a kind may be asked for."""
        sort = "models" if kind == "models" else "datasets"
        name = f"one_{sort[:-1]}_expand" if one else f"list_{sort}_expand"
        refused = self.one_refuses if one else self.list_refuses
        allowed: Names = getattr(self, name)
        return tuple(option for option in allowed if option not in refused)


def _kinds() -> dict[str, Any]:
    return get_type_hints(Rules)


def _fits(value: object, kind: Any) -> bool:
    """Say whether a value is of a kind; True is no number here, though Python takes it for one."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        return any(value == one and type(value) is type(one) for one in inner)
    if origin is UnionType or (len(inner) > 1 and origin is not tuple):
        return any(_fits(value, one) for one in inner)
    if origin is tuple:
        same = inner[-1] is Ellipsis or (isinstance(value, tuple) and len(value) == len(inner))
        return same and isinstance(value, tuple) and all(type(one) is inner[0] for one in value)
    numbers = (int, float) if kind is float else (kind,)
    return type(value) in numbers and (not isinstance(value, (int, float)) or value >= 0)


def _words(kind: Any) -> str:
    """Say in words what a rule may be."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        many = "" if inner[-1] is Ellipsis else f" of {len(inner)}"
        return f"a list{many} of {_words(inner[0])}"
    if origin is Literal:
        return " or ".join(map(repr, inner))
    if inner:
        return " or ".join(map(_words, inner))
    return {"bool": "true or false", "int": "a number", "float": "a number", "str": "a text"}[
        kind.__name__
    ]
