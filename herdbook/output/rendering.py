"""How artifacts, findings and lineages look on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from rich.text import Text
from rich.tree import Tree

from api.schemas.artifacts import ArtifactDetail, MembershipView
from api.schemas.base import iso
from api.schemas.findings import AnnotatedResult, AnnotationView, ListedFindingView
from api.schemas.lineage import EdgeView, LineageView
from graph.catalogue.facts import LISTED, Fact
from graph.catalogue.model import Outcome
from graph.footprint import Result
from graph.storage.coverage import Coverage
from herdbook.output import terminal

ROWS = 50  # of a list for people, who can ask for more
WIDE = 8  # columns that a terminal shows beside each other
NO_ADVICE = "A finding says what was seen; it is no legal advice."
_LISTED = ("id", "check", "outcome", "annotations", "licence", "strength", "downloads", "message")
_SHOWN_CHILDREN = 200
Steps = dict[str, list[tuple[str, EdgeView]]]  # from a node to others, in one direction


def print_artifact(one: ArtifactDetail) -> None:
    """Print one artifact whole."""
    facts: dict[str, object] = {
        "kind": one.kind.value,
        "author": one.author,
        "created": _created(one),
        **{line: _told(one, facts) for line, facts in groupby(LISTED, attrgetter("line"))},
        "families": [f"{m.family} ({_firmness(m)})" for m in one.memberships] or "none known",
        "licence declared": one.licence.declared,
        "licence concluded": one.licence.concluded or "none known",
    }
    if one.removed:
        facts["removed"] = f"went from the Hub, {iso(one.removed)}; this is what was last known"
    elif one.disabled:
        facts["disabled"] = "The Hub has disabled this repository: its files cannot be read"
    elif not one.crawled:
        facts["crawled"] = "no: only named as a parent"
    terminal.out.print(Text(one.id, style="bold"))
    for name, value in facts.items():
        terminal.out.print(Text(f"{name:18}", style="dim") + terminal.plain(value))
    for feature in one.features:
        sign = terminal.plain(f"{feature.kind}: {feature.field} = {feature.value}")
        terminal.out.print(Text(f"{'inferred from':18}", style="dim") + sign)
    terminal.out.print()
    print_findings(one)


def _created(one: ArtifactDetail) -> str | None:
    if one.created_before:
        return f"before {one.created_before}"
    return iso(one.created) if one.created else None


def _told(one: ArtifactDetail, facts: Iterable[Fact]) -> str:
    """Return the plain facts of one line."""
    values = [(fact, getattr(one, fact.name)) for fact in facts]
    return ", ".join(fact.said.format(_value(value)) for fact, value in values)


def _value(told: datetime | str | int | None) -> str:
    if told is None:
        return "unknown"
    return iso(told) if isinstance(told, datetime) else terminal.plain(told).plain


def print_findings(one: ArtifactDetail) -> None:
    """Print an artifact's findings, worst first, with clause, evidence and remedy."""
    heading = Text(f"{one.id}: ", style="bold")
    outcome = one.outcome.value
    terminal.out.print(heading + Text(outcome, style=terminal.OUTCOME_STYLE[outcome]))
    ordered = sorted(one.findings, key=lambda f: f.outcome.rank)
    shown = (f for f in ordered if f.outcome is not Outcome.NOT_APPLICABLE)
    for _, group in groupby(shown, key=lambda f: (f.outcome, f.licence, f.message)):
        same = list(group)  # one that is not read is told once, whatever checks it leaves open
        _print_finding(same[0], ", ".join(finding.check for finding in same))
        for finding in same:
            _print_annotations(finding.annotations)
    rest = sorted({f.check for f in ordered if f.outcome is Outcome.NOT_APPLICABLE})
    if rest:
        terminal.out.print(Text(f"does not apply: {', '.join(rest)}", style="dim"))
    terminal.out.print(Text(NO_ADVICE, style="dim"))


