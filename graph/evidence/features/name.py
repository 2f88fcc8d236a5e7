"""The repository's name: the words of families in it, and what they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.catalogue import names
from graph.catalogue.lexicon import Sense
from graph.evidence.inference import Feature
from graph.evidence.record import HubRecord

ORDER = 10
# Words of models trained from nothing on Llama's architecture, or beside a Llama.
_OWN_TRAINING = re.compile(
    r"babylm|tinystories|fineweb|scratch|pretrain|random|(?<![a-z])init|tiny-|speculator"
    r"|eagle3?(?![a-z])|medusa|draft|(?<![a-z])sae(?![a-z])|jlens|probe|resized"
)


def features(record: HubRecord) -> Iterator[Feature]:
    """Yield what the name says of Llama and of rivals."""
    return of_name(record.name)


def of_name(name: str) -> Iterator[Feature]:
    """Yield features of a name alone; a parent never crawled has nothing else."""
    words = names.words(name)
    senses = {w.sense for w in words}
    weights = [w for w in words if w.sense is Sense.WEIGHTS]
    llama, rivals = [w for w in weights if w.llama], [w for w in weights if not w.llama]
    for word in llama:
        yield _llama(word, rivals)
    for word in rivals:
        place = "alone" if not llama else ("first" if word.start < llama[0].start else "after")
        yield Feature(f"name-rival-{place}", "id", word.text)
    if own := _OWN_TRAINING.search(name.lower()):
        yield Feature("name-own-training", "id", own.group(0))
    if any(w.llama and w.sense is Sense.TEACHER for w in words):
        yield Feature("name-llama-teacher", "id", name)
    if Sense.OTHER in senses:
        yield Feature("name-llama-other-sense", "id", name)
    if Sense.RUNTIME in senses:
        yield Feature("name-runtime", "id", name)


def _llama(word: names.Word, rivals: list[names.Word]) -> Feature:
    kind = "short" if word.entry.short else "version" if word.family else "bare"
    contested = "-contested" if rivals else ""
    return Feature(f"name-llama-{kind}{contested}", "id", word.text, word.named.families)
