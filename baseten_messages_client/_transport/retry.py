"""When to send a request again, and after how long a wait.

The loop itself is stamina's. It was chosen over httpx-retries because it wraps any block of code: a stream whose first
event is an error has to be sent again too, which a transport cannot see, and a caller's own `http_client` needs no
special transport. It takes the wait from the error (`Retry-After`), knows asyncio and trio, and announces retries
through its own hooks and logger. `stamina.set_active(False)` turns them off for the whole process. It is imported with
the first request, since it would add a tenth to the import time.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Awaitable, Callable
from math import inf
from typing import Any, TypeVar

from ..errors import APIConnectionError, APIStatusError, PoolTimeoutError, StreamError, StreamTimeoutError

T = TypeVar("T")

# Without any handler, Python would print stamina's warnings bare; whoever configures logging still gets them.
logging.getLogger("stamina").addHandler(logging.NullHandler())

RETRIED_STATUSES = frozenset({408, 409, 429, 500, 502, 503, 504, 529})
# The words for the same failures in an `error` event, which comes after a status of 200. Only a word that is a known
# refusal is final: a stream that failed before it began may be tried again.
_FINAL_ERROR_TYPES = frozenset(
    {
        "authentication_error",
        "billing_error",
        "invalid_request_error",
        "not_found_error",
        "permission_error",
        "request_too_large",
    }
)

FIRST_WAIT = 0.5
LONGEST_WAIT = 8.0
LONGEST_RETRY_AFTER = 60.0


def wait_before_retry(error: Exception) -> bool | float:
    """Decide on one failed attempt: False to give up, True for the usual backoff, or the seconds to wait."""
    if isinstance(error, StreamError):
        # Only the opening of a stream is attempted again, so nothing of it was handed out yet.
        return not isinstance(error, StreamTimeoutError) and error.error_type not in _FINAL_ERROR_TYPES
    if isinstance(error, APIConnectionError):
        # A full pool is the caller's own doing, and has been waited for already.
        return not isinstance(error, PoolTimeoutError)
    if isinstance(error, APIStatusError) and error.status_code in RETRIED_STATUSES:
        if error.retry_after is None:
            return True
        # A little more than asked, each caller another bit, so that they do not all come back at once.
        return min(error.retry_after, LONGEST_RETRY_AFTER) + random.uniform(0, FIRST_WAIT)  # noqa: S311
    return False


def retry(max_retries: int, send: Callable[[], T], time_left: Callable[[], float] = lambda: inf) -> T:
    """Call `send` until it succeeds, its error is final, or it was retried so often or for so long.

    Args:
        max_retries: How often to call it again.
        send: What to call.
        time_left: Returns how many seconds there are for all of it.
    """
    import stamina

    return stamina.RetryingCaller(**_policy(max_retries))(_within(time_left), send)


async def retry_async(
    max_retries: int, send: Callable[[], Awaitable[T]], time_left: Callable[[], float] = lambda: inf
) -> T:
    """Await `send` as `retry` calls it."""
    import stamina

    return await stamina.AsyncRetryingCaller(**_policy(max_retries))(_within(time_left), send)


def _within(time_left: Callable[[], float]) -> Callable[[Exception], bool | float]:
    """Keep the waits within the time that is left: what cannot end in time is not begun."""

    def decide(error: Exception) -> bool | float:
        wait, left = wait_before_retry(error), time_left()
        if wait is True and left < LONGEST_WAIT:
            wait = random.uniform(FIRST_WAIT, 2 * FIRST_WAIT)  # noqa: S311
        return wait if wait is True or wait < left else False

    return decide


def _policy(max_retries: int) -> dict[str, Any]:
    return {
        "attempts": max_retries + 1,
        "timeout": None,
        "wait_initial": FIRST_WAIT,
        "wait_max": LONGEST_WAIT,
        "wait_jitter": FIRST_WAIT,
    }
