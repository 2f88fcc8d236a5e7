"""Options that several commands share, and those that a list's filters make."""

from __future__ import annotations

from collections.abc import Callable
from inspect import Parameter, Signature, signature
from typing import Annotated, Any, TypeVar

import typer
from pydantic import ValidationError

from graph.storage.filters.declaration import Filters, words
from herdbook.wiring.settings import load
from herdbook.wiring.wiring import Wiring

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
AsLines = Annotated[bool, typer.Option("--jsonl", help="Print JSON, one object a line.")]
F = TypeVar("F", bound=Filters)


def filtered(filters: type[F]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command, which takes filters first, an option for each of them."""

    def wrap(command: Callable[..., None]) -> Callable[..., None]:
        def run(**given: Any) -> None:
            command(_wanted(filters, {n: given.pop(n) for n in filters.model_fields}), **given)

        _, *own = signature(command, eval_str=True).parameters.values()
        run.__doc__, run.__name__ = command.__doc__, command.__name__
        options = [*_options(filters), *(one.replace(kind=Parameter.KEYWORD_ONLY) for one in own)]
        run.__signature__ = Signature(options)  # type: ignore[attr-defined]  # as Typer reads it
        return run

    return wrap


def _wanted(filters: type[F], given: dict[str, Any]) -> F:
    try:
        return filters.model_validate(given)
    except ValidationError as error:
        raise typer.BadParameter(words(error)) from None


def _options(filters: type[Filters]) -> list[Parameter]:
    """Return an option for each filter: a text, or a number where it is one."""
    found = []
    for one in filters.declared():
        about = f"{one.about[:-1]}: {', '.join(one.few)}." if one.few else one.about
        kind: Any = Annotated[(int if one.number else str) | None, typer.Option(help=about)]
        found.append(
            Parameter(one.name, Parameter.KEYWORD_ONLY, default=one.default, annotation=kind)
        )
    return found


def wiring() -> Wiring:
    """Return the parts, by the settings in force."""
    return Wiring(load())
