"""The form of a list's filters, made from how each is declared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

from pydantic.fields import FieldInfo

from graph.storage.filters.declaration import Choice, Filter, Filters


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of a form: a list to choose from where it has choices, else a text or a number."""

    name: str
    label: str
    kind: str
    now: Any
    hint: str
    choices: list[Choice]


def form(wanted: Filters) -> list[Asked]:
    """Return the fields of a list's form, filled in as it was asked for."""
    given = wanted.asked()
    return [
        _asked(name, field, one, given.get(name, ""))
        for name, (field, one) in wanted.declared().items()
    ]


def _asked(name: str, field: FieldInfo, one: Filter, now: Any) -> Asked:
    kind = "number" if int in get_args(field.annotation) else "text"
    hint = str((field.examples or [""])[0])
    return Asked(name, one.label, kind, now, hint, _choices(field, one))


def _choices(field: FieldInfo, one: Filter) -> list[Choice]:
    """Return what can be chosen, first what holds where nothing is: a form sends that empty."""
    if one.choices is None:
        return []
    known = dict(one.choices())
    return [("", known.pop(field.default, "any")), *known.items()]
