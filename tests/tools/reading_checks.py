"""What a check's code says: outcomes with their words, and the policies that bear on it."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from types import FunctionType, ModuleType

from graph.catalogue.model import Outcome
from graph.compliance import policies
from graph.compliance.case import Check

_WORDS = re.compile(r"[a-z]{3,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a check says: an outcome, or the policy that chooses it, and the words."""

    outcome: str
    policy: bool
    words: str


def module_of(check: Check) -> ModuleType:
    """Return the file that a check stands in."""
    found = inspect.getmodule(check)
    assert found is not None
    return found


def said(module: ModuleType) -> list[Said]:
    """Return what a check says, in the order of its code, what it shares with others first."""
    shared = [fn for name, fn in _shared(module) if name != "not_applicable"]
    sources = [*(inspect.getsource(fn) for fn in shared), inspect.getsource(module)]
    found = [one for source in sources for one in _told(ast.parse(source))]
    worded = {(one.outcome, one.policy) for one in found if one.words}
    told = [one for one in found if one.words or (one.outcome, one.policy) not in worded]
    return list(dict.fromkeys(told))


def policies_of(module: ModuleType) -> list[str]:
    """Return the names of the policies that a check asks, by itself or by what it shares."""
    sources = [inspect.getsource(fn) for _, fn in _shared(module)] + [inspect.getsource(module)]
    asked = set(re.findall(r"policies\.(\w+)", " ".join(sources)))
    return [name for name in explained() if name in asked]


def explained() -> dict[str, str]:
    """Return the sentence that stands under each policy in the code."""
    body = next(
        node.body
        for node in ast.parse(inspect.getsource(policies)).body
        if isinstance(node, ast.ClassDef)
    )
    found = {}
    for field, text in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr):
            assert isinstance(field.target, ast.Name)
            assert isinstance(text.value, ast.Constant)
            found[field.target.id] = " ".join(str(text.value.value).split())
    return found


def _shared(module: ModuleType) -> list[tuple[str, FunctionType]]:
    members = inspect.getmembers(module, inspect.isfunction)
    return [(n, fn) for n, fn in members if fn.__module__ == "graph.compliance.case"]


def _told(tree: ast.AST) -> Iterator[Said]:
    """Find an outcome or a policy with words behind it, function by function."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        named = dict(_named(function))
        nodes = [node for node in ast.walk(function) if isinstance(node, ast.Call | ast.Tuple)]
        for node in sorted(nodes, key=lambda one: (one.lineno, one.col_offset)):
            yield from _said(node, named)


def _named(function: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    """Find the texts that a function gives a name before it says them."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, _text(node.value)


def _said(node: ast.Call | ast.Tuple, named: dict[str, str]) -> Iterator[Said]:
    """Read a call's arguments, or a pair."""
    parts = node.args if isinstance(node, ast.Call) else node.elts
    called = _name(node.func) if isinstance(node, ast.Call) else ""
    if called == "not_applicable":
        yield Said(Outcome.NOT_APPLICABLE.value, False, _text(parts[0]))
    for part, following in pairwise(parts):
        chosen = _chosen(part)
        words = _tidy(_text(following) or named.get(_name(following), ""))
        if chosen and (words or called == "Verdict"):
            yield Said(*chosen, words)


def _tidy(words: str) -> str:
    """Return words with one … for several; none where too few are left to say anything."""
    return (
        re.sub("…+[.]?$", "…", re.sub("…+", "…", words)) if len(_WORDS.findall(words)) > 2 else ""
    )


def _chosen(node: ast.AST) -> tuple[str, bool] | None:
    """Return the outcome or policy that an expression names."""
    if not isinstance(node, ast.Attribute):
        return None
    if isinstance(node.value, ast.Name) and node.value.id == "Outcome":
        return (Outcome[node.attr].value, False)
    return (node.attr, True) if _name(node.value) == "policies" else None


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
