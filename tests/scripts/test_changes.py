"""The verdict on a list of changes, and the version to release."""

from __future__ import annotations

from typing import Any

import pytest

from diff.changes import Change, next_version, verdict


@pytest.mark.parametrize(
    ("version", "outcome", "expected"),
    [
        ("0.1.0", "none", "0.1.0"),
        ("0.1.0", "compatible", "0.1.1"),
        ("0.1.4", "breaking", "0.2.0"),
        ("1.2.3", "compatible", "1.3.0"),
        ("1.2.3", "breaking", "2.0.0"),
        ("1.2.3", "none", "1.2.3"),
        ("unknown", "breaking", "unknown"),
    ],
)
def test_the_verdict_decides_the_next_version(version: str, outcome: Any, expected: str) -> None:
    assert next_version(version, outcome) == expected


def test_the_verdict_is_the_worst_of_all_changes() -> None:
    harmless, harmful = (Change("a", "1", "2", breaking) for breaking in (False, True))
    assert verdict([]) == "none"
    assert verdict([harmless]) == "compatible"
    assert verdict([harmless, harmful]) == "breaking"
