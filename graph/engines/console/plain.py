"""Values as the console gives them, the same from every engine: what JSON holds.

A node is ``{id, labels, properties}``, an edge ``{id, type, start, end, properties}``, a path
``{nodes, relationships}``; dates and times are ISO 8601, a duration ``{months, days, seconds}``,
bytes base64. Numbers that JSON has no word for (infinities, NaN) are null.
"""

from __future__ import annotations

import base64
import datetime as dt
from typing import Any

_AS_IT_IS = {type(None), bool, int, float, str}


def plain(value: Any) -> Any:
    """Return a single value as a plain one; what holds others is for the engine to take apart."""
    if type(value) in _AS_IT_IS:
        return value
    match value:
        case dt.date() | dt.time():
            return value.isoformat()
        case bytes() | bytearray():
            return base64.b64encode(value).decode("ascii")
    return str(value)
