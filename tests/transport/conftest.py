"""What the tests of the transport share."""

from __future__ import annotations

from typing import Any

import pytest

from ..libraries import LIBRARIES, use


@pytest.fixture(params=[*LIBRARIES, pytest.param("aiohttp", marks=pytest.mark.slow)])
def library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Each HTTP library in turn. The clients' own HTTP clients belong to it too."""
    return use(request.param, monkeypatch)
