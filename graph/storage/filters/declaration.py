"""How a filter is declared: a field of a model, from which every door takes what it asks for.

The field's type and `Field` hold its bounds and words, its `Filter` how a form asks for it and
what it lets through. REST and the pages take the model as their query parameters, the command
line its options, and `docs/filters.md` its tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated, Any, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic.fields import FieldInfo
from sqlalchemy import ColumnElement

from graph.catalogue.model import Source, SourceWord, Strength, StrengthWord

LINEAGE = ("strength", "source")
MAX_TEXT = 256
FEW = 30  # known words that a message may name; of more it names the nearest
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
Choice = tuple[str, str]


def clean(text: str) -> str:
    """Return a text without control characters as it is. Raises ValueError for one with any."""
    if _CONTROL.search(text):
        raise ValueError("control characters are not allowed")
    return text


def one_of(known: Collection[str], text: str) -> str:
    """Return a word of a vocabulary as it is. Raises ValueError, naming the known ones."""
    if text in known:
        return text
    if len(known) <= FEW:
        raise ValueError(f"none of: {', '.join(known)}")
    near = ", ".join(get_close_matches(text, known, 5, 0.4)) or "none"
    raise ValueError(f"none of the {len(known)} known; nearest: {near}")


Text = Annotated[str, Field(max_length=MAX_TEXT), AfterValidator(clean)]


@dataclass(frozen=True, slots=True)
class Filter:
    """How a form asks for a filter, and the condition in SQL that a value of it makes.

    ``choices`` are values with the words they are shown by. A condition is also given the others,
    for the lineage that counts. Without one, the filter bears on the others' conditions alone.
    """

    label: str
    where: Callable[[Any, Filters], ColumnElement[bool]] | None = None
    choices: Callable[[], Iterable[Choice]] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter as people and programs are asked for it: its name, words, example and bounds."""

    name: str
    about: str
    example: Any
    default: Any
    number: bool
    filter: Filter

    @property
    def choices(self) -> dict[str, str]:
        """The values that can be chosen, with the words they are shown by; none where any can."""
        return dict(self.filter.choices()) if self.filter.choices else {}

    @property
    def few(self) -> list[str]:
        """The values that can be chosen, where they are few enough to be said."""
        known = list(self.choices)
        return known if len(known) <= FEW else []


def _strengths() -> list[Choice]:
    return [("declared", "declared"), ("stated", "stated and up"), ("inferred", "inferred and up")]


class Filters(BaseModel):
    """The filters of one list. What is empty was not given: forms send every field.

    Names that are no field are passed over: a guard before the routes refuses them.
    """

    model_config = ConfigDict(frozen=True)

    strength: Annotated[
        StrengthWord,
        Field(description="How firm a lineage must be to count: this and up.", examples=["stated"]),
        Filter("Lineage", choices=_strengths),
    ] = "inferred"

    @model_validator(mode="before")
    @classmethod
    def _given(cls, told: Mapping[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in told.items() if value not in ("", None)}

    @property
    def at_least(self) -> Strength:
        """The least strength of lineage that counts."""
        return Strength.parse(self.strength)

    @property
    def nearest(self) -> Source:
        """Whose word counts: this source's and that of those nearer to the author."""
        return Source.REGISTER

    @classmethod
    def declared(cls) -> list[Asked]:
        """Return what is asked for; last the lineage that counts, which bears on all others."""
        fields = sorted(cls.model_fields.items(), key=lambda one: one[0] in LINEAGE)
        return [_asked(name, field) for name, field in fields]

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return what the filters that were given let through."""
        given = ((getattr(self, one.name), one.filter.where) for one in self.declared())
        return [where(v, self) for v, where in given if where and v is not None]

    def asked(self) -> dict[str, Any]:
        """Return what was given as the query parameters that ask for it again."""
        return self.model_dump(mode="json", exclude_defaults=True)


def _sources() -> list[Choice]:
    return [("register", "anybody"), ("hub", "author or Hub"), ("author", "author alone")]


class LineageFilter(Filters):
    """Which lineage counts: how firm, and by whose word."""

    source: Annotated[
        SourceWord,
        Field(
            description="By whose word a lineage must hold to count: this source's, or that of one "
            "nearer to the author.",
            examples=["author"],
        ),
        Filter("By the word", choices=_sources),
    ] = "register"

    @property
    def nearest(self) -> Source:
        """Whose word counts: this source's and that of those nearer to the author."""
        return Source.parse(self.source)


def _asked(name: str, field: FieldInfo) -> Asked:
    how = next(one for one in field.metadata if isinstance(one, Filter))
    number, example = int in get_args(field.annotation), (field.examples or [""])[0]
    return Asked(name, field.description or "", example, field.default, number, how)


def words(error: ValidationError) -> str:
    """Return what is wrong with filters, for people."""
    return "; ".join(f"{'.'.join(map(str, e['loc']))}: {said(e['msg'])}" for e in error.errors())


def said(message: str) -> str:
    """Return what a validator says without the class of its error."""
    return message.removeprefix("Value error, ")
