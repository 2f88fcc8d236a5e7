"""Artifacts that hold files, for the tests of the checks that read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from hypothesis import settings

from graph.catalogue import licences as library
from graph.catalogue.model import Artifact
from tests.inherited_licences import artifact

LONG = settings.get_current_profile_name() == "ci-long"
CLAUSES = "\n\n".join(
    duty.quote for duty in library.load().licences["llama3.1"].obligations.values()
)


def holding(
    files: Mapping[str, str] | None = None,
    *,
    listed: Iterable[str] | None = (),
    name: str = "acme/Child",
    licences: tuple[str, ...] | None = (),
) -> Artifact:
    """Return an artifact with files that were read, and others that its list names beside them.

    With ``listed`` None the file list was not fetched.
    """
    files = dict(files or {})
    siblings = None if listed is None else (*files, *listed)
    return replace(artifact(name, licences), files=files, siblings=siblings)
