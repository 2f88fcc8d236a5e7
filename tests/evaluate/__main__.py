"""`make evaluate`: hides all declared parents at once, predicts them, and says how well.

With --fit the weights in graph/evidence/inference.toml are fitted anew on the tuning half first.
"""

from __future__ import annotations

import argparse
import sys
from itertools import chain
from pathlib import Path

from graph.evidence.inference import weights
from tests.evaluate import generators, names, report, store
from tests.evaluate.world import build
from tests.places import SHARED


def main() -> None:
    """Evaluate, and print what docs/lineage.md quotes."""
    parser = argparse.ArgumentParser(prog="make evaluate", description=__doc__)
    default = SHARED
    parser.add_argument("--shared", type=Path, default=default)
    parser.add_argument("--fit", action="store_true", help="fit the weights anew and write them")
    parser.add_argument(
        "--with-configs",
        action="store_true",
        help="leave whole configs to be seen, which snapshots may bring and lists do not give",
    )
    parser.add_argument("--errors", action="store_true", help="list every row judged wrongly")
    given = parser.parse_args()
    if not (given.shared / "hub").is_dir():
        sys.exit(f"{given.shared / 'hub'} is not there: give the shared folder by --shared")
    world = build(given.shared / "hub", live=not given.with_configs)
    by = store.refit(world) if given.fit else weights()
    told = chain(
        report.lines(world, by, errors=given.errors),
        generators.lines(given.shared),
        names.lines(given.shared, report.THRESHOLD),
    )
    for line in told:
        print(line)  # noqa: T201


main()
