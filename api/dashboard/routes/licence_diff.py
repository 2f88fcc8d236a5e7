"""Two licences side by side: what was added, changed and deleted, clause by clause."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.dashboard.page.asked import Refused
from api.dashboard.page.rendering import page
from api.dashboard.views.licence_diff import changed, quotes, whole
from graph.catalogue.licences import load
from graph.compliance.difference import diff
from graph.compliance.summary import summary

router = APIRouter(include_in_schema=False)


@router.get("/licences/{before}/diff/{after}")
def difference(request: Request, before: str, after: str) -> HTMLResponse:
    """Show what became of each clause."""
    known = load().licences
    if before not in known or after not in known:
        message = f"One of these is not judged here. Licences: {', '.join(known)}."
        raise Refused(404, "Not known", message)
    found = diff(known[before], known[after])
    return page(
        request,
        "licence_diff.html",
        title=f"{found.before.title} to {found.after.title}",
        found=found,
        summary=summary(found),
        changed=changed(found),
        same=whole(found),
        quotes=quotes,
        licences=list(known.values()),
    )
