"""The time of one stream: what counts as idle, what is left, and which limit is named."""

from __future__ import annotations

from math import inf

import pytest

from baseten_messages_client._transport import deadline
from baseten_messages_client._transport.deadline import StreamLimits


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(deadline, "monotonic", clock)
    return clock


def test_without_limits_there_is_no_end() -> None:
    limits = StreamLimits()
    assert not limits.active
    assert limits.begin_wait() == inf
    assert not limits.exceeded()


def test_only_time_spent_waiting_for_the_server_counts_as_idle(clock: Clock) -> None:
    limits = StreamLimits(idle_timeout=5)
    clock.seconds += 60  # The caller thinks.
    assert limits.begin_wait() == 5
    clock.seconds += 2
    limits.end_wait()
    assert limits.remaining() == 3
    limits.event_arrived()
    assert limits.remaining() == 5


def test_the_deadline_counts_all_time(clock: Clock) -> None:
    limits = StreamLimits(deadline=5)
    clock.seconds += 2
    limits.event_arrived()
    assert limits.begin_wait() == 3
    assert not limits.exceeded()
    clock.seconds += 3
    assert limits.exceeded()


@pytest.mark.parametrize(
    ("idle_timeout", "deadline_", "told"),
    [
        (5, 60, "sent no event for 5 s (idle_timeout)"),
        (60, 5, "longer than its deadline of 5 s"),
        (None, 5, "longer than its deadline of 5 s"),
    ],
)
def test_the_exceeded_limit_is_named(clock: Clock, idle_timeout: float | None, deadline_: float, told: str) -> None:
    limits = StreamLimits(idle_timeout, deadline_)
    assert limits.begin_wait() == 5
    clock.seconds += 5
    assert limits.exceeded()
    assert told in limits.describe()
