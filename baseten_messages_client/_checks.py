"""Checks of arguments that several rooms share, and how a value is shown in an error."""

from __future__ import annotations

from typing import Any

_NO_LIMIT = 1e8
"""Seconds, some three years, from where on it is no limit; sockets and locks refuse much longer waits."""
_MAX_PREVIEW = 60


def check_seconds(name: str, seconds: Any) -> float | None:
    """Return a limit given in seconds, or None for no limit.

    Raises:
        TypeError: It is no number; the message holds its name.
        ValueError: It is not more than 0.
    """
    if seconds is None:
        return None
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        raise TypeError(f"{name} must be a number of seconds or None, not a {type(seconds).__name__}")
    if not seconds > 0:
        raise ValueError(f"{name} must be more than 0 seconds, not {seconds!r}; None means no limit")
    return float(seconds) if seconds < _NO_LIMIT else None


def check_count(name: str, value: Any, *, at_least: int) -> int:
    """Return a whole number that is not too small.

    Raises:
        ValueError: The value is not such a number. The text holds its name.
    """
    if isinstance(value, bool) or not isinstance(value, int) or value < at_least:
        raise ValueError(f"{name} must be a whole number of at least {at_least}, not {preview(value)}")
    return value


def preview(value: Any) -> str:
    """Return a value in the form in which an error shows it: its repr, shortened."""
    text = repr(value)
    return text if len(text) <= _MAX_PREVIEW else text[:_MAX_PREVIEW] + "…"
