"""The repository's name, read by its grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.evidence.features import grammar
from graph.evidence.inference import Clue
from graph.evidence.record import HubRecord

# Words of models trained from nothing on Llama's architecture, or beside a Llama.
_OWN_TRAINING = re.compile(
    r"babylm|tinystories|fineweb|scratch|pretrain|random|(?<![a-z])init|tiny-|speculator"
    r"|eagle3?(?![a-z])|medusa|draft|(?<![a-z])sae(?![a-z])|jlens|probe|resized"
)


def clues(record: HubRecord) -> Iterator[Clue]:
    """Yield what the name says of Llama and of rivals."""
    return of_name(record.name)


def of_name(name: str) -> Iterator[Clue]:
    """Yield clues of a name alone; a parent never crawled has nothing else."""
    words = grammar.words(name)
    llama = [w for w in words if w.llama and w.role == "weights"]
    rivals = [w for w in words if not w.llama and w.role == "weights"]
    for word in llama:
        yield _llama(word, rivals)
    for word in rivals:
        place = "alone" if not llama else ("first" if word.start < llama[0].start else "after")
        yield Clue(f"name-rival-{place}", "id", word.text)
    if own := _OWN_TRAINING.search(name.lower()):
        yield Clue("name-own-training", "id", own.group(0))
    if any(w.llama and w.role == "teacher" for w in words):
        yield Clue("name-llama-teacher", "id", name)
    if any(w.role == "other" for w in words):
        yield Clue("name-llama-other-sense", "id", name)
    if any(w.role == "runtime" for w in words):
        yield Clue("name-runtime", "id", name)


def _llama(word: grammar.Word, rivals: list[grammar.Word]) -> Clue:
    versioned = word.family not in (grammar.LLAMA, grammar.LLAMA_3)
    kind = "version" if versioned else "bare"
    if not word.text.endswith(("lama",)) and word.text.lstrip("meta-_. ").startswith("l3"):
        kind = "short"
    contested = "-contested" if rivals else ""
    families = (word.family,) if versioned else ()
    return Clue(f"name-llama-{kind}{contested}", "id", word.text, families)
