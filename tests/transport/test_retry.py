"""Which failures are sent again, how often, and what is raised in the end."""

from __future__ import annotations

import asyncio
import random
import time
from math import inf
from typing import Any

import anyio
import pytest

from baseten_messages_client import errors
from baseten_messages_client._transport.retry import retry, retry_async, wait_before_retry
from baseten_messages_client.testing import LocalServer

from ..conftest import Create


@pytest.mark.usefixtures("quick_retries")
@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 504, 529])
def test_a_passing_failure_is_retried(create: Create, server: LocalServer, status: int) -> None:
    server.enqueue(status=status)
    server.enqueue(status=status, headers={"retry-after": "0"})
    server.enqueue("third time lucky")
    assert create().text == "third time lucky"
    assert len(server.requests) == 3
    assert len({request.body for request in server.requests}) == 1


@pytest.mark.usefixtures("quick_retries")
@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 413, 422, 499, 501, 520])
def test_a_final_failure_is_not_retried(create: Create, server: LocalServer, status: int) -> None:
    server.enqueue(status=status)
    with pytest.raises(errors.APIStatusError):
        create()
    assert len(server.requests) == 1


@pytest.mark.usefixtures("quick_retries")
@pytest.mark.parametrize(("max_retries", "sent"), [(0, 1), (1, 2), (2, 3)])
def test_the_last_failure_is_raised_when_no_retry_is_left(
    create: Create, server: LocalServer, max_retries: int, sent: int
) -> None:
    server.enqueue(status=503, repeat=5)
    with pytest.raises(errors.InternalServerError, match="503 Service Unavailable"):
        create({"max_retries": max_retries})
    assert len(server.requests) == sent


@pytest.mark.usefixtures("quick_retries")
def test_a_dropped_connection_is_retried_and_then_a_connection_error(
    library: Any, create: Create, server: LocalServer
) -> None:
    server.enqueue(drop=True)
    server.enqueue("better")
    assert create().text == "better"
    server.enqueue(drop=True, repeat=3)
    with pytest.raises(errors.APIConnectionError, match=f"no response from {server.url}/v1/messages") as caught:
        create()
    assert isinstance(caught.value.__cause__, library.TransportError)


@pytest.mark.usefixtures("quick_retries")
def test_an_answer_that_is_cut_is_retried_and_then_a_connection_error(create: Create, server: LocalServer) -> None:
    server.enqueue("a long answer", disconnect_at=20, repeat=3)
    with pytest.raises(errors.APIConnectionError):
        create()
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("error", "retried"),
    [
        (errors.APIConnectionError("lost"), True),
        (errors.APITimeoutError("late"), True),
        (errors.APIConnectionError("the certificate is not valid", final=True), False),
        (errors.PoolTimeoutError("the pool is full"), False),
        (errors.StreamError("boom"), True),
        (errors.IncompleteStreamError("cut"), True),
        (errors.StreamError("boom", error_type="response_too_large"), False),
        (errors.StreamTimeoutError("late"), False),
        (errors.APIStatusError("busy", status_code=503), True),
        (errors.APIStatusError("wrong", status_code=400, retry_after=1), False),
        (ValueError("a mistake"), False),
    ],
    ids=repr,
)
def test_only_a_failure_that_may_pass_is_retried(error: Exception, retried: bool) -> None:
    assert wait_before_retry(error) is retried


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Record the waits between attempts, in seconds, and do not wait."""
    recorded: list[float] = []

    async def sleep(seconds: float) -> None:
        recorded.append(seconds)

    monkeypatch.setattr(time, "sleep", recorded.append)
    monkeypatch.setattr(asyncio, "sleep", sleep)
    return recorded


@pytest.mark.parametrize(
    ("retry_after", "time_left", "shortest", "longest"),
    [
        pytest.param(None, inf, [0.5, 1, 2, 4, 8, 8], [1, 1.5, 2.5, 4.5, 8, 8], id="ever longer"),
        pytest.param(0, inf, [0] * 6, [0.5] * 6, id="asked not to wait"),
        pytest.param(3, inf, [3] * 6, [3.5] * 6, id="asked to wait"),
        pytest.param(1000, inf, [60] * 6, [60.5] * 6, id="asked to wait too long"),
        pytest.param(3, 3.5, [3] * 6, [3.25] * 6, id="asked to wait nearly as long as time is left"),
        pytest.param(3, 3, [], [], id="asked to wait as long as time is left"),
        pytest.param(3, 2, [], [], id="asked to wait longer than time is left"),
        pytest.param(None, 8, [0.5, 1, 2, 4, 8, 8], [1, 1.5, 2.5, 4.5, 8, 8], id="time for the longest wait"),
        pytest.param(None, 7, [0.5] * 6, [1] * 6, id="no time for the longest wait"),
        pytest.param(None, 0.5, [], [], id="no time for the first wait"),
    ],
)
@pytest.mark.parametrize("jitter", ["shortest", "longest"])
def test_each_wait_is_as_long_as_asked_and_within_the_time_that_is_left(
    mode: str,
    monkeypatch: pytest.MonkeyPatch,
    waits: list[float],
    jitter: str,
    retry_after: float | None,
    time_left: float,
    shortest: list[float],
    longest: list[float],
) -> None:
    monkeypatch.setattr(random, "uniform", min if jitter == "shortest" else max)
    error = errors.APIStatusError("busy", status_code=503, retry_after=retry_after)
    attempts = 0

    def send() -> str:
        nonlocal attempts
        attempts += 1
        raise error

    async def send_async() -> str:
        return send()

    async def main() -> str:
        return await retry_async(6, send_async, lambda: time_left)

    with pytest.raises(errors.APIStatusError) as caught:
        anyio.run(main) if mode == "async" else retry(6, send, lambda: time_left)
    assert caught.value is error
    assert waits == (shortest if jitter == "shortest" else longest)
    assert attempts == len(waits) + 1
