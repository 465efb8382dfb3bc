"""Checks of arguments that several modules share, and the preview of a value for an error."""

from __future__ import annotations

from typing import Any

_NO_LIMIT = 1e8
"""Seconds (about three years). A longer limit counts as no limit, since sockets and locks refuse much longer waits."""
_MAX_PREVIEW = 60


def check_seconds(name: str, seconds: Any) -> float | None:
    """Return a time limit in seconds, or None for no limit.

    Raises:
        TypeError: The value is not a number. The error names the argument.
        ValueError: The value is not more than 0. The error names the argument.
    """
    if seconds is None:
        return None
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        raise TypeError(f"{name} must be a number of seconds or None, not {type(seconds).__name__}")
    if not seconds > 0:
        raise ValueError(f"{name} must be more than 0 seconds, not {seconds!r}; None means no limit")
    return float(seconds) if seconds < _NO_LIMIT else None


def check_count(name: str, value: Any, *, at_least: int) -> int:
    """Return a value that must be a whole number of at least `at_least`.

    Raises:
        ValueError: The value is not such a number. The error names the argument.
    """
    if isinstance(value, bool) or not isinstance(value, int) or value < at_least:
        raise ValueError(f"{name} must be a whole number of at least {at_least}, not {preview(value)}")
    return value


def preview(value: Any) -> str:
    """Return the text that shows a value in an error: its repr, shortened."""
    text = repr(value)
    return text if len(text) <= _MAX_PREVIEW else text[:_MAX_PREVIEW] + "…"
