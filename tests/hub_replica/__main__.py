"""``python -m tests.hub_replica``: serve a snapshot series as the Hub would."""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path

from .faults import SYNTAX, Fault, Faults
from .replica import Replica
from .series import load_series
from .server import listen, make_server, url_of

FAULT_HELP = f"""
faults: {SYNTAX}
  KIND    429 (try again in SECONDS), 500 to 599, slow (SECONDS late),
          cut (the connection closes half-way), json (half a JSON text)
  TIMES   for so many requests (1 without it), * for all
  AFTER   let so many requests pass first
  PREFIX  only under this path
examples: --fault 429:3   --fault slow=0.5:*   --fault cut+4@/api/models
"""


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted."""
    parser = make_parser()
    options = parser.parse_args(arguments)
    try:
        records = load_series(options.data, options.at)
    except (OSError, ValueError) as problem:
        parser.error(str(problem))
    faults = Faults(options.fault, quota=options.quota, window=options.window)
    renames = dict(options.rename)
    replica = Replica(records, faults, renames=renames, public_host=options.public_host)
    listener = listen(options.port)
    world = replica.world
    counts = f"{len(world.models)} models, {len(world.datasets)} data sets"
    sys.stdout.write(f"serving {counts} at {url_of(listener)}\n")
    sys.stdout.flush()
    with contextlib.suppress(KeyboardInterrupt):
        make_server(replica.app).run(sockets=[listener])
    return 0


def make_parser() -> argparse.ArgumentParser:
    """Return the reader of the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.hub_replica",
        description=__doc__,
        epilog=FAULT_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--data", type=Path, required=True, metavar="DIR_OR_FILE", help="the series, or one file")
    add("--at", metavar="STAMP", help="the last file to apply, such as 2026-08-19T2000Z")
    add("--port", type=int, default=0, help="0, the default, takes a free one")
    add("--public-host", metavar="URL", help="the host that links to next pages name")
    add("--rename", type=_pair, action="append", default=[], metavar="OLD=NEW")
    add("--quota", type=int, metavar="N", help="refuse what exceeds N requests in a window")
    add("--window", type=float, metavar="SECONDS", help="its length (the rules' without it)")
    add("--fault", type=_fault, action="append", default=[], metavar="FAULT", help="see below")
    return parser


def _fault(text: str) -> Fault:
    try:
        return Fault.parse(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None


def _pair(text: str) -> tuple[str, str]:
    old, equals, new = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is not OLD=NEW")
    return old, new


if __name__ == "__main__":
    sys.exit(main())
