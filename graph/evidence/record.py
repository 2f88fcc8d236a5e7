"""HubRecord: one repository as the Hub told it, frozen.

What comes from outside is hostile until it has passed through `read`: a record is refused
(`Refused`) when it cannot be told which repository it speaks of; a field that is not what it
should be is dropped, with one line that says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

import orjson

from graph.catalogue.facts import FACTS, Facts
from graph.catalogue.model import DATASET_PREFIX, Kind
from graph.evidence import weights
from graph.evidence.card import CardError, front_matter

MAX_ID = 256
MAX_CARD = 1 << 20  # bytes of a card or its front matter; the Hub's own largest are far below
MAX_FILE = 4 << 20
MAX_TAGS = 5_000
MAX_COUNT = (1 << 53) - 1  # what every reader of JSON and every database takes whole

# The Hub's own rule for repository ids (huggingface_hub, utils/_validators.py), without "..".
_ID = re.compile(r"(?:[A-Za-z0-9_][\w.\-]*/)?[A-Za-z0-9_.\-][\w.\-]{0,95}", re.ASCII)
# What stands in a field that its author left open; the long one is the Hub's own template's.
_NONE = re.compile(
    r"none|null|nil|nan|n/?a|undefined|unknown|tbd|todo|false|\W+|\[?more information needed\]?"
    r"|(?:trained )?from scratch",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")

# What of an answer stands elsewhere: in columns of its own, or nowhere, since it moves by itself.
_OWN = frozenset(
    {"_id", "cardData", "files", "kind", "modelId", "removed", "siblings", "trendingScore"}
    | {fact.hub for fact in FACTS if fact.counter}
)

Json = dict[str, Any]
ReadAt = tuple[str, str]  # a revision, and a text's git blob id
Note = Callable[[str], None]
T = TypeVar("T")


class Refused(ValueError):
    """A record that cannot be taken; the message is the reason."""


@dataclass(frozen=True, slots=True)
class HubRecord(Facts):
    """One repository as the Hub told it. ``None`` means that the Hub was not asked for it.

    ``raw`` is the answer as it came, without what has a place of its own (`_OWN`). ``hub_id`` is
    the Hub's ``_id``, which stays when a repository is renamed; ``former`` are ids that it bore
    before. ``read_at`` has for each of ``files`` the revision it was read at and its git blob id.
    """

    id: str
    kind: Kind
    raw: Json = field(repr=False)
    tags: tuple[str, ...] | None = None
    card: Json | None = None
    files: Mapping[str, str] = field(default_factory=dict, repr=False)
    siblings: tuple[str, ...] | None = None
    author: str | None = None
    modified: datetime | None = None
    sha: str | None = None
    removed: bool = False
    hub_id: str | None = None
    private: bool = False
    former: tuple[str, ...] = ()
    read_at: Mapping[str, ReadAt] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        """The name after the slash."""
        return self.id.rpartition("/")[2]

    @property
    def holds_weights(self) -> bool:
        """Whether it is read as a model: each model is, and a data set that holds weights."""
        if self.kind is Kind.MODEL or weights.among((*(self.siblings or ()), *self.files)):
            return True
        told = self.siblings is None and weights.in_words(self.tags or (), self.card)
        return told or weights.in_config(self.files, self.raw.get("config"))

    def tagged(self, prefix: str) -> list[str]:
        """Return what follows ``prefix`` in each tag that begins with it, once each, in order."""
        found = (t[len(prefix) :] for t in self.tags or () if t.startswith(prefix))
        return list(dict.fromkeys(f for f in found if f))

    def read_when(self, file: str) -> str | None:
        """Return the revision at which a file's text was read: the present one unless told."""
        return self.read_at.get(file, (self.sha, ""))[0]

    def file_names(self) -> set[str]:
        """Return the names of files known to be there, whether or not the list is whole."""
        return set(self.siblings or ()) | set(self.files)


def valid_id(text: str) -> bool:
    """Tell whether a text can be a repository's id on the Hub."""
    return len(text) <= MAX_ID and ".." not in text and _ID.fullmatch(text) is not None


def is_none(text: str) -> bool:
    """Tell whether a text says that there is nothing to name."""
    return _NONE.fullmatch(text.strip()) is not None


def clean_reference(value: object) -> str | None:
    """Return a parent's or data set's id as its author wrote it, or None if it cannot be one.

    Garbage such as ``/cache/models/x`` stays: it is what the author wrote. Control characters
    and over-long texts do not, nor what says that there is none ("None", "N/A").
    """
    if not isinstance(value, str):
        return None
    text = value.strip()
    if not 0 < len(text) <= MAX_ID or _CONTROL.search(text) or is_none(text):
        return None
    return text


def read(obj: object, note: Note) -> HubRecord:
    """Make a record of one decoded snapshot line or list item.

    ``note`` is called with one line for each field that is dropped. Raises Refused.
    """
    if not isinstance(obj, dict):
        raise Refused(f"a record is an object, not {_typename(obj)}")
    raw = cast("Json", obj)
    kind = _kind(raw)
    repo = raw.get("id") or raw.get("modelId")
    if not isinstance(repo, str) or not repo:
        raise Refused("the record has no id")
    repo = repo.removeprefix(DATASET_PREFIX) if kind is Kind.DATASET else repo
    if not valid_id(repo) or repo.startswith(DATASET_PREFIX):
        raise Refused(f"{_short(repo)} is not an id that the Hub accepts")
    _check_depth(raw)
    files = _files(raw, note)
    return HubRecord(
        id=DATASET_PREFIX + repo if kind is Kind.DATASET else repo,
        kind=kind,
        raw={k: v for k, v in raw.items() if k not in _OWN},
        tags=_tags(raw, note),
        card=_card(raw, files, note),
        files=files,
        siblings=_siblings(raw, note),
        author=_text(raw, "author", note) or repo.rpartition("/")[0] or None,
        modified=_time(raw, "lastModified", note),
        sha=_text(raw, "sha", note),
        removed=raw.get("removed") is True,
        hub_id=_text(raw, "_id", note),
        private=_truth(raw, "private", note),
        **{name: read_fact(raw, hub, note) for name, hub, read_fact in _PLAIN},
    )


