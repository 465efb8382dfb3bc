"""How pytest runs under mutmut. Each group's copy of the project gets this file as its `conftest.py`."""

from __future__ import annotations

import pytest
from hypothesis import Phase, settings

# Examples are the same in each run, so that the score is too. A failure is enough: a smaller example is not needed.
settings.register_profile(
    "mutants", derandomize=True, database=None, deadline=None, phases=[Phase.explicit, Phase.generate]
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the property tests last, because they are slower, and the others notice most changes."""
    items.sort(key=lambda item: (hasattr(getattr(item, "obj", None), "hypothesis"), item.nodeid))
