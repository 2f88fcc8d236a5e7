"""Templates to pages: the one environment, its filters, and what every page is given."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from api.dashboard.page import links, text
from api.dashboard.page.hues import hue
from api.dashboard.page.layout import NAVIGATION, frame
from api.http import services as api_services
from graph.catalogue.facts import LISTED
from graph.storage.filters.declaration import MAX_TEXT

HERE = Path(__file__).parents[1]
STYLES = HERE / "styles"
BUNDLE = HERE / "static"
_FILTERS: tuple[Callable[..., str], ...] = (
    *(text.number, text.percent, text.day, text.born, text.told, text.coded),
    *(text.sentence, text.minute, text.cell, text.json_block),
)
SHEETS = ("base.css", "tables.css", "charts.css", "artifact.css", "check.css", "console.css")


@cache
def environment() -> Environment:
    """Return the environment; everything is escaped unless it says that it is markup."""
    found = Environment(
        loader=PackageLoader("api.dashboard"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {
        "shown": text.visible,
        "short": text.shorten,
        "href": links.artifact,
        **{made.__name__: made for made in _FILTERS},
    }
    found.globals |= {
        "navigation": NAVIGATION,
        "with_query": links.with_query,
        "console": links.console,
        "hub": links.hub,
        "longest": MAX_TEXT,
        "facts": LISTED,
        "hue": hue,
        "sheets": SHEETS,
    }
    return found


def bundled(name: str) -> str | None:
    """Return the address of a bundled file, new whenever the file is; None before it is built."""
    return _address(BUNDLE, "/static", name)


def page(
    request: Request, template: str, *, title: str, status: int = 200, **values: Any
) -> HTMLResponse:
    """Return a page."""
    given = {
        "title": title,
        "frame": frame(api_services.of(request)),
        "path": request.url.path,
        "styled": {sheet: _address(STYLES, "/styles", sheet) for sheet in SHEETS},
        "bundled": bundled,
        "scripts": (),
        **values,
    }
    return HTMLResponse(environment().get_template(template).render(given), status)


def _address(folder: Path, path: str, name: str) -> str | None:
    try:
        stamp = (folder / name).stat().st_mtime_ns
    except FileNotFoundError:
        return None
    return f"{path}/{name}?{stamp:x}"
