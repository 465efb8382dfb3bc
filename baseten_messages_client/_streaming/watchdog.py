"""Ends a blocking read when its time runs out."""

from __future__ import annotations

import threading
from collections.abc import Callable
from math import inf
from time import monotonic


class Watchdog:
    """Calls `abort` from a separate thread when its time limit runs out, because nothing else can end a blocking read.

    Args:
        abort: Function to call. It is called at most once.
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
        """Start or restart the time limit, in seconds."""
        with self._changed:
            self._expires_at = monotonic() + seconds
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, name="baseten-stream-watchdog", daemon=True)
                self._thread.start()
            elif self._expires_at < self._wakes_at:
                self._changed.notify()

    def disarm(self) -> None:
        """Cancel the time limit."""
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
