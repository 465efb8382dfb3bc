"""What the tests of the scripts share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .web import Site


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()