def _print_finding(f: AnnotatedResult, checks: str) -> None:
    word = f.outcome.value
    line = Text(f"{word:8}", style=terminal.OUTCOME_STYLE[word]) + Text(f" {checks}", style="bold")
    if f.licence or f.strength:
        of = f"{f.licence or 'version not told'} {f.section or ''}".rstrip()
        line += terminal.plain(f"  {of}, lineage {f.strength or '-'}")
    terminal.out.print(line)
    terminal.out.print(Text("         ") + terminal.plain(f.message))
    for e in f.evidence:
        said = f"{e.field} = {e.value}"
        if e.changed_since:
            said += f" (read at revision {e.revision:.7}; the repository has changed since)"
        _say("seen", said)
    if f.path:
        steps = (f"{d.child} ({d.relation.value})" for d in f.path)
        _say("path", " <- ".join((*steps, f.path[-1].parent)))
    if f.quote and f.outcome is not Outcome.PASSED:
        _say("clause", f"“{f.quote}”")
    if f.remedy:
        _say("remedy", f.remedy)


def _print_annotations(annotations: Sequence[AnnotationView]) -> None:
    for r in annotations:
        until = f", until {iso(r.until)}" if r.until else ""
        said = f"{r.number}, by {r.by} on {r.at:%Y-%m-%d}{until} ({r.state.value}): {r.reason}"
        _say(f"{r.kind.value:8}", said)


def _say(head: str, said: str) -> None:
    terminal.out.print(Text(f"         {head:6} ", style="dim") + terminal.plain(said))


def print_lineage(lineage: LineageView, direction: str) -> None:
    """Print a lineage as a tree; a node met before is not opened again."""
    unread = {node.id for node in lineage.nodes if not node.crawled}
    for way, title in (("up", "comes from"), ("down", "leads to")):
        if direction in (way, "both"):
            steps: Steps = {}
            for edge in lineage.edges:
                ends = (edge.child, edge.parent) if way == "up" else (edge.parent, edge.child)
                steps.setdefault(ends[0], []).append((ends[1], edge))
            tree = Tree(Text(lineage.id, style="bold") + Text(f"  {title}", style="dim"))
            _grow(tree, steps, unread, lineage.id, {lineage.id})
            terminal.out.print(tree)


def _grow(tree: Tree, steps: Steps, unread: set[str], node: str, seen: set[str]) -> None:
    mine = steps.get(node, [])
    for other, same in groupby(mine[:_SHOWN_CHILDREN], key=lambda step: step[0]):
        how = ", ".join(f"{edge.relation.value} {_firmness(edge)}" for _, edge in same)
        known = ", not read" if other in unread else ""
        branch = tree.add(terminal.plain(other) + Text(f"  {how}{known}", style="dim"))
        if other not in seen:
            seen.add(other)
            _grow(branch, steps, unread, other, seen)
    if len(mine) > _SHOWN_CHILDREN:
        tree.add(Text(f"… and {len(mine) - _SHOWN_CHILDREN:,} more (--json has all)", style="dim"))


def _firmness(told: EdgeView | MembershipView) -> str:
    """Return how firm lineage is, and by whose word where it is not the author's."""
    return told.strength if told.source == "author" else f"{told.strength} by the {told.source}"


def print_list(found: Iterable[ListedFindingView], cut: bool) -> None:
    """Print a list of findings as a table."""
    shown = [{**dict(one), "annotations": one.standing} for one in found]
    terminal.table(_LISTED, terminal.rows(shown, _LISTED))
    if cut and len(shown) == ROWS:
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
    rows = terminal.rows(result.rows, columns)
    if len(rows) == 1 and len(columns) > WIDE:  # one row of many figures is read downwards
        columns, rows = ["figure", ""], [list(pair) for pair in zip(columns, rows[0], strict=True)]
    terminal.table(columns, rows, title=result.title)
    terminal.out.print(Text(f"herdbook cypher --run {result.query}", style="dim"))
    terminal.out.print()
