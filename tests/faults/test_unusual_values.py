"""Values that nobody expects, in headers, addresses and exceptions: only this package's errors leave a call."""

from __future__ import annotations

import socket
import struct
from typing import Any

import pytest

from baseten_messages_client import (
    AsyncBaseten,
    Baseten,
    BasetenError,
    ConfigurationError,
    RateLimitError,
)
from baseten_messages_client.testing import LocalServer

from ..libraries import current
from ..support import KEY
from .calls import CALLS, call, failure
from .socket_server import SocketServer, response

pytestmark = pytest.mark.usefixtures("library")

# --- Retry-After ---

BEYOND_THE_CALENDAR = [
    "Fri, 31 Dec 99999999999999999999 23:59:59 GMT",
    "Fri, 31 Dec 9999 99999999999999999999:59:59 GMT",
    "Fri, 99999999999999999999 Dec 2030 23:59:59 GMT",
    "Wed, 21 Oct 2015 07:28:00 +99999999999999",
]
NO_DATES = ["Fri, 31 Dec 99999 23:59:59 GMT", "9" * 500, "nan", "-inf", "soon", ""]


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("value", BEYOND_THE_CALENDAR + NO_DATES, ids=lambda value: value[:20])
def test_a_retry_after_that_names_no_moment_asks_for_no_wait(
    server: LocalServer, mode: str, name: str, value: str
) -> None:
    server.enqueue({"error": "busy"}, status=429, headers={"retry-after": value})
    error = failure(mode, name, error_class=RateLimitError, base_url=server.url)
    assert error.retry_after is None


@pytest.mark.parametrize(
    "value", [*BEYOND_THE_CALENDAR, 10**400, [], {"seconds": 5}, True], ids=lambda value: str(value)[:20]
)
def test_a_retry_after_in_the_body_that_names_no_moment_asks_for_no_wait(
    server: LocalServer, mode: str, value: Any
) -> None:
    server.enqueue({"error": {"message": "busy", "retry_after": value}}, status=429)
    error = failure(mode, error_class=RateLimitError, base_url=server.url)
    assert error.retry_after is None


# --- base_url ---

IMPOSSIBLE_URLS = [
    "http://127.0.0.256:8000",
    "https://[v1.x]",
    "https://ä..com",
    "https://☃.com",
    "https://xn--a.com",
    "https://xn--.com",
    "https://.",
    "https://..",
    "https://.example.com",
    "https://a..b",
    f"https://{'a' * 64}.com",
    f"https://ä{'a' * 70}.com",
]
POSSIBLE_URLS = [
    "http://127.0.0.1:8000",
    "https://[::1]:8000",
    "https://localhost",
    "https://ü.example",
    "https://xn--tda.example",
    "https://under_score.example",
    "https://example.com.",
]


@pytest.mark.parametrize("url", IMPOSSIBLE_URLS, ids=lambda url: url[:20].encode("ascii", "replace").decode())
@pytest.mark.parametrize("make", [Baseten, AsyncBaseten])
def test_a_base_url_that_no_request_can_have_is_refused_at_once(
    make: type[Baseten | AsyncBaseten], url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ConfigurationError, match="base_url"):
        make(api_key=KEY, base_url=url)
    with pytest.raises(ConfigurationError, match="base_url"):
        make(api_key=KEY).with_options(base_url=url)
    monkeypatch.setenv("BASETEN_BASE_URL", url)
    with pytest.raises(ConfigurationError, match="BASETEN_BASE_URL"):
        make(api_key=KEY)


@pytest.mark.parametrize("url", POSSIBLE_URLS, ids=lambda url: url.encode("ascii", "replace").decode())
@pytest.mark.parametrize("make", [Baseten, AsyncBaseten])
def test_a_base_url_that_a_request_can_have_is_accepted(make: type[Baseten | AsyncBaseten], url: str) -> None:
    make(api_key=KEY, base_url=url)


# --- HTTP/2 ---

