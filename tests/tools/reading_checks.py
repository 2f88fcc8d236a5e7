"""What a check's code says: outcomes with their words, and the policies that bear on it."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from types import ModuleType

from graph.catalogue.model import Outcome
from graph.compliance.check import ADAPTER_DUTIES, Check
from graph.compliance.policies import Policy

_WORDS = re.compile(r"[a-z]{3,}", re.IGNORECASE)
_SAYING = {
    "not_applicable": Outcome.NOT_APPLICABLE,
    "unknown": Outcome.UNKNOWN,
    "not_found": Outcome.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a check says: an outcome, or the policy that chooses it, and the words."""

    by: Outcome | Policy
    words: str


def module_of(check: Check) -> ModuleType:
    """Return the file that a check stands in."""
    return sys.modules[check.judge.__module__]


def said(check: Check) -> list[Said]:
    """Return what a check says, in the order of its code, what it does not reach first."""
    module = module_of(check)
    found = [Said(Outcome.NOT_APPLICABLE, words) for words in check.beyond if words]
    found += _told(ast.parse(inspect.getsource(module)), module)
    worded = {one.by for one in found if one.words}
    return list(dict.fromkeys(one for one in found if one.words or one.by not in worded))


def policies_of(check: Check) -> list[Policy]:
    """Return the policies that a check asks, by itself or by what it shares."""
    own = [one for one in vars(module_of(check)).values() if isinstance(one, Policy)]
    return [*own, ADAPTER_DUTIES] if check.weights else own


def _told(tree: ast.AST, module: ModuleType) -> Iterator[Said]:
    """Find an outcome or a policy with words behind it, function by function."""
    constants = {name: value for name, value in vars(module).items() if isinstance(value, str)}
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        named = constants | dict(_named(function))
        nodes = [node for node in ast.walk(function) if isinstance(node, ast.Call | ast.Tuple)]
        for node in sorted(nodes, key=lambda one: (one.lineno, one.col_offset)):
            yield from _said(node, named, module)


def _named(function: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    """Find the texts that a function gives a name before it says them."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, _text(node.value)


def _said(node: ast.Call | ast.Tuple, named: dict[str, str], module: ModuleType) -> Iterator[Said]:
    """Read a call's arguments, or a pair."""
    parts = node.args if isinstance(node, ast.Call) else node.elts
    called = _name(node.func) if isinstance(node, ast.Call) else ""
    if outcome := _SAYING.get(called):
        yield from (Said(outcome, words) for part in parts[:1] if (words := _worded(part, named)))
    for part, following in pairwise(parts):
        by, words = _chosen(part, module), _worded(following, named)
        if by and (words or called in ("Verdict", "says")):
            yield Said(by, words)


def _worded(node: ast.AST, named: dict[str, str]) -> str:
    """Return words with one … for several; none where too few are left to say anything."""
    words = _text(node) or named.get(_name(node), "")
    tidy = re.sub("…+[.]?$", "…", re.sub("…+", "…", words))
    return tidy if len(_WORDS.findall(tidy)) > 2 else ""


def _chosen(node: ast.AST, module: ModuleType) -> Outcome | Policy | None:
    """Return the outcome or policy that an expression names."""
    if isinstance(node, ast.Call) and _name(node.func) == "chosen":
        policy: Policy = vars(module)[_name(node.args[0])]
        return policy
    if isinstance(node, ast.Attribute) and _name(node.value) == "Outcome":
        return Outcome[node.attr]
    return None


def _text(node: ast.AST) -> str:
    """Return the words of a text in the code, with … for what is filled in; "" for no text."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) or "…" for part in node.values)
    if isinstance(node, ast.BinOp):
        return _text(node.left) + (_text(node.right) or "…")
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return ""


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
