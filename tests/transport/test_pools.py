"""A connection that was given to a request stays in the pool until the request has used it."""

from __future__ import annotations

from typing import Any

import httpcore
import httpcore2
import httpx
import pytest

from baseten_messages_client._transport.pools import keep_given_connections

from ..libraries import current

# The behavior is that of both libraries. `keep_given_connections` changes only the pools of httpx.
CORES: dict[str, Any] = {"httpx": httpcore, "httpx2": httpcore2}
NO_CONTENT = b"HTTP/1.1 204 No Content\r\n\r\n"


@pytest.fixture
def pool(library: Any) -> Any:
    """A pool of one connection, which is idle and leads to the host `first`."""
    http = library.Client(limits=library.Limits(max_connections=1))
    pool = http._transport._pool
    pool._network_backend = CORES[library.__name__].MockBackend([NO_CONTENT])
    keep_given_connections(http)
    http.get("http://first/")
    return pool


def wait_for(pool: Any, host: str) -> Any:
    core = CORES[current().__name__]
    request = core._sync.connection_pool.PoolRequest(core.Request("GET", f"http://{host}/"))
    pool._requests.append(request)
    return request


@pytest.mark.parametrize("at_once", [True, False])
def test_a_connection_is_not_closed_between_its_assignment_and_its_request(pool: Any, at_once: bool) -> None:
    (connection,) = pool.connections
    first = wait_for(pool, "first")
    closing = [] if at_once else pool._assign_requests_to_connections()
    second = wait_for(pool, "second")
    closing += pool._assign_requests_to_connections()
    assert closing == []
    assert first.connection is connection
    assert second.is_queued()
    assert pool.connections == [connection]
    assert pool._requests == [first, second]


def test_a_connection_is_given_to_one_request_only(pool: Any) -> None:
    first, second = wait_for(pool, "first"), wait_for(pool, "first")
    pool._assign_requests_to_connections()
    assert first.connection is not None
    assert second.is_queued()


def test_an_idle_connection_makes_room_for_another_address(pool: Any) -> None:
    (connection,) = pool.connections
    second = wait_for(pool, "second")
    assert pool._assign_requests_to_connections() == [connection]
    assert pool.connections == [second.connection]


def test_waiting_requests_get_connections_as_long_as_there_is_room(library: Any) -> None:
    with library.Client(limits=library.Limits(max_connections=2)) as http:
        pool = http._transport._pool
        pool._network_backend = CORES[library.__name__].MockBackend([NO_CONTENT])
        keep_given_connections(http)
        http.get("http://first/")
        requests = [wait_for(pool, host) for host in ("first", "first", "second")]
        pool._assign_requests_to_connections()
        assert [request.is_queued() for request in requests] == [False, False, True]
        pool._requests.clear()


def test_a_pool_is_corrected_once() -> None:
    with httpx.Client() as http:
        keep_given_connections(http)
        pool: Any = http._transport._pool  # type: ignore[attr-defined]
        corrected = pool._assign_requests_to_connections
        keep_given_connections(http)
        assert pool._assign_requests_to_connections is corrected


def test_a_transport_without_a_pool_is_left_alone(library: Any) -> None:
    transport = library.MockTransport(lambda _: library.Response(204))
    with library.Client(transport=transport) as http:
        keep_given_connections(http)
        assert http.get("http://first/").status_code == 204
