"""How long a stream may stall and how long it may take."""

from __future__ import annotations

from math import inf
from time import monotonic

from .._checks import check_seconds


class StreamLimits:
    """Keeps the time of one stream.

    Only time spent waiting for the server counts as idle: a caller may think about an event as long as it likes.

    Args:
        idle_timeout: Seconds that may pass without an event; pings and comments are none. None: no limit.
        deadline: Seconds that the whole stream may take, connecting included. None: no limit.
    """

    def __init__(self, idle_timeout: float | None = None, deadline: float | None = None) -> None:
        self.idle_timeout = check_seconds("idle_timeout", idle_timeout)
        self.deadline = check_seconds("deadline", deadline)
        self._ends_at = monotonic() + (inf if self.deadline is None else self.deadline)
        self._idle = 0.0
        self._waiting_since = 0.0

    @property
    def active(self) -> bool:
        """Whether there is any limit."""
        return self.idle_timeout is not None or self.deadline is not None

    def begin_wait(self) -> float:
        """Note that waiting for the server begins, and return how many seconds it may take."""
        self._waiting_since = monotonic()
        return self.remaining()

    def end_wait(self) -> None:
        """Note that the server sent something."""
        self._idle += monotonic() - self._waiting_since

    def event_arrived(self) -> None:
        """Note that what the server sent was an event."""
        self._idle = 0.0

    def remaining(self) -> float:
        """Return the seconds that are left: infinity without a limit, 0 or less when one is exceeded."""
        idle_left = inf if self.idle_timeout is None else self.idle_timeout - self._idle
        return min(idle_left, self._ends_at - monotonic())

    def exceeded(self) -> bool:
        """Whether the wait that is under way has used up the time."""
        return self.active and self.remaining() - (monotonic() - self._waiting_since) <= 0

    def describe(self) -> str:
        """Say which limit was exceeded."""
        if self._ends_at <= monotonic() or self.idle_timeout is None:
            return f"the stream took longer than its deadline of {self.deadline:g} s"
        return f"the stream sent no event for {self.idle_timeout:g} s (idle_timeout)"
