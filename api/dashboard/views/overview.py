"""The first page: each question's rows, charted as its file says. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.dashboard.page import charts, links, text
from api.dashboard.page.hues import hue, in_order, title
from graph.catalogue.floor import EARLIER
from graph.catalogue.model import Outcome, Source, Strength
from graph.catalogue.roster import load
from graph.engines.queries import chart
from graph.engines.queries.query import Figure, Question
from graph.footprint import asked

Row = Mapping[str, Any]
Rows = Sequence[Row]
EMPTY: Row = {}
OUTCOMES = frozenset(outcome.value for outcome in Outcome)
MOST = 12  # bars of a chart
LONGEST = 50  # rows of a stack or a table
_NUMBER = re.compile(r"\[\{(\w+)\}\]\((\S+?)\)|\{(\w+)\}")
_MONTH = re.compile(r"(20[1-9]\d|2100)-(0[1-9]|1[0-2])")  # what the Hub can have had
_NARROW = 4  # columns of a table in one card's room
_HUES = 8  # classes for what has no colour of its own
_KINDS = {kind: name for name, kind in chart.KINDS.items()}


@dataclass(frozen=True, slots=True)
class Piece:
    """Words as they are shown, where they lead, and their class: a colour's, a number's."""

    words: str
    href: str | None = None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A chart that is a table: its heads, its rows, how many more there are, its legend."""

    heads: tuple[Any, ...]
    rows: list[Any]
    left: int = 0
    legend: dict[str, Piece] | None = None


@dataclass(frozen=True, slots=True)
class Stacked:
    """A row of a stack: its label, its parts, and where each part's number leads."""

    label: Piece
    stack: charts.Stack
    hrefs: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Growth:
    """Columns by month, and how many stand in none of them.

    ``earlier`` are those of which the Hub only knows that they are older than the first month;
    ``undated`` those of which it tells nothing, or a month that cannot be.
    """

    columns: charts.Columns | None
    legend: dict[str, Piece]
    earlier: int
    undated: int


@dataclass(frozen=True, slots=True)
class Card:
    """A question on the page: its words, the kind of its chart, what is drawn, where it is asked.

    ``drawn`` is None where there is nothing to show, ``answered`` false where the graph cannot
    answer now.
    """

    name: str
    question: Question
    kind: str
    drawn: Any
    ask: str
    answered: bool = True

    @property
    def broad(self) -> bool:
        """Whether it takes the room of two."""
        heads = self.drawn.heads if isinstance(self.drawn, Table) else ()
        return self.kind in ("stack", "columns") or (self.kind == "table" and len(heads) > _NARROW)


def card(
    question: Question,
    rows: Rows | None,
    at_least: Strength,
    nearest: Source = Source.REGISTER,
) -> Card:
    """Return a question with its rows; None for those says that the graph cannot answer."""
    figure = question.figure or Figure(0, question.name, chart.Plain(), {})
    all_counts = {"strength": Strength.INFERRED.word, "source": Source.REGISTER.word}
    told = {"strength": at_least.word, "source": nearest.word}
    narrowed = {name: "" if told[name] == all_counts[name] else told[name] for name in told}
    drawn = _Drawer(figure, question.shares, narrowed).draw(rows or ())
    known = question.defaults()
    given = {n: v for n, v in asked(at_least, nearest).items() if n in known and v != known[n]}
    ask = links.console(question.cypher, {n: text.json_text(v) for n, v in given.items()})
    return Card(figure.name, question, _KINDS[type(figure.chart)], drawn, ask, rows is not None)


