"""How long a stream may stall and how long it may take, and what ends it when it exceeds that."""

from __future__ import annotations

import threading
from collections.abc import Callable
from math import inf
from time import monotonic
from typing import Any

LINGER = 0.5
"""Seconds to wait for the end of a response whose message is complete, so that its connection can be used again."""


_NO_LIMIT = 1e8
"""Seconds, some three years, from where on it is no limit; sockets and locks refuse much longer waits."""


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


class Watchdog:
    """Calls `abort` from a thread of its own when an armed time runs out: a blocking read has no other way to end.

    Args:
        abort: What to call, once at most.
    """

    def __init__(self, abort: Callable[[], None]) -> None:
        self.fired = False
        self._abort = abort
        self._changed = threading.Condition()
        self._expires_at = inf
        self._wakes_at = inf
        self._thread: threading.Thread | None = None
        self._stopped = False

    def arm(self, seconds: float) -> None:
        """Start the time, or start it anew."""
        with self._changed:
            self._expires_at = monotonic() + seconds
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, name="baseten-stream-watchdog", daemon=True)
                self._thread.start()
            elif self._expires_at < self._wakes_at:
                self._changed.notify()

    def disarm(self) -> None:
        """Stop the time."""
        with self._changed:
            self._expires_at = inf

    def stop(self) -> None:
        """End the thread."""
        with self._changed:
            self._stopped = True
            self._changed.notify()

    def _watch(self) -> None:
        with self._changed:
            while not self._stopped:
                left = self._expires_at - monotonic()
                if left <= 0:
                    self.fired = True
                    self._abort()
                    return
                self._wakes_at = self._expires_at
                self._changed.wait(None if left == inf else left)
