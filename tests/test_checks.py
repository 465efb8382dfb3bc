"""Checks of arguments that several rooms share, and how a value is shown in an error."""

from __future__ import annotations

from typing import Any

import pytest

from baseten_messages_client._checks import check_count, check_seconds, preview


@pytest.mark.parametrize(
    ("seconds", "checked"), [(None, None), (1, 1.0), (0.5, 0.5), (1e8, None), (10**400, None), (float("inf"), None)]
)
def test_seconds_are_a_float_and_none_when_they_are_no_limit(seconds: Any, checked: float | None) -> None:
    assert check_seconds("timeout", seconds) == checked


@pytest.mark.parametrize(
    ("seconds", "error"),
    [(0, ValueError), (-1, ValueError), (float("nan"), ValueError), ("5", TypeError), (True, TypeError)],
)
def test_seconds_that_cannot_be_a_limit_are_refused_by_name(seconds: Any, error: type[Exception]) -> None:
    with pytest.raises(error, match="timeout must be"):
        check_seconds("timeout", seconds)


@pytest.mark.parametrize("value", [-1, 1.0, "1", True, None])
def test_a_count_is_a_whole_number_that_is_not_too_small(value: Any) -> None:
    assert check_count("max_turns", 0, at_least=0) == 0
    with pytest.raises(ValueError, match="max_turns must be a whole number of at least 0, not"):
        check_count("max_turns", value, at_least=0)


def test_a_preview_is_the_repr_shortened() -> None:
    assert preview("short") == "'short'"
    assert len(preview("x" * 1000)) < 100
