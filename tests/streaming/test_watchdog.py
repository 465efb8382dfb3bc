"""What ends a blocking read when its time runs out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from baseten_messages_client._streaming import watchdog as watchdog_module
from baseten_messages_client._streaming.watchdog import Watchdog


class Aborted(threading.Event):
    """Set when the watchdog calls it; counts the calls."""

    calls = 0

    def __call__(self) -> None:
        self.calls += 1
        self.set()


@pytest.fixture
def aborted() -> Aborted:
    return Aborted()


@pytest.fixture
def watchdog(aborted: Aborted) -> Iterator[Watchdog]:
    watchdog = Watchdog(aborted)
    yield watchdog
    watchdog.stop()


def test_it_aborts_when_the_time_runs_out(watchdog: Watchdog, aborted: Aborted) -> None:
    watchdog.arm(0.01)
    assert aborted.wait(10)
    assert watchdog.fired


def test_a_shorter_time_replaces_a_longer_one(watchdog: Watchdog, aborted: Aborted) -> None:
    watchdog.arm(60)
    watchdog.arm(0.01)
    assert aborted.wait(10)


@pytest.mark.parametrize("end", [Watchdog.disarm, Watchdog.stop, lambda watchdog: watchdog.arm(60)])
def test_it_does_not_abort_once_it_is_disarmed_stopped_or_armed_anew(
    watchdog: Watchdog, aborted: Aborted, monkeypatch: pytest.MonkeyPatch, end: Callable[[Watchdog], None]
) -> None:
    # The clock stands still until the time is no longer armed, however slow this machine is.
    now = 0.0
    monkeypatch.setattr(watchdog_module, "monotonic", lambda: now)
    watchdog.arm(0.05)
    end(watchdog)
    now = 1.0
    assert not aborted.wait(0.2)
    assert not watchdog.fired


def test_it_aborts_once_only(watchdog: Watchdog, aborted: Aborted) -> None:
    watchdog.arm(0.01)
    assert aborted.wait(10)
    watchdog.arm(0.01)
    watchdog.stop()
    assert aborted.calls == 1