_HEADERS, _SETTINGS = 1, 4
_ACK, _END_HEADERS = 1, 4
_PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
_STATUS_200 = b"\x88"
"""The header `:status: 200` in HPACK."""


def frame(frame_type: int, flags: int, stream_id: int, payload: bytes = b"") -> bytes:
    return struct.pack(">I", len(payload))[1:] + bytes([frame_type, flags]) + struct.pack(">I", stream_id) + payload


def wait_for_frame(connection: socket.socket, received: bytes, wanted: tuple[int, int]) -> None:
    """Read the client's frames up to one of this type and with these flags; `received` are the first bytes of them."""
    data = bytearray(received)
    while True:
        while len(data) < 9 or len(data) < 9 + int.from_bytes(data[:3]):
            if not (piece := connection.recv(65_536)):
                raise ConnectionAbortedError
            data += piece
        if (data[3], data[4]) == wanted:
            return
        del data[: 9 + int.from_bytes(data[:3])]


def break_http2(connection: socket.socket, received: bytes) -> None:
    """Begin a response, and go on with a frame that the protocol does not allow."""
    connection.sendall(frame(_SETTINGS, 0, 0) + frame(_HEADERS, _END_HEADERS, 1, _STATUS_200))
    # Once the settings are acknowledged, the client has read the head of the response too.
    wait_for_frame(connection, received.removeprefix(_PREFACE), (_SETTINGS, _ACK))
    connection.sendall(frame(_SETTINGS, 0, 0, b"five!"))  # A setting takes six bytes.


@pytest.mark.parametrize("name", CALLS)
def test_a_fault_of_http2_becomes_an_error_of_this_package(library: Any, mode: str, name: str) -> None:
    if library.__name__ == "aiohttp":
        pytest.skip("aiohttp speaks HTTP/1.1 alone")
    with SocketServer(break_http2) as server:
        failure(mode, name, base_url=server.url, http_options={"http1": False, "http2": True})


# --- Building the request ---


def refuse(*args: Any, **kwargs: Any) -> Any:
    raise current().InvalidURL("no such address")


@pytest.mark.parametrize("name", CALLS)
def test_what_the_http_library_refuses_to_build_becomes_an_error_of_this_package(
    mode: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As an address that only this part of the library refuses would do.
    monkeypatch.setattr("baseten_messages_client._transport.send.build_request", refuse)
    assert "no such address" in str(failure(mode, name, base_url="http://127.0.0.1:1"))


# --- The caller's own code ---


class OwnError(Exception):
    """An exception of the caller's."""


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("event", ["request", "response"])
@pytest.mark.parametrize(
    "error", [RuntimeError("of the hook"), NotImplementedError(), OwnError(), KeyError("id")], ids=repr
)
def test_what_an_event_hook_of_the_caller_raises_passes_unchanged(
    server: LocalServer, mode: str, name: str, event: str, error: Exception
) -> None:
    def hook(_: Any) -> None:
        raise error

    async def async_hook(_: Any) -> None:
        raise error

    options = {"event_hooks": {event: [hook if mode == "sync" else async_hook]}}
    assert failure(mode, name, error_class=Exception, base_url=server.url, http_options=options) is error


def test_a_client_that_was_closed_says_so(library: Any, server: LocalServer) -> None:
    http = library.Client()
    http.close()
    error = failure("sync", base_url=server.url, http_client=http)
    assert type(error) is BasetenError
    assert "create a new one" in str(error)


def test_an_unusual_value_does_not_disturb_a_usual_call(server: LocalServer, mode: str) -> None:
    server.enqueue({"error": "busy"}, status=429, headers={"retry-after": "0"})
    server.enqueue("Hi.")
    assert call(mode, base_url=server.url, max_retries=1).text == "Hi."


def test_the_status_line_may_hold_any_bytes(mode: str) -> None:
    with SocketServer(response(b"{}", status="429 \xff\xfe\x01")) as server:
        failure(mode, base_url=server.url)
