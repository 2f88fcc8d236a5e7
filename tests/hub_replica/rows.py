"""The rows of a list as JSON, encoded once for all who ask for the same fields."""

from __future__ import annotations

from collections.abc import Iterable

import orjson

from .catalogue import Catalogue
from .fields import shape
from .rules import Rules
from .series import Record

KEPT = 300_000
"""So many encoded rows are kept, some 300 MB at the most; then they are made anew."""


class Rows:
    """What has been encoded of one catalogue; parents are looked up among the models."""

    def __init__(self, catalogue: Catalogue, models: Catalogue) -> None:
        self._catalogue = catalogue
        self._models = models
        self._made: dict[tuple[tuple[str, ...], Rules], dict[str, bytes]] = {}

    def encoded(self, repos: Iterable[str], fields: tuple[str, ...], rules: Rules) -> list[bytes]:
        """Return the rows of these repositories with these fields."""
        if sum(map(len, self._made.values())) > KEPT:
            self._made.clear()
        made = self._made.setdefault((fields, rules), {})
        rows = []
        for repo in repos:
            if (row := made.get(repo)) is None and (
                record := self._catalogue.get(repo)
            ) is not None:
                row = made[repo] = self._encode(record, fields, rules)
            if row is not None:
                rows.append(row)
        return rows

    def _encode(self, record: Record, fields: tuple[str, ...], rules: Rules) -> bytes:
        return orjson.dumps(shape(record, fields, self._models, rules))


def spoil(rows: list[bytes], rules: Rules) -> list[bytes]:
    """Take from every so-manieth row what the rules say that it lacks."""
    if not (rules.rows_missing_id or rules.rows_missing__id or rules.rows_null):
        return rows
    return [_spoiled(row, place, rules) for place, row in enumerate(rows, start=1)]


def _spoiled(row: bytes, place: int, rules: Rules) -> bytes:
    if rules.rows_null and place % rules.rows_null == 0:
        return b"null"
    value = orjson.loads(row)
    if rules.rows_missing_id and place % rules.rows_missing_id == 0:
        del value["id"]
    if rules.rows_missing__id and place % rules.rows_missing__id == 0:
        del value["_id"]
    return orjson.dumps(value)
