"""Which failures are sent again, how often, and what is raised in the end."""

from __future__ import annotations

import httpx
import pytest

from baseten_messages_client import errors
from baseten_messages_client._transport.retry import wait_before_retry
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
def test_a_dropped_connection_is_retried_and_then_a_connection_error(create: Create, server: LocalServer) -> None:
    server.enqueue(drop=True)
    server.enqueue("better")
    assert create().text == "better"
    server.enqueue(drop=True, repeat=3)
    with pytest.raises(errors.APIConnectionError, match=f"no response from {server.url}/v1/messages") as caught:
        create()
    assert isinstance(caught.value.__cause__, httpx.TransportError)


@pytest.mark.usefixtures("quick_retries")
def test_an_answer_that_is_cut_is_retried_and_then_a_connection_error(create: Create, server: LocalServer) -> None:
    server.enqueue("a long answer", disconnect_at=20, repeat=3)
    with pytest.raises(errors.APIConnectionError):
        create()
    assert len(server.requests) == 3


def test_a_connection_error_is_retried_unless_it_is_final() -> None:
    assert wait_before_retry(errors.APIConnectionError("lost")) is True
    assert wait_before_retry(errors.APIConnectionError("the certificate is not valid", final=True)) is False
