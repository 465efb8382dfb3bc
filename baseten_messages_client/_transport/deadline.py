"""The time limits of a stream: how long it may stall, and how long it may take."""

from __future__ import annotations

from math import inf
from time import monotonic

from .._checks import check_seconds

_TIMER_PRECISION = 0.02
"""Seconds by which a timer may fire early."""


class StreamLimits:
    """Measures the time of one stream against its limits.

    Only the time of waiting for the server counts as idle. The caller may take any time to handle an event.

    Args:
        idle_timeout: Seconds that may pass without an event. Pings and comments do not count as events. None means no
            limit.
        deadline: Seconds that the whole stream may take, including the time to connect. None means no limit.

    Raises:
        TypeError: A limit is not a number.
        ValueError: A limit is not more than 0.
    """

    def __init__(self, idle_timeout: float | None = None, deadline: float | None = None) -> None:
        self.idle_timeout: float | None = check_seconds("idle_timeout", idle_timeout)
        self.deadline: float | None = check_seconds("deadline", deadline)
        self._ends_at = monotonic() + (inf if self.deadline is None else self.deadline)
        self._idle_seconds = 0.0
        self._waiting_since: float | None = None

    @property
    def active(self) -> bool:
        """Whether there is any limit."""
        return self.idle_timeout is not None or self.deadline is not None

    def begin_attempt(self) -> float:
        """Record that an attempt begins, and return how many seconds it may take. A wait between two is not idle."""
        self._idle_seconds, self._waiting_since = 0.0, None
        return self.remaining()

    def begin_wait(self) -> float:
        """Record that a wait for the server begins, and return how many seconds it may take."""
        if self.active:
            self._idle_seconds += self._waited()
            self._waiting_since = monotonic()
        return self.remaining()

    def end_wait(self) -> None:
        """Record that the server sent something."""
        self._idle_seconds += self._waited()
        self._waiting_since = None

    def event_arrived(self) -> None:
        """Record that the server sent an event."""
        self._idle_seconds = 0.0

    def remaining(self) -> float:
        """Return the seconds that are left: infinity without a limit, 0 or less if a limit is exceeded."""
        return min(self._idle_remaining(), self.until_deadline())

    def until_deadline(self) -> float:
        """Return the seconds until the deadline: infinity without one."""
        return self._ends_at - monotonic()

    def exceeded(self) -> bool:
        """Return whether a limit is exceeded. Timers may fire slightly early."""
        return self.remaining() < _TIMER_PRECISION

    def describe(self) -> str:
        """Return the description of the limit that was exceeded."""
        if self._idle_remaining() < self.until_deadline():
            return f"the stream sent no event for {self.idle_timeout:g} s (idle_timeout)"
        return f"the stream took longer than its deadline of {self.deadline:g} s"

    def _idle_remaining(self) -> float:
        return inf if self.idle_timeout is None else self.idle_timeout - self._idle_seconds - self._waited()

    def _waited(self) -> float:
        """Return the seconds since the current wait began, or 0 if there is none."""
        return 0.0 if self._waiting_since is None else monotonic() - self._waiting_since
