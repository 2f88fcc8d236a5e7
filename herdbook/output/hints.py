"""What a person can do about a database that fails, by what its driver says."""

from __future__ import annotations

import re

from sqlalchemy.exc import DBAPIError, OperationalError

from graph.storage.database import reason

SETTING = "HERDBOOK_DATABASE_URL"

# The first that fits counts; what is looked for is in small letters.
_ADVICE = {
    r"password|authentication|pg_hba\.conf|role \".*\" does not exist": "the server refuses the "
    "login; check the user and the password there, or HERDBOOK_DATABASE_PASSWORD",
    r"database \".*\" does not exist": "there is no such database on the server; make it, or name "
    "another",
    r"permission denied|read-?only": "the database may be read but not written; give the user the "
    "right to write (and to make tables in it), or name another",
    r"no space left|is full|could not (?:extend|write)": "the disk is full; make room and run the "
    "same command again",
    r"is locked": "another Herdbook is writing; wait for its end and run the same command again",
    r"not a database|malformed|unable to open|encrypted": "that file is no database that can be "
    "opened; name another, or see HERDBOOK_HOME",
    r"invalid (?:connection|uri)|invalid port|invalid integer|missing \"=\"": "this is no address "
    "of a server; write postgresql://USER:PASSWORD@HOST:PORT/DATABASE",
    r"too many (?:clients|connections)|remaining connection slots": "the server is busy",
    r"translate host|name or service|resolve": "no server of that name is known; check the host",
}
_AWAY = "the server does not answer or went away; see that it runs, and run the same command again"


def advice(error: DBAPIError) -> str | None:
    """Return what is wrong and what to do, in a line without secrets; None for a defect of ours.

    What was stored before stays in every case: a page of records is stored whole or not at all.
    """
    said = str(error.orig).lower()
    known = next((told for pattern, told in _ADVICE.items() if re.search(pattern, said)), None)
    if known is None and not isinstance(error, OperationalError):
        return None
    return f"{SETTING}: {known or _AWAY} ({reason(error)})"