def _check_depth(raw: Json) -> None:
    """Refuse what can be read but not be written again; it is stored two levels down."""
    try:
        orjson.dumps([[raw]])
    except TypeError:
        raise Refused("the record is nested too deeply") from None


def _kind(raw: Json) -> Kind:
    told = raw.get("kind")
    if told in (None, "model"):
        return Kind.MODEL
    if told == "dataset":
        return Kind.DATASET
    raise Refused(f"kind {_short(told)} is neither model nor dataset")


def _typed(raw: Json, key: str, kind: type[T], note: Note) -> T | None:
    told = raw.get(key)
    if told is None or isinstance(told, kind):
        return told
    note(f"{key} dropped: {_NAMES[kind]} is expected, not {_typename(told)}")
    return None


def _tags(raw: Json, note: Note) -> tuple[str, ...] | None:
    if (told := _typed(raw, "tags", list, note)) is None:
        return None
    kept = tuple(t for t in told[:MAX_TAGS] if isinstance(t, str) and not _CONTROL.search(t))
    if len(kept) < len(told):
        note(f"{len(told) - len(kept)} tags dropped: not plain text, or too many")
    return kept


def _card(raw: Json, files: Mapping[str, str], note: Note) -> Json | None:
    told: Json | None = _typed(raw, "cardData", dict, note)
    if raw.get("cardData") is None and "README.md" in files:
        try:
            told = front_matter(files["README.md"])
        except CardError as error:
            note(f"README.md: {error}")
    if told is None:
        return None
    if len(orjson.dumps(told, default=str)) > MAX_CARD:
        note(f"cardData dropped: larger than {MAX_CARD >> 20} MiB")
        return None
    licence = told.get("license")
    if licence is not None and not _is_licence(licence):
        told_type = "a list of others" if isinstance(licence, list) else _typename(licence)
        note(f"cardData.license dropped: a text or a list of texts is expected, not {told_type}")
        told = {k: v for k, v in told.items() if k != "license"}
    return told


def _is_licence(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(v, str) for v in value)
    return isinstance(value, str)


def _files(raw: Json, note: Note) -> dict[str, str]:
    kept: dict[str, str] = {}
    for name, text in (_typed(raw, "files", dict, note) or {}).items():
        limit = MAX_CARD if name == "README.md" else MAX_FILE
        if not isinstance(text, str) or _CONTROL.search(name):
            note(f"file {_short(name)} dropped: not a text")
        elif len(text) > limit:
            note(f"file {_short(name)} dropped: {len(text):,} characters, the limit is {limit:,}")
        else:
            kept[name] = text
    return kept


def _siblings(raw: Json, note: Note) -> tuple[str, ...] | None:
    if (told := _typed(raw, "siblings", list, note)) is None:
        return None
    names = (s.get("rfilename") if isinstance(s, dict) else s for s in told)
    return tuple(n for n in names if isinstance(n, str) and not _CONTROL.search(n))


def _text(raw: Json, key: str, note: Note) -> str | None:
    told = raw.get(key)
    if told is None or (
        isinstance(told, str) and len(told) <= MAX_ID and not _CONTROL.search(told)
    ):
        return told
    note(f"{key} dropped: a short plain text is expected")
    return None


def _truth(raw: Json, key: str, note: Note) -> bool:
    """Return a truth value; what is none counts as true: nothing is shown by mistake."""
    told = raw.get(key)
    if told is None or type(told) is bool:
        return bool(told)
    note(f"{key}: a truth value is expected, not {_short(told)}; taken for true")
    return True


def _count(raw: Json, key: str, note: Note) -> int | None:
    told = raw.get(key)
    if told is None or (type(told) is int and 0 <= told <= MAX_COUNT):
        return told
    note(f"{key} dropped: a count is expected, not {_short(told)}")
    return None


def _time(raw: Json, key: str, note: Note) -> datetime | None:
    told = raw.get(key)
    if told is None:
        return None
    try:
        when = datetime.fromisoformat(told)
        return when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    except (TypeError, ValueError, OverflowError):  # the year 0 in another zone is none
        note(f"{key} dropped: {_short(told)} is not a time")
        return None


_READ: Mapping[type, Callable[[Json, str, Note], Any]] = {
    int: _count,
    str: _text,
    datetime: _time,
    bool: _truth,
}
_PLAIN = tuple((fact.name, fact.hub, _READ[fact.type]) for fact in FACTS)


_NAMES: Mapping[type, str] = {
    dict: "a mapping", list: "a list", str: "a text", bool: "a truth value",
    int: "a number", float: "a number", type(None): "nothing",
}  # fmt: skip


def _typename(value: object) -> str:
    return _NAMES.get(type(value), type(value).__name__)


def _short(value: object) -> str:
    if isinstance(value, str):
        return repr(value[:80])
    return _typename(value) if isinstance(value, list | dict) else repr(value)
