"""``python -m migrations "what changes"``: write the next migration from what the tables say.

It is a draft to be tidied; tests/unit/herdbook/wiring/test_migrate.py holds it against the tables.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from alembic.script import ScriptDirectory

from graph.storage.database import open_database
from herdbook.wiring import migrate


def main(arguments: list[str]) -> int:
    """Compare the tables with a new database at the present head, and write the difference."""
    if len(arguments) != 1:
        sys.stderr.write('usage: python -m migrations "what changes"\n')
        return 2
    with TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{Path(folder) / 'herdbook.db'}")
        migrate.upgrade(engine)
        with engine.begin() as connection:
            config = migrate.configure(connection)
            count = len(list(ScriptDirectory.from_config(config).walk_revisions()))
            command.revision(config, arguments[0], autogenerate=True, rev_id=f"{count + 1:04d}")
        engine.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
