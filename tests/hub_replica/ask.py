"""One request, with the world it is asked of: what every handler gets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from starlette.requests import Request

from .catalogue import Catalogue
from .fields import FIELDS, Fields
from .refusals import disabled, gated, missing_repository, moved
from .rules import Rules
from .series import Record
from .world import World

COUNTED = ("config.json", "adapter_config.json")
"""The files whose GET or HEAD the Hub counts as a download (hub-docs, models-download-stats)."""


@dataclass(frozen=True)
class Ask:
    """A request, the match of its raw path with a route, and what may answer it."""

    world: World
    request: Request
    match: re.Match[str]
    renames: Mapping[str, str]
    rules: Rules
    downloads: Counter[str]
    body: bytes = b""
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
    def sees_private(self) -> bool:
        """Whether private repositories are there for who asks."""
        rule = self.rules.private_rows
        return rule == "to anyone" or (rule == "to a token" and not self.anonymous)

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
        found = self.catalogue.get(repo, any_case=self.rules.id_case == "insensitive")
        if found is not None and (self.sees_private or not found.get("private")):
            return found
        if self.rules.rename_redirect != 404 and (new := self.renames.get(repo.lower())):
            raise moved(self._path_with(new), self.rules.rename_redirect)
        raise missing_repository(self.rules, anonymous=self.anonymous)

    def described(self) -> Record:
        """Return the repository asked for if what is known of it is open, as it mostly is."""
        record = self.record()
        if record.get("disabled") and self.rules.disabled_detail != 200:
            raise disabled(self.rules.disabled_detail)
        if record.get("gated") and self.rules.gated_detail != 200:
            raise gated(self.name_of(record), self.rules.gated_detail, self.rules)
        return record

    def name_of(self, record: Record) -> str:
        """Return how the Hub's messages call a repository."""
        return f"{self.kind.removesuffix('s')} {record['id']}"

    def _path_with(self, repo: str) -> str:
        """Return the path and query of this request with another repository in it."""
        path, query = self.match.string, self.request.url.query
        moved_path = path[: self.match.start("repo")] + quote(repo) + path[self.match.end("repo") :]
        return f"{moved_path}?{query}" if query else moved_path
