"""The relation of a child to a parent that is named without one.

The order follows the policy for an untyped ``base_model`` (docs/policies.md): the card's
``base_model_relation``, then what the files say, then several parents, then the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from graph.catalogue.model import HUB_RELATIONS, Relation
from graph.evidence.record import HubRecord

_QUANTISED_FILE = re.compile(r"\.(gguf|ggml)$|(^|/)quant(ize|ization)_config\.json$", re.IGNORECASE)
_QUANTISED_NAME = re.compile(
    r"(?<![a-z0-9])(gguf|ggml|awq|gptq|exl[23]|bnb|nf4|fp8|nvfp4|mxfp4|hqq|aqlm|eetq|quip|marlin"
    r"|mlx|int[248]|[2-8]-?bits?|\d(?:\.\d+)?bpw|i?q[2-8](_[a-z0-9]+)*|w[48]a(4|8|16))(?![a-z0-9])",
    re.IGNORECASE,
)
# What quantisers add to a name beside that: parts of the names of formats and of their settings.
_SETTING = re.compile(
    r"[0-9.]+|[bgh]\d{1,3}|gs\d+|\d+g|mlc|q\df\d+|[bf]p?(?:16|32)|i1|i?mat(?:rix)?|k|[mslx]{1,3}|nl|ud|ao|torchao|dwq"
    r"|dynamic|static|per|tensor|channel|token|group|kv|hf|ct2|onnx|openvino|llamafile|neuron|split"
    r"|quant(?:i[sz]ed)?s?|unsloth|symm?|asymm?|gptqmodel|autogptq|autoround|calib\w*",
    re.IGNORECASE,
)
# mergekit writes mergekit_config.yml, and mergekit_moe_config.yml of a mixture of experts.
RECIPES = ("mergekit_config.yml", "mergekit_config.yaml", "mergekit_moe_config.yml")
_RECIPE = re.compile(r"merge[-_]?kit[\w\-]*\.ya?ml", re.IGNORECASE | re.ASCII)
_ADAPTERS = ("adapter_config.json", "adapter_model.safetensors", "adapter_model.bin")
_TYPED = re.compile(r"^(finetune|adapter|merge|quantized):(.+)$", re.DOTALL)


def is_recipe(name: str) -> bool:
    """Tell whether a file is a merge's recipe by its name."""
    return _RECIPE.fullmatch(name) is not None


def typed(reference: str) -> tuple[Relation, str] | None:
    """Split what follows ``base_model:`` in a tag into relation and id, if it has a relation."""
    found = _TYPED.match(reference)
    return (Relation(found.group(1)), found.group(2)) if found else None


def untyped(record: HubRecord, parents: int) -> tuple[Relation, str]:
    """Return the relation of a child that names ``parents`` parents, and what told it."""
    told = (record.card or {}).get("base_model_relation")
    if isinstance(told, str) and told.strip().lower() in HUB_RELATIONS:
        return Relation(told.strip().lower()), "card base_model_relation"
    names = record.file_names()
    if adapter := next((name for name in _ADAPTERS if name in names), None):
        return Relation.ADAPTER, f"file {adapter}"
    if recipe := min(filter(is_recipe, names), default=None):
        return Relation.MERGE, f"file {recipe}"
    if parents > 1:
        return Relation.MERGE, f"{parents} parents"
    if told := quantised(record.name, names):
        return Relation.QUANTIZED, told
    return Relation.FINETUNE, "nothing else told"


def quantised(name: str, files: Iterable[str]) -> str | None:
    """Return what tells that a repository of this name and these files is a quantised copy."""
    if any(_QUANTISED_FILE.search(file) for file in files):
        return "files"
    found = _QUANTISED_NAME.search(name)
    return f"name ({found.group(0)})" if found else None


def without_format(name: str) -> str:
    """Return a name in lower case without what quantisers add at its end."""
    low = _QUANTISED_NAME.sub("", name.lower())
    parts = [part for part in re.split(r"[-_\s]+", low) if part.strip(".")]
    while len(parts) > 1 and _SETTING.fullmatch(parts[-1].strip(".")):
        parts.pop()
    return "-".join(parts).rstrip(".")
