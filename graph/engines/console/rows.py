"""An engine's rows as an answer within its size."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson

from graph.engines.port.ports import QueryFailed, ResultTooLarge


def within(rows: Iterable[list[Any]], size: int) -> list[orjson.Fragment]:
    """Return rows as JSON, of at most ``size`` bytes in all. Raises ResultTooLarge."""
    found, held = [], 0
    for row in rows:
        written = _written(row)
        held += len(written)
        if held > size:
            raise ResultTooLarge(
                f"the answer is larger than {size:,} bytes: ask for fewer rows or columns, or set "
                "HERDBOOK_CYPHER_BYTES"
            )
        found.append(orjson.Fragment(written))
    return found


def _written(row: list[Any]) -> bytes:
    try:
        return orjson.dumps(row)
    except orjson.JSONEncodeError as error:
        raise QueryFailed(f"the answer cannot be written as JSON: {error}") from None