@dataclass(frozen=True, slots=True)
class _Drawer:
    """Draws rows; ``asked`` are the words for the lineage that counts, empty where all does."""

    figure: Figure
    shares: tuple[str, ...]
    asked: Mapping[str, str]

    def draw(self, rows: Rows) -> Any:
        """Return what the kind of the chart shows; None where there is nothing to show."""
        match self.figure.chart:
            case _ if not rows:
                return None
            case chart.Headline() as how:
                return self._sentence(how, rows[0])
            case chart.Bars() as how:
                return self._bars(how, rows)
            case chart.Stack() as how:
                return self._stack(how, rows)
            case chart.Columns() as how:
                return self._columns(how, rows)
            case chart.Plain():
                return self._table(rows)

    def _sentence(self, how: chart.Headline, row: Row) -> list[Piece] | None:
        parts = [
            (part, [one[1] or one[3] for one in _NUMBER.finditer(part)])
            for part in how.sentence.split("|")
        ]
        if not row[next(name for _, names in parts for name in names)]:
            return None
        told = (part for part, names in parts if all(row[name] is not None for name in names))
        return self._said("".join(told), row)

    def _said(self, words: str, row: Row) -> list[Piece]:
        found, end = [], 0
        for one in _NUMBER.finditer(words):
            name, href = one[1] or one[3], self._address(one[2], row)
            share = name in self.shares
            number = text.percent(row[name]) if share else text.number(row[name])
            mark = "" if share or href else "number"
            found += [Piece(words[end : one.start()]), Piece(number, href, mark)]
            end = one.end()
        return [*found, Piece(words[end:])]

    def _bars(self, how: chart.Bars, rows: Rows) -> Table:
        held = [row for row in rows if not how.rest or row[how.label] != how.rest]
        if how.only:
            known = {row[how.label]: row for row in rows}
            ids = [family.id for family in load().llama_families()]
            held = [known.get(one, {how.label: one, how.value: 0}) for one in ids]
        shown = held if how.only else held[:MOST]
        bars = charts.bars(self._bar(how, row) for row in shown)
        bars += [self._bar(how, row) for row in rows if how.rest and row[how.label] == how.rest]
        share = how.share if any(bar.share is not None for bar in bars) else ""
        unit, more = (column.replace("_", " ") for column in (how.unit or how.value, how.more))
        heads = (how.head or _head(how.label), unit, share, more)
        return Table(heads, bars, len(held) - len(shown))

    def _bar(self, how: chart.Bars, row: Row) -> charts.Bar:
        value, label = row[how.value] or 0, self._label(row[how.label], how.hue, how.link, row)
        kind = "rival" if how.hue and hue(_key(row[how.label])).startswith("maker-") else ""
        kind = "rest" if how.rest and row[how.label] == how.rest else kind
        more = _shown(row.get(how.more))
        return charts.Bar(label.words, value, 0, row.get(how.share), label.href, kind, more)

    def _stack(self, how: chart.Stack, rows: Rows) -> Table:
        found = [self._stacked(how, row) for row in rows[:LONGEST]]
        heads = (how.head or _head(how.label), *how.parts)
        return Table(heads, found, len(rows) - len(found), self._legend(how.parts))

    def _stacked(self, how: chart.Stack, row: Row) -> Stacked:
        label = self._label(row[how.label], link=how.link, row=row)
        stack = charts.stack(label.words, {name: row[name] or 0 for name in how.parts})
        hrefs = {name: self._address(how.each, {**row, "part": name}) for name in how.parts}
        return Stacked(label, stack, hrefs)

    def _columns(self, how: chart.Columns, rows: Rows) -> Growth:
        months: dict[str, Counter[str]] = {}
        earlier = undated = 0
        for row in rows:
            month, value = row[how.x], row[how.value] or 0
            if _MONTH.fullmatch(str(month)):
                months.setdefault(month, Counter())[_key(row[how.series])] += value
            elif month == EARLIER:
                earlier += value
            else:
                undated += value
        names = in_order(name for month in months.values() for name in month)
        between = charts.months_between(min(months), max(months)) if months else []
        drawn = charts.columns(between, months, names) if months else None
        return Growth(drawn, self._legend(names, how.hue), earlier, undated)

    def _table(self, rows: Rows) -> Table:
        held = [c for c in rows[0] if c not in self.shares or rows[0][c] is not None]
        cells = [[self._cell(column, row[column]) for column in held] for row in rows[:LONGEST]]
        heads = (Piece(_head(c), None, cell.mark) for c, cell in zip(held, cells[0], strict=True))
        return Table(tuple(heads), cells, len(rows) - len(cells))

    def _cell(self, column: str, value: Any) -> Piece:
        words = text.percent(value) if column in self.shares else _shown(value)
        return Piece(words, None, "n" if isinstance(value, int | float) else "")

    def _legend(self, names: Sequence[str], hued: str = "") -> dict[str, Piece]:
        """Return series with their colours: a family's, an outcome's, or by its place."""
        found = {}
        for place, name in enumerate(names):
            own = hue(name) if hued else f"is-{name}" if name in OUTCOMES else ""
            mark = own or f"llama-{place % _HUES}"
            found[name] = Piece(self._label(name, hued).words, None, mark)
        return found

    def _label(self, value: Any, hued: str = "", link: str = "", row: Row = EMPTY) -> Piece:
        """Return how a value is shown. One with words of its own is no thing that a list knows."""
        key = _key(value)
        if key in self.figure.words:
            return Piece(self.figure.words[key])
        return Piece(title(key) if hued else _shown(value), self._address(link, row))

    def _address(self, link: str | None, row: Row) -> str | None:
        return links.filled(link, {**row, **self.asked}) if link else None


def _key(value: Any) -> str:
    return "null" if value is None else str(value)


def _head(column: str) -> str:
    return text.sentence(column.replace("_", " "))


def _shown(value: Any) -> str:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return text.number(value) if number else text.cell(value) or "–"
