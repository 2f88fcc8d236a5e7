"""One build of a made graph, in a process of its own: `building.py URL SEED MODELS`."""

from __future__ import annotations

import sys
from uuid import uuid4

from graph.engines import open_graph
from graph.engines.port.ports import StoreError
from tests.bench.kills import batches


def main(url: str, seed: str, models: str) -> None:
    """Write it whole; end with 1 and the error's message where that fails."""
    store = open_graph(url)
    try:
        store.write(str(uuid4()), batches(int(seed), int(models)), fresh=True)
    except StoreError as error:
        sys.exit(str(error))
    finally:
        store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
