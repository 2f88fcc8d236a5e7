"""How sheets, findings and lineages look on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import networkx as nx
from rich.text import Text
from rich.tree import Tree

from api.schemas import shapes
from graph.catalogue.model import Finding, Outcome
from graph.compliance import triage
from graph.footprint.result import Result
from graph.storage.coverage import Coverage
from graph.storage.read_model import Sheet
from herdbook.output import terminal

ROWS = 50  # of a list for people, who can ask for more
NO_ADVICE = "A finding says what was seen; it is no legal advice."
_SHOWN_CHILDREN = 200


def print_sheet(sheet: Sheet) -> None:
    """Print one artifact whole."""
    told = shapes.sheet(sheet)
    licence = told["licence"]
    facts = {
        "kind": told["kind"],
        "author": told["author"],
        "created": told["created"] or _before(told["created_before"]),
        "downloads": f"{_count(told['downloads'])} in 30 days, "
        f"{_count(told['downloads_all'])} of all time",
        "likes": told["likes"],
        "families": [f"{m['family']} ({m['strength']})" for m in told["memberships"]]
        or "none known",
        "licence declared": licence["declared"],
        "licence concluded": licence["concluded"] or "none known",
    }
    if told["removed"]:
        facts["removed"] = f"went from the Hub, {told['removed']}; this is what was last known"
    elif told["disabled"]:
        facts["disabled"] = "The Hub has disabled this repository: its files cannot be read"
    elif not told["crawled"]:
        facts["crawled"] = "no: only named as a parent"
    terminal.out.print(Text(sheet.artifact.id, style="bold"))
    for name, value in facts.items():
        terminal.out.print(Text(f"{name:18}", style="dim") + terminal.plain(value))
    for clue in sheet.clues:
        sign = terminal.plain(f"{clue.kind}: {clue.field} = {clue.value}")
        terminal.out.print(Text(f"{'inferred from':18}", style="dim") + sign)
    terminal.out.print()
    print_findings(sheet)


def _before(day: str | None) -> str | None:
    return f"before {day}" if day else None


def _count(number: int | None) -> str:
    return "unknown" if number is None else f"{number:,}"


def print_findings(sheet: Sheet) -> None:
    """Print an artifact's findings, worst first, with clause, evidence and remedy."""
    heading = Text(f"{sheet.artifact.id}: ", style="bold")
    outcome = sheet.outcome.value
    terminal.out.print(heading + Text(outcome, style=terminal.OUTCOME_STYLE[outcome]))
    ordered = sorted(sheet.findings, key=lambda f: f.outcome.rank)
    for finding in ordered:
        if finding.outcome is not Outcome.NOT_APPLICABLE:
            _print_finding(finding, sheet.artifact.revision)
            _print_replies(shapes.answered(finding, triage.of(finding, sheet.replies)))
    rest = sorted({f.check for f in ordered if f.outcome is Outcome.NOT_APPLICABLE})
    if rest:
        terminal.out.print(Text(f"does not apply: {', '.join(rest)}", style="dim"))
    terminal.out.print(Text(NO_ADVICE, style="dim"))


def _print_finding(f: Finding, revision: str | None) -> None:
    word = f.outcome.value
    line = Text(f"{word:8}", style=terminal.OUTCOME_STYLE[word]) + Text(f" {f.check}", style="bold")
    line += terminal.plain(
        f"  {f.licence} {f.section or ''}, lineage {f.strength.word if f.strength else '-'}"
    )
    terminal.out.print(line)
    terminal.out.print(Text("         ") + terminal.plain(f.message))
    for e in f.evidence:
        said = f"{e.field} = {e.value}"
        if shapes.changed_since(e, f.artifact, revision):
            said += f" (read at revision {e.revision:.7}; the repository has changed since)"
        terminal.out.print(Text("         seen   ", style="dim") + terminal.plain(said))
    if f.path:
        steps = " <- ".join(
            [f"{d.child} ({d.relation.value})" for d in f.path] + [f.path[-1].parent]
        )
        terminal.out.print(Text("         path   ", style="dim") + terminal.plain(steps))
    if f.quote and f.outcome is not Outcome.PASSED:
        terminal.out.print(Text("         clause ", style="dim") + terminal.plain(f"“{f.quote}”"))
    if f.remedy:
        terminal.out.print(Text("         remedy ", style="dim") + terminal.plain(f.remedy))


def _print_replies(told: list[dict[str, Any]]) -> None:
    for r in told:
        until = f", until {r['until']}" if r["until"] else ""
        said = f"{r['number']}, by {r['by']} on {r['at'][:10]}{until} ({r['state']}): {r['reason']}"
        terminal.out.print(Text(f"         {r['kind']:8} ", style="dim") + terminal.plain(said))


def print_lineage(artifact_id: str, graph: nx.MultiDiGraph[str], direction: str) -> None:
    """Print a lineage as a tree; a node met before is not opened again."""
    for way, title in (("up", "comes from"), ("down", "leads to")):
        if direction in (way, "both"):
            tree = Tree(Text(artifact_id, style="bold") + Text(f"  {title}", style="dim"))
            _grow(tree, graph, artifact_id, way, {artifact_id})
            terminal.out.print(tree)


def _grow(tree: Tree, graph: nx.MultiDiGraph[str], node: str, way: str, seen: set[str]) -> None:
    edges = graph.out_edges(node, data=True) if way == "up" else graph.in_edges(node, data=True)
    ordered = sorted(((e[1] if way == "up" else e[0]), e[2]["relation"], e[2]) for e in edges)
    for other, same in groupby(ordered[:_SHOWN_CHILDREN], key=lambda e: e[0]):
        told = [data for _, _, data in same]
        how = ", ".join(f"{d['relation']} {d['strength']}" for d in told)
        known = "" if graph.nodes[other].get("crawled") else ", not read"
        branch = tree.add(terminal.plain(other) + Text(f"  {how}{known}", style="dim"))
        if other not in seen:
            seen.add(other)
            _grow(branch, graph, other, way, seen)
    if len(ordered) > _SHOWN_CHILDREN:
        tree.add(
            Text(f"… and {len(ordered) - _SHOWN_CHILDREN:,} more (--json has all)", style="dim")
        )


def print_list(found: list[dict[str, Any]], cut: bool) -> None:
    """Print a list of findings as a table."""
    for one in found:
        one["replies"] = [r["kind"] for r in one["replies"] if r["state"] == "standing"]
    columns = ("id", "check", "outcome", "replies", "licence", "strength", "downloads", "message")
    terminal.table(columns, terminal.rows(found, columns))
    if cut and len(found) == ROWS:
        terminal.say(f"the first {ROWS}; --limit N for more, --json for all")


def print_results(results: Sequence[Result], coverage: Coverage) -> None:
    """Print answers to questions of the footprint, and first what they are not of."""
    if not coverage.whole:
        terminal.out.print(terminal.plain(coverage.words))
    for result in results:
        _print_result(result)


def _print_result(result: Result) -> None:
    columns = list(result.rows[0]) if result.rows else []
    if not result.complete:
        columns = [column for column in columns if column not in result.shares]
    terminal.table(columns, terminal.rows(result.rows, columns), title=result.title)
    terminal.out.print(Text(f"herdbook cypher --run {result.query}", style="dim"))
    terminal.out.print()
