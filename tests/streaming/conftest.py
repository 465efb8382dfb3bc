"""What the tests of streams share as fixtures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from anyio.from_thread import start_blocking_portal

from baseten_messages_client.testing import LocalServer

from ..libraries import LIBRARIES, use
from ..support import KEY
from .support import Connect, Connection


@pytest.fixture(params=[*LIBRARIES, pytest.param("aiohttp", marks=pytest.mark.slow)])
def library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Each HTTP library in turn. The clients' own HTTP clients belong to it too."""
    return use(request.param, monkeypatch)


@pytest.fixture
def connect(mode: str, server: LocalServer, library: Any) -> Iterator[Connect]:
    """Make a client of either mode. It does not retry unless `max_retries` says so."""
    opened: list[Connection] = []
    with start_blocking_portal() as portal:

        def make(**options: Any) -> Connection:
            settings = {"api_key": KEY, "base_url": server.url, "max_retries": 0, **options}
            opened.append(Connection(mode, portal, settings))
            return opened[-1]

        yield make
        for connection in opened:
            connection.close()
