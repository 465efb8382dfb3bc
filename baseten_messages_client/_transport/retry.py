"""Decides whether to send a request again, and how long to wait before that.

The loop itself comes from the library stamina. We chose it over httpx-retries because it can retry any code, while
httpx-retries works as a transport of httpx. A request must also be sent again if the first event of its stream is an
error, and a transport cannot see that. A caller's own `http_client` then needs no special transport either.

stamina takes the wait from the error (`Retry-After`), supports asyncio and trio, and reports retries through its hooks
and its logger. `stamina.set_active(False)` turns retries off for the whole process. stamina is imported with the first
request, because it would make the import of this package a tenth slower.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Awaitable, Callable
from math import inf
from typing import Any, TypeVar

from ..errors import APIConnectionError, APIStatusError, PoolTimeoutError, StreamError, StreamTimeoutError

T = TypeVar("T")

# Without a handler, Python would print stamina's warnings to stderr. A program that configures logging still gets them.
logging.getLogger("stamina").addHandler(logging.NullHandler())

RETRIED_STATUSES = frozenset({408, 409, 429, 500, 502, 503, 504, 529})
FIRST_WAIT = 0.5
LONGEST_WAIT = 8.0
LONGEST_RETRY_AFTER = 60.0


def wait_before_retry(error: Exception, seconds_left: float = inf) -> bool | float:
    """Return what to do after a failed attempt: False to give up, True for the usual wait, or the seconds to wait."""
    # Only the opening of a stream is retried, so the caller has not received any event yet.
    if isinstance(error, StreamTimeoutError):
        return False
    if isinstance(error, StreamError) and not isinstance(error, APIConnectionError | APIStatusError):
        # The error does not say whether it is final, except that what is too large once is too large again.
        return error.error_type != "response_too_large"
    if isinstance(error, APIConnectionError):
        # The caller's own requests fill the pool, and this attempt has already waited for them.
        return not isinstance(error, PoolTimeoutError) and not error.final
    if isinstance(error, APIStatusError) and error.status_code in RETRIED_STATUSES:
        if error.retry_after is None:
            return True
        # Each client waits a different time, slightly longer than asked, so that they do not all return at once.
        asked = min(error.retry_after, LONGEST_RETRY_AFTER)
        return asked + random.uniform(0, max(0.0, min(FIRST_WAIT, (seconds_left - asked) / 2)))  # noqa: S311
    return False


def retry(max_retries: int, send: Callable[[], T], time_left: Callable[[], float] = lambda: inf) -> T:
    """Call `send` until it succeeds, fails for good, or runs out of retries or time.

    Args:
        max_retries: How many times to call `send` again.
        send: Function that sends one attempt.
        time_left: Function that returns how many seconds are left for all attempts.

    Returns:
        What `send` returned.

    Raises:
        BasetenError: The error of the last attempt.
    """
    import stamina

    return stamina.RetryingCaller(**_policy(max_retries))(_limit_waits(time_left), send)


async def retry_async(
    max_retries: int, send: Callable[[], Awaitable[T]], time_left: Callable[[], float] = lambda: inf
) -> T:
    """Await `send` until it succeeds, as `retry` does."""
    import stamina

    return await stamina.AsyncRetryingCaller(**_policy(max_retries))(_limit_waits(time_left), send)


def _limit_waits(time_left: Callable[[], float]) -> Callable[[Exception], bool | float]:
    """Keep the waits within the time that is left. A wait that cannot end in time is not started."""

    def wait_within_time(error: Exception) -> bool | float:
        left = time_left()
        wait = wait_before_retry(error, left)
        if wait is True and left < LONGEST_WAIT:
            wait = random.uniform(FIRST_WAIT, 2 * FIRST_WAIT)  # noqa: S311
        return wait if wait is True or wait < left else False

    return wait_within_time


def _policy(max_retries: int) -> dict[str, Any]:
    return {
        "attempts": max_retries + 1,
        "timeout": None,
        "wait_initial": FIRST_WAIT,
        "wait_max": LONGEST_WAIT,
        "wait_jitter": FIRST_WAIT,
    }
