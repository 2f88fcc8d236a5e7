"""``python -m tests.hub_replica``: serve a snapshot series, or a recording, as the Hub would."""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path

from starlette.types import ASGIApp

from .faults import SYNTAX, Fault, Faults
from .growth import multiply
from .recording import Recording
from .replica import Replica
from .rules import Rules
from .series import load_series
from .server import listen, make_server, url_of

FAULT_HELP = f"""
faults: {SYNTAX}
  KIND    429 (try again in NUMBER seconds), 429-bare (no header says when),
          429-retry (Retry-After alone does), 500 to 599,
          slow (NUMBER seconds late), drip (the body takes NUMBER seconds),
          cut (the connection closes half-way), json (half a JSON text),
          empty (an empty list), html (a proxy's page with 403; html-404 ...),
          deep (504 for filtered pages after the first NUMBER)
  TIMES   for so many requests (1 without it), * for all
  AFTER   let so many requests pass first
  PREFIX  only under this path
examples: --fault 429:3   --fault slow=0.5:*   --fault cut+4@/api/models

rules: tests/hub_replica/rules.toml names them all, with what is believed now and why.
"""


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted."""
    parser = make_parser()
    options = parser.parse_args(arguments)
    try:
        app, counts = _recorded(options) if options.recording else _replica(options)
    except (OSError, ValueError) as problem:
        parser.error(str(problem))
    listener = listen(options.port)
    sys.stdout.write(f"serving {counts} at {url_of(listener)}\n")
    sys.stdout.flush()
    with contextlib.suppress(KeyboardInterrupt):
        make_server(app).run(sockets=[listener])
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
    served = parser.add_mutually_exclusive_group(required=True)
    served.add_argument("--data", type=Path, metavar="DIR_OR_FILE", help="the series, or one file")
    served.add_argument("--recording", type=Path, metavar="DIR", help="recorded answers instead")
    add("--at", metavar="STAMP", help="the last file to apply, such as 2026-08-19T2000Z")
    add("--multiply", type=int, default=1, metavar="N", help="so many times as many repositories")
    add("--port", type=int, default=0, help="0, the default, takes a free one")
    add("--public-host", metavar="URL", help="the host that links to next pages name")
    add("--rename", type=_pair, action="append", default=[], metavar="OLD=NEW")
    add("--rules", type=Path, metavar="FILE", help="other beliefs than rules.toml holds")
    add("--enforce", action="store_true", help="refuse what exceeds the Hub's own limits")
    add(
        "--quota",
        type=_quota,
        action="append",
        default=[],
        metavar="[BUCKET=]N",
        help="refuse what exceeds N requests in a window (buckets: api, resolvers, pages)",
    )
    add("--window", type=float, metavar="SECONDS", help="its length (the rules' without it)")
    add("--page-seconds", type=float, default=0, metavar="S", help="a page of a list takes so long")
    add("--fault", type=_fault, action="append", default=[], metavar="FAULT", help="see below")
    return parser


def _recorded(options: argparse.Namespace) -> tuple[ASGIApp, str]:
    recording = Recording.load(options.recording)
    return recording.app, f"{len(recording)} recorded answers"


def _replica(options: argparse.Namespace) -> tuple[ASGIApp, str]:
    rules = Rules.load(options.rules) if options.rules else Rules()
    quotas = dict(options.quota)
    faults = Faults(
        options.fault,
        quota=quotas.pop("", None),
        quotas=quotas,
        window=options.window,
        enforce=options.enforce,
        page_seconds=options.page_seconds,
    )
    replica = Replica(
        multiply(load_series(options.data, options.at), options.multiply),
        faults,
        renames=dict(options.rename),
        public_host=options.public_host,
        rules=rules,
    )
    world = replica.world
    return replica.app, f"{len(world.models)} models, {len(world.datasets)} data sets"


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


def _quota(text: str) -> tuple[str, int]:
    bucket, _, number = text.rpartition("=")
    if bucket not in {"", "api", "resolvers", "pages"} or not number.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not N or BUCKET=N")
    return bucket, int(number)


if __name__ == "__main__":
    sys.exit(main())
