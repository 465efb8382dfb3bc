"""How pytest runs under mutmut. Each group's copy of the project gets this file as its `conftest.py`."""

from __future__ import annotations

from zlib import crc32

import pytest
from hypothesis import HealthCheck, Phase, settings

# Examples are the same in each run, and a busy machine fails no test, so that the score is the same too. A failure is
# enough: a smaller example is not needed.
settings.register_profile(
    "mutants",
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run first what is fast, since the first failure ends a run.

    Tests that are equally fast are mixed. The tests of one file often notice the same changes, so one of them is soon
    among the first.
    """
    items.sort(key=lambda item: (_slowness(item), crc32(item.nodeid.encode())))


def _slowness(item: pytest.Item) -> int:
    if hasattr(getattr(item, "obj", None), "hypothesis"):
        return 3
    if "/faults/" in item.nodeid:
        return 2
    return int("server" in getattr(item, "fixturenames", ()))
