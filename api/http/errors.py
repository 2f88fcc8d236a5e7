"""Errors as problem details (RFC 9457): every answer that is no success has this one form."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from api.http.headers import SECURITY
from api.schemas import base
from graph.engines.port.ports import (
    QueryFailed,
    QueryRefused,
    QueryTimeout,
    ResultTooLarge,
    StoreError,
)
from graph.storage.filters.declaration import said

MEDIA_TYPE = "application/problem+json"
TYPES = "urn:problem-type:herdbook:"
T = TypeVar("T")
_PLAIN = {
    404: "Nothing is at this address. (An id without an owner takes _ as owner.)",
    405: "This address does not take that method; the Allow header names those it does.",
}


class Problem(Exception):
    """An error that the person who asked should read.

    ``kind`` is the last part of the problem's type; without one the status says it all.
    ``more`` are further members of the answer.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        kind: str | None = None,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.kind = kind
        self.headers = {"Cache-Control": "no-store", **(headers or {})}
        self.more = more


def named(what: str, wanted: str, known: Mapping[str, T]) -> T:
    """Return one of what is known by its name. Raises Problem (404)."""
    if wanted not in known:
        raise unknown(what, wanted, get_close_matches(wanted, known, 5, 0.4))
    return known[wanted]


def unknown(what: str, wanted: str, nearest: list[str]) -> Problem:
    """Return the problem of a name that is not known, with those that look most like it."""
    hint = f" Nearest: {', '.join(nearest)}." if nearest else ""
    return Problem(
        404, f"No {what} {wanted!r} is known.{hint}", kind=f"unknown-{what}", nearest=nearest
    )


def answer(request: Request, problem: Problem) -> Response:
    """Return a problem as the answer to a request."""
    told = base.Problem(
        type=TYPES + problem.kind.replace(" ", "-") if problem.kind else "about:blank",
        title=_title(problem),
        status=problem.status,
        detail=problem.detail,
        instance=quote(request.scope["path"]),
        **problem.more,
    )
    body = told.model_dump_json(exclude_unset=True)
    return Response(body, problem.status, problem.headers, MEDIA_TYPE)


def invalid(error: RequestValidationError) -> Problem:
    """Return the problem of what was asked for wrongly, each place with what is wrong there."""
    errors = [
        {"place": ".".join(map(str, one["loc"])), "message": said(one["msg"])}
        for one in error.errors()
    ]
    detail = "; ".join(f"{one['place']}: {one['message']}" for one in errors[:5])
    return Problem(422, detail, kind="invalid-request", errors=errors[:50])


def install(app: FastAPI) -> None:
    """Make every error of the application answer with a problem."""
    for error, handler in _HANDLERS.items():
        app.add_exception_handler(error, handler)


def _title(problem: Problem) -> str:
    if problem.kind is None:
        return HTTPStatus(problem.status).phrase
    return problem.kind.replace("-", " ").capitalize()


# FastAPI takes handlers by the widest type of error, so each of these narrows it for itself.


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101  # registered for nothing else
    return answer(request, error)


async def _plain_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    if error.status_code == HTTPStatus.NOT_MODIFIED:
        return Response(status_code=error.status_code, headers=error.headers)
    detail = _PLAIN.get(error.status_code, str(error.detail))
    return answer(request, Problem(error.status_code, detail, headers=error.headers))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    return answer(request, invalid(error))


async def _of_graph(request: Request, error: Exception) -> Response:
    status, kind = next(_GRAPH[one] for one in type(error).__mro__ if one in _GRAPH)
    return answer(request, Problem(status, str(error), kind=kind))


async def _database(request: Request, _error: Exception) -> Response:
    """Keep the driver's message for the log: it holds SQL and addresses."""
    detail = "The database cannot be read just now."
    return answer(request, Problem(503, detail, kind="database-not-readable"))


async def _unexpected(request: Request, _error: Exception) -> Response:
    """Answer for a fault of ours. It goes round the middleware, so it is given the headers here."""
    detail = "Herdbook failed to answer; its log says why."
    return answer(request, Problem(500, detail, headers=SECURITY))


_GRAPH: dict[type, tuple[int, str]] = {
    QueryRefused: (403, "query-refused"),
    QueryTimeout: (504, "query-timeout"),  # browsers send again unasked what a 408 answers
    ResultTooLarge: (400, "result-too-large"),  # 413 would say that what was sent is
    QueryFailed: (400, "query-failed"),
    StoreError: (503, "graph-not-readable"),
}
_HANDLERS = {
    Problem: _problem,
    HTTPException: _plain_http,
    RequestValidationError: _invalid,
    **dict.fromkeys(_GRAPH, _of_graph),
    SQLAlchemyError: _database,
    Exception: _unexpected,
}
