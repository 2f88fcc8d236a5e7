"""The licences as data: one TOML file each in ``licences/``, read once.

Adding a licence is adding a file; a family's file names the licence that comes with it. The
vocabulary of checks is that of `graph.compliance.judge`; a test holds every file against it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any
from urllib.parse import unquote

from pydantic import dataclasses

from graph.catalogue import roster
from graph.catalogue.folder import toml, tomls
from graph.catalogue.model import Trigger

_RUNS = re.compile(r"[^a-z0-9.]+")
_SAID_ANYWAY = frozenset(
    ("license", "licence", "agreement", "community", "the", "meta", "licenseref", "scancode")
)
_YEAR = re.compile(r"20\d\d")
# Words that stand about a version in what people write: "Meta's Llama v3.1 8B model license".
_ABOUT = re.compile(
    r"ai|base|chat|cla|commercial|custom|dated?|facebook|for|from|hf|inc|instruct|model|models|of"
    r"|official|open|platforms|released?|s|terms|use|v|version|weights|[0-9]{1,3}b|20[0-9]{2}"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
)
_VERSION = re.compile(r"llama-?v?(\d)(?:[.-]?(\d))?(?:-\d{1,2})?")
# Every version's Agreement has an address of this form on each of Meta's hosts, and in its
# repository: llama.com/llama3_1/license, developer.meta.com/ai/llama3_1/license.
_ADDRESS = re.compile(r"[/.](?:meta-)?llama-?(\d)(?:[._-]?(\d))?/(?:[\w-]{1,30}-)?licen[cs]e\b")
_NO_LICENCE = re.compile(r"use[\s_-]?policy|model_card|/llama_v1\b")
_ON_THE_HUB = re.compile(r"(?:huggingface\.co|hf\.co)/([\w.-]+/[\w.-]+?)(?:/|\Z)")
_END = re.compile(r"[#?].*\Z", re.DOTALL)
# Where in a repository's history: a branch or commit between its name and a file's.
_AT = re.compile(
    r"(?:/(?:blob|raw|resolve|tree)(?:/refs/heads)?|(raw\.githubusercontent\.com/[^/]+/[^/]+)"
    r"(?:/refs/heads)?)/[^/]+/"
)


@dataclasses.dataclass(frozen=True, slots=True)
class Obligation:
    """One duty that a licence imposes, with the words that impose it."""

    check: str
    section: str
    quote: str
    triggers: frozenset[Trigger]
    required: str | None = None
    note: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Grant:
    """The words of the licence grant."""

    section: str
    quote: str


@dataclasses.dataclass(frozen=True, slots=True)
class Licence:
    """A licence: how it is named on the Hub, when it came, what it asks, what comes under it.

    ``families`` are the roster's, oldest first. ``shared`` are those of ``links`` whose address
    tells no version: later ones may have been meant.
    """

    id: str
    title: str
    families: tuple[str, ...]
    hub_ids: tuple[str, ...]
    names: tuple[str, ...]
    links: tuple[str, ...]
    kind: str
    url: str
    grant: Grant
    obligations: Mapping[str, Obligation]
    released: date | None = None
    hub_listed: date | None = None
    scancode: str | None = None
    shared: tuple[str, ...] = ()
    notes: str = ""

    @property
    def family(self) -> str:
        """The oldest family under it; empty where the roster has none."""
        return self.families[0] if self.families else ""

    def is_named_by(self, declared: str) -> bool:
        """Tell whether a declared licence id stands for these terms."""
        return declared == self.id or declared in self.hub_ids


def slug(spelling: str) -> str:
    """Write a licence's name in lower case with hyphens between its words."""
    return _RUNS.sub("-", spelling.lower()).strip("-.")


def normalise(spelling: str) -> str:
    """Return what is left of a licence's name without the words that any of them may bear.

    "Meta Llama 3 Community License Agreement" is ``llama-3``; a year at the end goes too.
    """
    told = [word for word in slug(spelling).split("-") if word not in _SAID_ANYWAY]
    if told and _YEAR.fullmatch(told[-1]):
        told.pop()
    return "-".join(told)


