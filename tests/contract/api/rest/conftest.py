"""A client of the REST interface, over the register that most of its tests ask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from tests.contract.rest_read_model import services


@pytest.fixture(scope="module")
def client(
    tmp_path_factory: pytest.TempPathFactory, module_database_url: str
) -> Iterator[TestClient]:
    made = services(tmp_path_factory.mktemp("rest"), module_database_url)
    with TestClient(create_app(made)) as one:
        yield one
