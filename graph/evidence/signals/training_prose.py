"""The data sets that a model's card says in words it was trained on.

Only where the words name the data set's id, or link to it on the Hub.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.catalogue.model import DATASET_PREFIX, Claim, Relation
from graph.evidence.prose import CLOSE, OPEN, Sentence, sentences
from graph.evidence.record import HubRecord
from graph.evidence.signal import Signal, stated
from graph.evidence.statements import names

MAX_DATASETS = 50
_REACH = 220  # characters after the verb in which its data sets stand
_VERB = re.compile(
    r"\b(?:trained|fine-?\s?tuned|finetuned|pre-?trained|sft|aligned|tuned|optimi[sz]ed|dpo)\b[^.]{0,60}?"
    r"\b(?:on|using|with|from)\s|\b(?:datasets? used|training data(?:set)?s?)\b[^.]{0,20}[:]\s?"
)
_LINKED = re.compile(rf"{OPEN}(datasets/[^{CLOSE}]{{3,200}}){CLOSE}")
_WRITTEN = re.compile(
    r"(?<![\w/.-])([A-Za-z0-9][\w.\-]{1,60}/[A-Za-z0-9][\w.\-]{2,90})(?: (?:data ?set|corpus)\b)"
)
_DENIED = re.compile(
    r"\b(?:not|never|no|without|unlike|(?:can|could|should|to) be|you|if|other models|tokenizer"
    r"|baseline|which is|originally used)\b"
    r"|\b(?:evaluat|benchmark)|n['’]t\b|\bvalidat|\bcompar"
)
_OURS = re.compile(r"\b(?:this|the|our|it|we|model|lora|adapter|checkpoint)\b")


def claims(record: HubRecord) -> Iterator[Claim]:
    """Yield a stated claim for each data set that a model's card says it was trained on."""
    if not record.holds_weights or "README.md" not in record.files:
        return
    seen: set[str] = set()
    for dataset, sentence in datasets(record):
        if dataset not in seen and len(seen) < MAX_DATASETS:
            seen.add(dataset)
            yield stated(record, dataset, Relation.TRAINED_ON, "training_prose", sentence)


def datasets(record: HubRecord) -> Iterator[tuple[str, Sentence]]:
    """Yield the data sets' ids with the sentences that name them."""
    card = record.files.get("README.md", "")
    for sentence in sentences(card, ("dataset", "data set", "corpus", "training data")):
        if "/" not in sentence.text:
            continue  # as mostly: no id
        found = _VERB.search(sentence.text.lower())
        if not found or not _speaks_of(record.name, sentence.text[: found.start()]):
            continue
        if _DENIED.search(sentence.text[: found.end()].lower()):
            continue
        after = sentence.text[found.end() : found.end() + _REACH]
        for linked in _LINKED.finditer(after):
            yield linked.group(1), sentence
        for written in _WRITTEN.finditer(after):
            yield DATASET_PREFIX + written.group(1), sentence


def _speaks_of(name: str, before: str) -> bool:
    """Tell whether the subject before the verb is this model, or none."""
    return len(before) < 4 or names(name, before) or _OURS.search(before.lower()) is not None


SIGNAL = Signal(claims, order=80)
