"""One repository: what is known of it."""

from __future__ import annotations

from starlette.responses import Response

from .answers import json_answer
from .ask import Ask
from .fields import shape
from .query import expanded_fields


def show_repository(ask: Ask) -> Response:
    """Answer the detail of a repository; every revision is the one that is stored."""
    allowed = ask.rules.expandable(ask.kind, one=True)
    fields = expanded_fields(ask.request.query_params, allowed, ask.rules) or ask.fields.detail
    return json_answer(shape(ask.described(), fields, ask.world.models, ask.rules))
