"""One request, with the world it is asked of: what every handler gets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from starlette.requests import Request

from .answers import missing_repository, moved
from .catalogue import Catalogue
from .fields import FIELDS, Fields
from .series import Record, is_dataset, live


class World:
    """Everything that is served at one moment; another moment is another World."""

    def __init__(self, records: Iterable[Record]) -> None:
        alive = live(records)
        self.models = Catalogue(r for r in alive if not is_dataset(r))
        self.datasets = Catalogue(r for r in alive if is_dataset(r))


@dataclass(frozen=True)
class Ask:
    """A request, the match of its raw path with a route, and what may answer it."""

    world: World
    request: Request
    match: re.Match[str]
    renames: Mapping[str, str]
    public_host: str | None = None

    @property
    def kind(self) -> str:
        """``models`` or ``datasets``; the address of a model's file names no kind."""
        return self.match["kind"] or "models"

    @property
    def catalogue(self) -> Catalogue:
        """The repositories of the kind that is asked for."""
        return self.world.datasets if self.kind == "datasets" else self.world.models

    @property
    def fields(self) -> Fields:
        """The field names of the kind that is asked for."""
        return FIELDS[self.kind]

    @property
    def anonymous(self) -> bool:
        """Whether the request carries no token."""
        return "authorization" not in self.request.headers

    @property
    def host(self) -> str:
        """The scheme and host that links in the answer name."""
        url = self.request.url
        return self.public_host or f"{url.scheme}://{url.netloc}"

    def part(self, name: str) -> str:
        """Return a part of the path, decoded."""
        return unquote(self.match[name] or "")

    def record(self) -> Record:
        """Return the repository asked for, or raise what the Hub answers without it."""
        repo = self.part("repo")
        if (record := self.catalogue.get(repo)) is not None:
            return record
        if (new := self.renames.get(repo.lower())) is not None:
            raise moved(self._path_with(new))
        raise missing_repository(anonymous=self.anonymous)

    def _path_with(self, repo: str) -> str:
        """Return the path and query of this request with another repository in it."""
        path, query = self.match.string, self.request.url.query
        moved_path = path[: self.match.start("repo")] + quote(repo) + path[self.match.end("repo") :]
        return f"{moved_path}?{query}" if query else moved_path
