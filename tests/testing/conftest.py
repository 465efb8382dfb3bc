"""Fixtures of the tests of the local server."""

from collections.abc import Iterator

import httpx
import pytest

from baseten_messages_client.testing import LocalServer

from .support import connect


@pytest.fixture
def client(server: LocalServer) -> Iterator[httpx.Client]:
    with connect(server) as client:
        yield client
