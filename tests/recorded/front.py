"""One server for a module, a replica for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.types import Receive, Scope, Send

from tests.hub_replica import Replica, serve


class Front:
    """A server whose replica each test puts there; to stop a server takes 0.2 s."""

    replica: Replica

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.replica.app(scope, receive, send)


@pytest.fixture(scope="module")
def front() -> Front:
    return Front()


@pytest.fixture(scope="module")
def url(front: Front) -> Iterator[str]:
    with serve(front) as address:
        yield address
