"""Before a release: a form for a planned model, and what is said of it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from api.dashboard.page.rendering import page
from api.dashboard.page.text import sentence
from api.dashboard.views.check import OUTCOMES, Form
from api.http.planned import judged
from graph.catalogue.licences import load as licences
from graph.catalogue.model import Relation
from graph.preflight import RELATIONS, PlanRefused
from graph.preflight.answer import SENTENCES
from graph.storage.filters.declaration import MAX_TEXT

router = APIRouter(include_in_schema=False)
MAX_LINES = 20 * MAX_TEXT
Short = Annotated[str, Query(max_length=MAX_TEXT)]
Long = Annotated[str, Query(max_length=MAX_LINES)]


def _form(
    name: Annotated[str | None, Query(max_length=MAX_TEXT)] = None,
    base: Long = "",
    dataset: Long = "",
    relation: Relation | Literal[""] = "",
    licence: Annotated[str, Query(max_length=MAX_TEXT, alias="license")] = "",
    from_scratch: bool = False,
) -> Form | None:
    """Return what was typed; None where the form was not sent."""
    return None if name is None else Form(name, base, dataset, relation, licence, from_scratch)


@router.get("/check")
def check(request: Request, form: Annotated[Form | None, Depends(_form)]) -> HTMLResponse:
    """Show the form, and beneath it what is said of a model that was typed into it."""
    result, trouble = None, None
    if form is not None:
        try:
            result = judged(request, form.asked())
        except PlanRefused as reason:
            trouble = f"{sentence(str(reason))}."
    shown = page(
        request,
        "check.html",
        title="Before a release",
        status=422 if trouble else 200,
        form=form or Form(),
        command=form.command() if result and form else None,
        trouble=trouble,
        result=result,
        unresolved=[one.reference for one in result.unresolved] if result else [],
        guessed=[one.reference for one in result.guessed] if result else [],
        sentences=SENTENCES,
        outcomes=OUTCOMES,
        relations=[one.value for one in RELATIONS],
        licences=[*licences().licences],
    )
    shown.headers["cache-control"] = "no-store"
    return shown
