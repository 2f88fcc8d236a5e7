"""The repository's name: the words of families in it, and what they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.catalogue import names
from graph.catalogue.lexicon import Sense, lexicon
from graph.catalogue.roster import load
from graph.evidence.inference import Feature
from graph.evidence.record import HubRecord

ORDER = 10
# Words of models trained from nothing on Llama's architecture, or beside a Llama.
_OWN_TRAINING = re.compile(
    r"babylm|tinystories|fineweb|scratch|(?<!continued[-_])(?<!continual[-_])pre-?train|(?<![a-z])(?:random|init)(?![a-z])|tiny-"
    r"|(?<![a-z])sae(?![a-z])|jlens|probe|resized|unit-?test"
)
_LAYERS = re.compile(r"(?<![a-z0-9])(?:\d|1[0-5])l(?![a-z0-9])")  # the smallest Llama has 16
TOY, PRUNED = 0.7, 0.5  # billions of parameters: the smallest Llama has 1.2, pruned "3.2-0.5B"


def features(record: HubRecord) -> Iterator[Feature]:
    """Yield what the name says of Llama and of rivals."""
    return of_name(record.name)


def of_name(name: str) -> Iterator[Feature]:
    """Yield features of a name alone; a parent never crawled has nothing else."""
    words = names.words(name)
    senses = {w.sense for w in words}
    weights = [w for w in words if w.sense is Sense.WEIGHTS]
    llama = [w for w in weights if w.llama]
    rivals = [w for w in weights if not w.llama and not _is_beside(w, llama, name)]
    for word in llama:
        yield _llama(word, name, rivals)
    for word in rivals:
        place = "alone" if not llama else ("first" if word.start < llama[0].start else "after")
        yield Feature(f"name-rival-{place}", "id", word.text)
    if llama and (toy := _toy(name, PRUNED if any(w.family for w in llama) else TOY)):
        yield Feature("name-toy", "id", toy)
    if own := _OWN_TRAINING.search(name.lower()):
        yield Feature("name-own-training", "id", own.group(0))
    if any(w.llama and w.sense is Sense.TEACHER for w in words):
        yield Feature("name-llama-teacher", "id", name)
    if Sense.OTHER in senses:
        yield Feature("name-llama-other-sense", "id", name)
    if Sense.RUNTIME in senses:
        yield Feature("name-runtime", "id", name)


def _is_beside(word: names.Word, llama: list[names.Word], name: str) -> bool:
    """Tell whether a rival's word says little beside a version of Llama's: bare, or a component's.

    "MiniCPM-Llama3-V" and "Llama-3.1-DeepSeek-8B" are what their version says; a rival that has a
    number or a size of its own may be what the weights are.
    """
    versions = [w.family for w in llama if w.family]
    known = load().families.get(word.family or "")
    behind, sized = _behind(word, name), lexicon().sized
    shared = any(behind in sized[version] for version in versions)
    own = any(c.isdigit() for c in word.text) or (behind[:1].isdigit() and not shared)
    return bool(versions) and (bool(known and known.component) or not own)


def _behind(word: names.Word, name: str) -> str:
    """Return the token behind a word, nothing at the end."""
    return next(iter(names.read(name).tokens[word.place + word.length :]), "")


def _toy(name: str, least: float) -> str | None:
    """Return the size in a name that is below any Llama's, in parameters or in layers."""
    sizes = names.sizes_of(name)
    if sizes and max(sizes) < least:
        return f"{max(sizes):g}B"
    layers = _LAYERS.search(name.lower())
    return layers.group(0) if layers else None


def _llama(word: names.Word, name: str, rivals: list[names.Word]) -> Feature:
    """Return what Llama's word says; "llama-7b" is what Meta called its first alone."""
    kind = "short" if word.entry.short else "version" if word.family else "bare"
    contested = "-contested" if rivals else ""
    last = names.read(name).tokens[word.place + word.length - 1]
    known = lexicon().plain
    plain = known.get(_behind(word, name)) or known.get(last)
    families = word.named.families or ((plain,) if plain else ())
    return Feature(f"name-llama-{kind}{contested}", "id", word.text, families)
