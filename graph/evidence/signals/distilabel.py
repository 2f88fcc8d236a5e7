"""``pipeline.yaml``, which distilabel writes beside a data set: the models that its steps asked.

Declared, as an adapter's config is: the tool writes down what ran, and the author publishes it.
A step that rates, ranks or labels made none of the texts. A name that only an API knows ("gpt-4")
names no repository.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from graph.catalogue import names
from graph.catalogue.model import Claim, Evidence, Kind, Relation, Strength
from graph.evidence import reference
from graph.evidence.card import CardError, documents
from graph.evidence.json_files import inner
from graph.evidence.record import HubRecord, clean_reference
from graph.evidence.signal import Signal

FILE = "pipeline.yaml"
MAX_STEPS, MAX_MODELS = 200, 24
# Tasks of distilabel (its `steps/tasks`) that judge texts instead of writing them.
_JUDGES = re.compile(
    r"feedback|scor(?:er|ing)|eval|classif|label(?:l?er|ling)|rank|check|judge|backtranslation"
    r"|reward|pairrm|embed|filter|verif",
    re.IGNORECASE,
)
_MODEL = re.compile(r"(?:\w+_)?llms?")
_NAME = ("model_id", "model", "model_name")


def claims(record: HubRecord) -> Iterator[Claim]:
    """Yield a declared claim for each model that a step of the pipeline wrote texts with."""
    if FILE not in record.files or record.kind is not Kind.DATASET:
        return
    seen: set[str] = set()
    for step, told in _asked(record.files[FILE]):
        model = clean_reference(told)
        if model is None or not _is_told(model) or not seen.isdisjoint(reference.keys(model)):
            continue
        seen |= reference.keys(model)
        where = Evidence(record.id, f"{FILE}: {step}", model, record.read_when(FILE))
        yield Claim(record.id, model, Relation.GENERATED_BY, Strength.DECLARED, "distilabel", where)
        if len(seen) >= MAX_MODELS:
            return


def _asked(text: str) -> Iterator[tuple[str, object]]:
    """Yield each model that a step asks for texts, with the step's name."""
    try:
        told = documents(text)
    except CardError:
        return
    steps = [step for one in told for step in _listed(inner(one, "pipeline").get("steps"))]
    for step in steps[:MAX_STEPS]:
        body = inner(step, "step")
        task = inner(body, "type_info").get("name") or inner(step, "type_info").get("name")
        if not _JUDGES.search(f"{task} {step.get('name')}"):
            for model in _models(body):
                yield str(step.get("name"))[:100], model


def _models(told: Any, *, is_model: bool = False) -> Iterator[object]:
    """Yield the names of the language models in a step, those within others among them."""
    if isinstance(told, list):
        for one in told:
            yield from _models(one, is_model=is_model)
    elif isinstance(told, dict):
        name = next((told[key] for key in _NAME if told.get(key)), None) if is_model else None
        if name is not None:
            yield name
        for key, value in told.items():
            if isinstance(value, dict | list) and _MODEL.fullmatch(key):
                yield from _models(value, is_model=True)


def _listed(told: object) -> list[dict[str, Any]]:
    return [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []


def _is_told(model: str) -> bool:
    """Tell whether a text names a repository, or a family at least."""
    if reference.is_plain(model):
        return "/" in model or any(word.llama for word in names.weights(model))
    return bool(reference.read(model)) or any(
        word.llama for word in names.weights(reference.words(model))
    )


SIGNAL = Signal(claims, order=85)
