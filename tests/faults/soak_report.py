"""What the soak prints: its violations, its progress, and the stacks if it hangs."""

from __future__ import annotations

import asyncio
import faulthandler
import os
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import attrs

from .soak_calls import CANCELLED
from .soak_faults import MESSAGE
from .soak_plans import LEFT, Plan
from .soak_watch import descriptors, memory

_PROGRESS_SECONDS = 5.0
_MOST_SHOWN = 10
"""Violations that are printed; the rest is only counted."""


class Tally:
    """Counts what calls gave, and prints violations as they are found. Safe to use from several threads."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._lock = threading.Lock()
        self._started = time.monotonic()
        self.calls = 0
        self.outcomes: Counter[str] = Counter()
        self.violations: list[str] = []

    def add(self, outcome: str) -> None:
        """Count a call that ended."""
        with self._lock:
            self.calls += 1
            self.outcomes[outcome] += 1

    def violation(self, what: str, details: str = "") -> None:
        """Record a violation and print it."""
        with self._lock:
            self.violations.append(what[:1000])
            if len(self.violations) <= _MOST_SHOWN:
                print(f"violation (seed {self._seed}): {what}\n{details}".rstrip(), flush=True)

    def failed_call(self, plan: Plan, error: BaseException) -> None:
        """Record a call that gave something wrong."""
        while isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        again = f"python -m tests.faults.soak --seconds 10 --seed {self._seed} --only {plan.name}"
        details = f"  {plan}\n  repeat it: {again}\n"
        self.violation(f"{plan.name}: {type(error).__name__}: {error}", details + describe(error))
        self.add("violation")

    def progress(self) -> str:
        """Return one line on what happened so far."""
        with self._lock:
            usual = {name: self.outcomes[name] for name in (MESSAGE, LEFT, CANCELLED)}
            failures = [(name, number) for name, number in self.outcomes.most_common() if name not in usual]
        classes = ", ".join(f"{name} {number}" for name, number in failures)
        parts = (
            f"{self.calls} calls",
            f"{usual[MESSAGE]} right",
            f"{usual[LEFT]} {LEFT}",
            f"{usual[CANCELLED]} {CANCELLED}",
            f"{sum(number for _, number in failures)} failed{classes and f' ({classes})'}",
            f"{memory()} MiB",
            f"{descriptors()} descriptors",
        )
        return f"{time.monotonic() - self._started:4.0f} s: {', '.join(parts)}"


def describe(error: BaseException) -> str:
    """Return the end of a traceback."""
    return "".join(traceback.format_exception(error, limit=-6, chain=False))


@attrs.frozen
class Watchdog:
    """Prints the progress, and ends the process with its stacks if no call ends for too long."""

    tally: Tally
    loop: asyncio.AbstractEventLoop
    patience: float

    def run(self, done: threading.Event) -> None:
        calls, last_change, last_line = 0, time.monotonic(), time.monotonic()
        while not done.wait(0.25):
            now = time.monotonic()
            if self.tally.calls != calls:
                calls, last_change = self.tally.calls, now
                # In case that no thread of Python can run any more.
                faulthandler.dump_traceback_later(self.patience + 10, exit=True)
            if now - last_line >= _PROGRESS_SECONDS:
                last_line = now
                print(self.tally.progress(), flush=True)
            if now - last_change > self.patience:
                self._give_up()

    def _give_up(self) -> None:
        faulthandler.dump_traceback(all_threads=True)
        for task in asyncio.all_tasks(self.loop):
            task.print_stack(file=sys.stderr)
        print(self.tally.progress())
        print(f"soak: failed: no call ended for {self.patience:g} s (the stacks are on stderr)", flush=True)
        os._exit(1)

    @contextmanager
    def watching(self) -> Iterator[None]:
        done = threading.Event()
        faulthandler.dump_traceback_later(self.patience + 10, exit=True)
        thread = threading.Thread(target=self.run, args=(done,), name="watchdog", daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()
            faulthandler.cancel_dump_traceback_later()
