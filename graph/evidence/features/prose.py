"""The card's words: "Built with Llama", a family named without a repository, Meta's agreement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from graph.catalogue.model import Relation
from graph.catalogue.naming import resolve
from graph.catalogue.roster import load
from graph.evidence.inference import Feature
from graph.evidence.languages import reading as languages
from graph.evidence.prose import sentences, unmarked
from graph.evidence.record import HubRecord
from graph.evidence.statements import statements

ORDER = 90
MAX_VALUE = 200
MAX_GATE = 20_000  # characters of a gate's text that are read: the title stands at its head
_BUILT = re.compile(  # and not LLaMA-Factory, llama.cpp or the like
    r"\bbuilt with ((?:meta )?llama[ -]?\d?(?:\.\d)?)\b(?![-._]?[a-z])(?! factory\b| stack\b)",
    re.IGNORECASE,
)
_AGREEMENT = re.compile(
    r"\b((?:meta )?llama ?\d?(?:\.\d)?) community licen[sc]e agreement\b", re.IGNORECASE
)
_NOTICE = re.compile(  # the line that the licences want in a file is put into cards as well
    r"\b((?:meta )?llama ?\d?(?:\.\d)?) is licensed under the (?:meta )?llama ?\d?(?:\.\d)?"
    r" community licen[sc]e\b",
    re.IGNORECASE,
)
_LICENSED = re.compile(  # in a sentence or behind a label; a licence's name alone says less
    r"(?:\b(?:model|weights|it) (?:is|are) (?:also )?(?:(?:re)?licen[sc]ed|released|distributed"
    r"|governed|provided|made available|available)\b[^.:]{0,30}? (?:under|by) (?:the )?"
    r"|^\W{0,6}licen[sc]e\W{1,8})((?:meta )?llama ?\d(?:\.\d)?) community licen[sc]e\b",
    re.IGNORECASE,
)
_NOT_OURS = re.compile(r"\b(?:not|if you|must|shall|should|prominently display)\b", re.IGNORECASE)
_OF_LICENCES = (
    ("card-notice", _NOTICE),
    ("card-licensed", _LICENSED),
    ("card-agreement", _AGREEMENT),
)


def features(record: HubRecord) -> Iterator[Feature]:
    """Yield what a card says of a family without naming a repository."""
    if "README.md" not in record.files:
        return
    yield from _families(record)
    yield from _built_with(record)
    yield from _agreement(record)


def _families(record: HubRecord) -> Iterator[Feature]:
    for told in (*statements(record), *languages.statements(record)):
        named = told.mention.named
        if (named.id and not told.copied) or told.relation is Relation.DISTILLED:
            continue  # an id is a claim; a teacher's weights are not in the pupil
        value = unmarked(told.sentence.text)[:MAX_VALUE]
        if named.llama:
            yield Feature("card-llama-family", "README.md", value, named.families)
        elif named.family and not load().families[named.family].component:
            yield Feature("card-rival-family", "README.md", value)


def _built_with(record: HubRecord) -> Iterator[Feature]:
    """Yield for the display that the licences ask for; a licence's own text says the words too."""
    for sentence in sentences(record.files.get("README.md", ""), ("built with",)):
        found = _BUILT.search(sentence.text)
        if found and not _NOT_OURS.search(sentence.text):
            told = _worded("card-built-with-llama", "README.md", found)
            # The display without a number is owed by what learned from outputs as well.
            yield replace(told, kind="card-built-with-version") if told.families else told
            return


def _agreement(record: HubRecord) -> Iterator[Feature]:
    gate = (record.card or {}).get("extra_gated_prompt")
    found = _AGREEMENT.search(gate[:MAX_GATE]) if isinstance(gate, str) else None
    if found:
        yield _worded("card-agreement", "cardData.extra_gated_prompt", found)
        return
    for sentence in sentences(record.files.get("README.md", ""), ("community licen",)):
        for kind, said in _OF_LICENCES:
            found = said.search(sentence.text)
            if found and not _NOT_OURS.search(sentence.text[: found.start()]):
                yield _worded(kind, "README.md", found)
                return


def _worded(kind: str, field: str, found: re.Match[str]) -> Feature:
    """Return a feature with the version that the words name: Llama 3's has no minor number."""
    named = resolve(found.group(1))
    return Feature(kind, field, found.group(0), named.families if named else ())