@dataclass(frozen=True)
class Library:
    """All licences that are judged, and the classes of the Hub's other licence ids."""

    licences: Mapping[str, Licence]
    classes: Mapping[str, str]

    @cached_property
    def _named(self) -> Mapping[str, list[Licence]]:
        named: dict[str, list[Licence]] = {}
        for licence in self.licences.values():
            for name in {licence.id, *licence.hub_ids}:
                named.setdefault(name, []).append(licence)
        return named

    @cached_property
    def _spelled(self) -> Mapping[str, str]:
        """Ids by all spellings; one that several licences bear is the oldest's."""
        spelled = {name: name for name in self.classes}
        for licence in reversed(tuple(self.licences.values())):
            for name in (licence.id, *licence.hub_ids, *licence.names):
                spelled[name] = licence.hub_ids[0] if name in licence.hub_ids else licence.id
        return spelled

    def named_by(self, declared: str) -> list[Licence]:
        """Return the judged licences that a declared licence id stands for."""
        return self._named.get(declared, [])

    def by_name(self, spelling: str) -> str | None:
        """Return the licence id that a name stands for: a Llama licence or a Hub id.

        The name as it is written comes first: "llama license" is LLaMA 1's, while a "llama
        community license" tells no version.
        """
        as_is = self._spelled.get(spelling.strip().lower())
        found = as_is or self._spelled.get(slug(spelling))
        return found or self._spelled.get(normalise(spelling)) or self._by_version(spelling)

    def _by_version(self, spelling: str) -> str | None:
        """Return the licence of the Llama version that a name tells beside words of no weight."""
        told = [w for w in normalise(spelling.replace("'", "-")).split("-") if w]
        found = _VERSION.fullmatch("-".join(w for w in told if not _ABOUT.fullmatch(w)))
        return self._of_version(found[1], found[2]) if found else None

    def _of_version(self, major: str, minor: str | None) -> str | None:
        return self._spelled.get(f"llama{major}" + (f".{minor}" if minor and minor != "0" else ""))

    def by_link(self, link: str) -> str | None:
        """Return the licence id that a ``license_link`` leads to; None where it tells no version.

        Repositories of the rosters have their families' licence, known copies their original's. A
        use policy is no licence.
        """
        low = "/" + unquote(_END.sub("", link.strip())).lower().rstrip("/") + "/"
        if _NO_LICENCE.search(low):
            return None
        low = _AT.sub(r"\1/", low)
        if found := _ADDRESS.search(low):
            return self._of_version(found[1], found[2])
        for licence in self.licences.values():
            if any(known in low for known in licence.links):
                return licence.id
        return self._of_repository(low)

    def _of_repository(self, address: str) -> str | None:
        known = roster.load()
        if not (found := _ON_THE_HUB.search(address)) or not (repo := known.spelling(found[1])):
            return None
        copy = known.copies.get(repo)
        repo = copy.original if copy else repo
        family = known.family_of(known.renamed.get(repo, repo))
        return family.licence if family and family.licence in self.licences else None

    def is_shared(self, link: str) -> bool:
        """Tell whether a link leads to a page that has shown the terms of several versions."""
        low = link.lower()
        return any(known in low for one in self.licences.values() for known in one.shared)

    def class_of(self, declared: str) -> str | None:
        """Return ``open``, ``narrower``, ``vendor`` or ``none``; None for a name not known."""
        return self.classes.get(declared)


@cache
def load() -> Library:
    """Read the licences and classes that come with the package."""
    by_id = {entry["id"]: entry for entry in tomls("licences")}
    licences = [_licence(entry, by_id) for entry in by_id.values()]
    licences.sort(key=lambda licence: (licence.released or date.min, licence.id))
    classes = toml("graph.catalogue", "classes.toml")
    return Library(
        {licence.id: licence for licence in licences},
        {hub_id: name for name, entry in classes.items() for hub_id in entry["ids"]},
    )


def _licence(entry: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> Licence:
    terms = by_id[entry.get("same_terms_as", entry["id"])]
    told = entry | {
        "families": [family.id for family in roster.load().under(entry["id"])],
        "grant": terms["grant"],
        "obligations": {duty["check"]: duty for duty in terms["obligation"]},
    }
    return Licence(**told)
