"""Markup: links to the Hub marked, everything else by its words. Links are read, never followed."""

from __future__ import annotations

import re

from graph.catalogue.model import DATASET_PREFIX
from graph.catalogue.roster import load
from graph.evidence.record import valid_id

# Of the private use area: BEGIN a link's words OPEN the id that it leads to CLOSE.
OPEN, CLOSE, BEGIN = "\ue000", "\ue001", "\ue002"
_PRIVATE = re.compile(f"[{OPEN}{CLOSE}{BEGIN}]")
_MARKED = re.compile(f"{OPEN}[^{CLOSE}]{{0,220}}{CLOSE}|{BEGIN}")
_INLINE = re.compile(
    r"</?(?:b|i|em|strong|code|span|u|font|small|big|mark)\b[^<>]{0,120}>", re.IGNORECASE
)
_LINK = re.compile(
    r"!?\[([^\[\]\n]{0,200}(?:\[[^\[\]\n]{0,40}\][^\[\]\n]{0,60})?)\]"
    r"\(<?([^()<>\s]{0,300})>?[^()\n]{0,100}\)"
)
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,200}\]\([^()\n]{0,400}\)")  # what a picture shows is no prose
_HTML_LINK = re.compile(
    r"<a\s[^<>]{0,200}?href=[\"']([^\"'<>]{0,300})[\"'][^<>]{0,200}>([^<>]{0,200})</a>"
)
_URL = re.compile(
    r"<?(?:https?://|(?<![\w/.@\-])(?=(?:www\.)?(?:huggingface\.co|hf\.co)/))"
    r"([^\s<>()\[\]\"'`,|\u0080-\U0010ffff]{3,300})>?"  # ends at CJK
)
_HUB = re.compile(
    r"(?:https?:/{1,2}(?:[\w.]{1,20}/)?)?(?:www\.)?(?:huggingface\.co|hf\.co|hf-mirror\.com)/"
    r"(datasets/)?([\w.\-]{1,96}(?:/[\w.\-]{1,96})?)(?:[/?#]|$)"
)
# Trainers' cards link the folder that a model was loaded from as if it were a repository.
_FOLDER = re.compile(r"https?://(?:huggingface\.co|hf\.co)/(/[\w.\-/]{3,200})$", re.ASCII)
_HERE = re.compile(
    r"/(datasets/)?((?!(?:root|home|data|mnt|workspace|content|kaggle|models?|checkpoints?|outputs?|tmp|nfs"
    r"|opt|usr|var|scratch|media|users|input|cache|src|app|train|volume|dev)/)"
    r"[\w.\-]{1,96}/[\w.\-]{1,96})(?:/(?:tree|blob|resolve|discussions)/.{0,200})?$",
    re.IGNORECASE,
)
_PAGES = re.compile(
    r"spaces|docs|blog|papers|models|collections|datasets|api|organizations|posts|join|settings|learn"
    r"|chat|tasks|resources|mcp",
    re.IGNORECASE,
)
_TAG = re.compile(f"<[^<>\n{OPEN}]{{1,300}}>")
_EMPHASIS = re.compile(
    rf"{OPEN}[^{CLOSE}]{{0,220}}{CLOSE}|\*{{1,3}}|_{{2,3}}|(?<!\w)_(?=\w)|(?<=\w)_(?!\w)|`|\\(?=[_*|])"
    r"|\[optional\]"
)
_MARKS = re.compile(r"[*_`\\\[]")  # without any of which nothing is emphasised


def plain(text: str) -> str:
    """Return a text without markup, links to the Hub as ``words OPEN id CLOSE``."""
    return marked(text).replace(BEGIN, "")


def marked(text: str) -> str:
    """Return a text without markup, links to the Hub as ``BEGIN words OPEN id CLOSE``."""
    bare = _PRIVATE.sub("", text) if not text.isascii() else text
    if "![" in bare:
        bare = _IMAGE.sub(" ", bare)
    if "<" in bare:
        bare = _INLINE.sub("", bare)
        bare = _HTML_LINK.sub(lambda m: _linked(m.group(2), m.group(1)), bare)
    if "](" in bare:
        bare = _LINK.sub(lambda m: _linked(m.group(1), m.group(2)), bare)
    if "://" in bare or ".co/" in bare:
        bare = _URL.sub(lambda m: _linked("", m.group(1).rstrip(".*_:;!")), bare)
    if "<" in bare:
        bare = _TAG.sub(" ", bare)
    if _MARKS.search(bare):
        bare = _EMPHASIS.sub(_kept if OPEN in bare else "", bare)
    return " ".join(bare.split()).lstrip("-*+•> ")


def _kept(found: re.Match[str]) -> str:
    """Return an id as it stands, and nothing of what emphasises."""
    return found.group() if found.group()[0] == OPEN else ""


def unmarked(text: str) -> str:
    """Return a sentence as people read it, for evidence."""
    return _MARKED.sub("", text)


def _linked(words: str, address: str) -> str:
    """Return a link's words, marked with what it leads to; a bare address has no words."""
    told = repository(address)
    return f"{BEGIN}{words}{OPEN}{told}{CLOSE}" if told else words


def repository(address: str) -> str | None:
    """Return the id of the repository that an address leads to; a data set's has its prefix."""
    if (folder := _FOLDER.match(address)) is not None:
        return folder.group(1)
    found = _HUB.match(address) or _HERE.match(address)
    if not found:
        return None
    data, told = found.group(1), found.group(2).rstrip(".")
    owner, _, name = told.partition("/")
    if _PAGES.fullmatch(owner) or not valid_id(told):
        return None
    if not name and (data or not _has_no_owner(told)):
        return None  # a person's page
    return f"{DATASET_PREFIX if data else ''}{told}"


def _has_no_owner(name: str) -> bool:
    """Tell whether an id without an owner is one of the Hub's first repositories ("gpt2")."""
    return name in load().renamed
