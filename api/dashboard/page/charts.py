"""Charts as values: widths and places in per cent, for SVG that stretches. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a bar chart that is a table: a label, a number, the bar's width."""

    label: str
    value: int
    width: float
    share: float | None = None
    href: str | None = None
    kind: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a stacked bar or column."""

    name: str
    value: int
    start: float
    size: float


@dataclass(frozen=True, slots=True)
class Stack:
    """One stacked row, or one column over time."""

    label: str
    total: int
    parts: tuple[Part, ...]
    start: float = 0.0
    size: float = 0.0
    tick: str = ""

    def value(self, name: str) -> int:
        """Return the number of one part; 0 where it has none."""
        return next((part.value for part in self.parts if part.name == name), 0)


@dataclass(frozen=True, slots=True)
class Columns:
    """Stacked columns over time with the lines that give their height."""

    stacks: tuple[Stack, ...]
    names: tuple[str, ...]
    lines: tuple[tuple[float, int], ...]  # (per cent from the top, value)
    total: int


def share_of(part: float, whole: float) -> float:
    """Return a share in per cent, rounded for SVG."""
    return round(100 * part / whole, 3) if whole else 0.0


def bars(rows: Iterable[Bar]) -> list[Bar]:
    """Return bars with their widths: the longest takes all the room."""
    rows = list(rows)
    most = max((bar.value for bar in rows), default=0)
    return [replace(bar, width=share_of(bar.value, most)) for bar in rows]


def stack(label: str, values: Mapping[str, int], whole: int | None = None) -> Stack:
    """Return one stacked row; its parts fill ``whole``, by default their sum."""
    total = sum(values.values())
    parts, start = [], 0.0
    for name, value in values.items():
        if value:
            size = share_of(value, whole or total)
            parts.append(Part(name, value, round(start, 3), size))
            start += size
    return Stack(label, total, tuple(parts))


def columns(
    months: Sequence[str], values: Mapping[str, Mapping[str, int]], names: Sequence[str]
) -> Columns:
    """Return columns for consecutive months, each stacked from the bottom by name."""
    top = _round_up(max((sum(v.values()) for v in values.values()), default=0))
    pitch = 100 / max(1, len(months))
    found = []
    for place, month in enumerate(months):
        held = values.get(month, {})
        row = stack(month, {name: held.get(name, 0) for name in names}, top)
        parts = tuple(replace(p, start=round(100 - p.start - p.size, 3)) for p in row.parts)
        start, size = round(place * pitch, 3), round(pitch * 0.8, 3)
        tick = month[:4] if month.endswith("-01") or place == 0 else ""
        found.append(Stack(month, row.total, parts, start, size, tick))
    total = sum(s.total for s in found)
    return Columns(tuple(_spaced(found)), tuple(names), ((0.0, top), (50.0, top // 2)), total)


def months_between(first: str, last: str) -> list[str]:
    """Return all months from one to another, written ``2024-05``."""
    year, month = int(first[:4]), int(first[5:7])
    found: list[str] = []
    while (here := f"{year:04d}-{month:02d}") <= last and len(found) < 600:
        found.append(here)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found


def _spaced(stacks: list[Stack]) -> list[Stack]:
    """Leave out a first tick that the next one would run into."""
    if len(stacks) > 1 and any(s.tick for s in stacks[1:4]):
        stacks[0] = replace(stacks[0], tick="")
    return stacks


def _round_up(value: int) -> int:
    """Return the next round even number, so that half of it is whole."""
    step = int("1" + "0" * (len(str(value)) - 1))
    return max(2, step * next(factor for factor in (1, 2, 4, 6, 8, 10) if value <= factor * step))
