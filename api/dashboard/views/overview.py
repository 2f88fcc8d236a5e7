"""The footprint at a glance: charts from the rows of the library's questions. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from api.dashboard.page import charts, links
from api.dashboard.page.hues import title
from graph.catalogue.floor import EARLIER
from graph.catalogue.model import Strength
from graph.catalogue.roster import load

Rows = list[dict[str, Any]]
MOST = 12  # bars of a chart
OUTCOMES = ("failed", "review", "unknown", "info", "passed")


def headline(rows: Rows) -> dict[str, Any] | None:
    """Return the figures of the first sentence; None where nothing is known yet."""
    return rows[0] if rows and rows[0].get("models") else None


def rivals(rows: Rows, at_least: Strength) -> list[charts.Bar]:
    """Return Llama beside the other families of the rosters, and none of them."""
    found = []
    for row in rows:
        line = row["line"]
        href = None
        if line not in ("llama", "none"):
            href = links.with_query("/models", {"family": line, "strength": _word(at_least)})
        found.append(charts.Bar(_line(line), row["members"], 0, row["share"], href, _kind(line)))
    last = [bar for bar in found if bar.kind == "rest"]
    return charts.bars([bar for bar in found if bar.kind != "rest"][:MOST]) + [
        charts.Bar(bar.label, bar.value, 0, bar.share, None, "rest") for bar in last
    ]


def families(rows: Rows, at_least: Strength) -> list[charts.Bar]:
    """Return the Llama families, oldest first."""
    sizes = {row["family"]: row["artifacts"] for row in rows}
    return charts.bars(
        charts.Bar(
            family.title,
            sizes.get(family.id, 0),
            0,
            href=links.with_query("/models", {"family": family.id, "strength": _word(at_least)}),
            kind="llama",
        )
        for family in load().llama_families()
    )


def shares(rows: Rows, label: str, blank: str = "none read") -> list[charts.Bar]:
    """Return bars of models by a word, with their share."""
    most = [charts.Bar(row[label] or blank, row["models"], 0, row["share"]) for row in rows[:MOST]]
    return charts.bars(most)


def authors(rows: Rows) -> list[charts.Bar]:
    """Return the authors with the most descendants of Llama."""
    return charts.bars(_author(row) for row in rows[:MOST])


def _author(row: dict[str, Any]) -> charts.Bar:
    name = row["author"]
    href = links.with_query("/models", {"author": name})
    return charts.Bar(name, row["models"], 0, href=href, note=str(row["failed"]))


def outcomes(rows: Rows) -> list[charts.Stack]:
    """Return a stacked bar for each check, worst outcome first."""
    return [charts.stack(row["check"], {name: row[name] for name in OUTCOMES}) for row in rows]


@dataclass(frozen=True, slots=True)
class Growth:
    """Columns by month, and how many models stand in none of them.

    ``earlier`` are those of which the Hub only knows that they are older than the first month;
    ``undated`` those of which it tells nothing, or a month that cannot be.
    """

    columns: charts.Columns | None
    earlier: int
    undated: int


def growth(rows: Rows) -> Growth | None:
    """Return the growth of Llama's families by month; None where there is none to show."""
    if not rows:
        return None
    earlier = [row for row in rows if row["month"] == EARLIER]
    told = [row for row in rows if _is_month(row["month"])]
    rest = _models(rows) - _models(earlier) - _models(told)
    return Growth(_columns(told) if told else None, _models(earlier), rest)


def _models(rows: Rows) -> int:
    return sum(row["models"] for row in rows)


def _columns(told: Rows) -> charts.Columns:
    """Return a column for each month, stacked by family, oldest at the bottom."""
    values: dict[str, dict[str, int]] = {}
    for row in told:
        values.setdefault(row["month"], {})[row["family"]] = row["models"]
    known = {row["family"] for row in told}
    names = [f.id for f in load().llama_families() if f.id in known]
    return charts.columns(charts.months_between(min(values), max(values)), values, names)


def _is_month(text: object) -> bool:
    """Tell whether a month is one that the Hub can have had."""
    return (
        isinstance(text, str)
        and len(text) == 7
        and "2010-01" <= text <= "2100-12"
        and text[4] == "-"
    )


def _line(line: str) -> str:
    return {"llama": "Llama", "none": "none of these"}.get(line) or title(line)


def _kind(line: str) -> str:
    return {"llama": "llama", "none": "rest"}.get(line, "rival")


def _word(at_least: Strength) -> str | None:
    return None if at_least is Strength.INFERRED else at_least.word
