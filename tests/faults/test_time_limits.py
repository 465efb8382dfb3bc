"""`deadline` and `idle_timeout` hold from the first step of a request to the last, and the one exceeded is named."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from typing import Any

import pytest

from baseten_messages_client import AsyncBaseten, Baseten, InternalServerError, RateLimitError, StreamTimeoutError

from ..libraries import current
from ..support import HELLO
from .raw_server import PATIENCE, Peer, Script, full_server, raw_server

pytestmark = pytest.mark.usefixtures("library")

LIMIT = 0.4
LATE = 2.0
"""Seconds after its limit within which a call must have ended."""

CALLS = ("stream", "create")
LIMITS = ("deadline", "idle_timeout")


class Ending:
    """How one call ended."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.error: Exception | None = None
        self.seconds = 0.0

    def __repr__(self) -> str:
        return f"{self.name} after {self.seconds:.2f} s: {self.error!r}"

    def names_limit(self, limit: str) -> bool:
        """Whether it is the error for this limit, and names no other."""
        others = {*LIMITS, "longer than timeout", "raise timeout"} - {limit}
        text = str(self.error)
        return (
            isinstance(self.error, StreamTimeoutError) and limit in text and not any(other in text for other in others)
        )


def endings(
    url: str, options: dict[str, dict[str, Any]], repeat: int = 1, *, own_http: bool = False, **settings: Any
) -> list[Ending]:
    """Open streams and read them to their ends, all at once: with either client, by either call, with each option.

    Args:
        url: The base URL.
        options: By name, what to add to the request.
        repeat: How often to make each call.
        own_http: Whether the clients get an HTTP client of the caller's.
        settings: Arguments of the clients.
    """
    settings = {"api_key": "any", "base_url": url, **settings}
    calls = [
        (f"{call} {name}", call, {**HELLO, **request})
        for call in CALLS
        for name, request in options.items()
        for _ in range(repeat)
    ]

    def make_sync_calls() -> list[Ending]:
        http = current().Client() if own_http else None
        with Baseten(http_client=http, **settings) as client, http or nullcontext(), ThreadPoolExecutor(200) as pool:

            def run(name: str, call: str, request: dict[str, Any]) -> Ending:
                with timed(f"sync {name}") as ended:
                    if call == "stream":
                        with client.messages.stream(**request) as stream:
                            stream.until_done()
                    else:
                        client.messages.create(stream=True, **request).until_done()
                return ended

            return list(pool.map(lambda item: run(*item), calls))

    async def make_async_calls() -> list[Ending]:
        http = current().AsyncClient() if own_http else None
        async with AsyncBaseten(http_client=http, **settings) as client, http or nullcontext():

            async def run(name: str, call: str, request: dict[str, Any]) -> Ending:
                with timed(f"async {name}") as ended:
                    if call == "stream":
                        async with client.messages.stream(**request) as stream:
                            await stream.until_done()
                    else:
                        await (await client.messages.create(stream=True, **request)).until_done()
                return ended

            return await asyncio.gather(*(run(*item) for item in calls))

    with ThreadPoolExecutor(2) as pool:
        both = pool.submit(make_sync_calls), pool.submit(asyncio.run, make_async_calls())
        return [ended for future in both for ended in future.result()]


@contextmanager
def timed(name: str) -> Iterator[Ending]:
    """Note how the block ended, and after how long."""
    ended = Ending(name)
    began = time.monotonic()
    try:
        yield ended
    except Exception as error:
        ended.error = error
    ended.seconds = time.monotonic() - began


# ---- Servers that never come to an end -------------------------------------------------------------------------------


def silent(peer: Peer) -> None:
    peer.read_request()
    peer.wait(PATIENCE)


def after(head: bytes, piece: bytes) -> Script:
    """Answer with a head, and then with the same piece without end."""

    def script(peer: Peer) -> None:
        peer.read_request()
        peer.send(head)
        peer.drip(piece)

    return script


def answer(status: str, content_type: str = "application/json", more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{more}Content-Length: 100000\r\n\r\n".encode()


def event(event_type: str, **fields: Any) -> bytes:
    return f"event: {event_type}\ndata: {json.dumps({'type': event_type, **fields})}\n\n".encode()


def read_slowly(peer: Peer) -> None:
    """Take the request in small pieces, so that sending it goes on and on."""
    for _ in range(int(PATIENCE / 0.02)):
        peer.connection.recv(65536)
        if not peer.wait(0.02):
            return


def retried_once(peer: Peer) -> None:
    """Fail quickly, and then drip the head of the answer to the next attempt."""
    peer.read_request()
    if peer.number < 2 * len(CALLS) * len(LIMITS):
        peer.send(b"HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
        return
    peer.send(b"HTTP/1.1 200 OK\r\n")
    peer.drip(b"X-Slow: yes\r\n")


TLS_RECORD = b"\x16\x03\x03\x40\x00\x02\x00\x3f\xf0"
"""The beginning of a record of 16 KiB, and in it of the server's first message."""

STREAM_HEAD = answer("200 OK", "text/event-stream")
START = event("message_start", message={"id": "m", "role": "assistant", "content": [], "usage": {}})

SCRIPTS: dict[str, Script] = {
    "silent": silent,
    "drips the status line": after(b"HTTP/1.1 200 ", b"O"),
    "drips headers": after(b"HTTP/1.1 200 OK\r\n", b"X-Slow: yes\r\n"),
    "drips one header": after(b"HTTP/1.1 200 OK\r\nX-Slow: ", b"y"),
    "repeats 100 Continue": after(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "repeats 103 Early Hints": after(b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"),
    "drips the body of a 400": after(answer("400 Bad Request"), b" "),
    "drips the body of a 429": after(answer("429 Slow", more="Retry-After: 0\r\n"), b" "),
    "drips the body of a 502": after(answer("502 Bad Gateway", "text/html"), b"<"),
    "drips the body of a 302": after(answer("302 Found", more="Location: /elsewhere\r\n"), b" "),
    "drips JSON instead of a stream": after(answer("200 OK"), b" "),
    "drips HTML instead of a stream": after(answer("200 OK", "text/html"), b"<p>"),
    "drips comments": after(STREAM_HEAD, b":\n\n"),
    "drips an event's line": after(STREAM_HEAD, b"d"),
    "drips pings": after(STREAM_HEAD, event("ping")),
    "drips pings after the start": after(STREAM_HEAD + START, event("ping")),
    "fails once, then drips headers": retried_once,
}


def check(found: list[Ending]) -> None:
    """Each call must have ended in time, with the error that names its limit."""
    wrong = [
        item for item in found if item.seconds > LIMIT + LATE or not item.names_limit(item.name.rpartition(" ")[2])
    ]
    assert not wrong


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_a_limit_ends_the_call_wherever_it_hangs(script: Script) -> None:
    with raw_server(script) as address:
        check(endings(f"http://{address}", {limit: {limit: LIMIT} for limit in LIMITS}))


def test_a_limit_ends_the_call_while_connecting() -> None:
    with full_server() as address:
        check(endings(f"http://{address}", {limit: {limit: LIMIT} for limit in LIMITS}))


def test_a_limit_ends_the_call_while_tls_is_set_up() -> None:
    def script(peer: Peer) -> None:
        peer.connection.recv(65536)
        peer.send(TLS_RECORD)
        peer.drip(b"\0")

    with raw_server(script) as address:
        check(endings(f"https://{address}", {limit: {limit: LIMIT} for limit in LIMITS}))


def test_a_limit_ends_the_call_while_the_request_is_sent() -> None:
    long = [{"role": "user", "content": "x" * 16_000_000}]
    with raw_server(read_slowly) as address:
        found = endings(f"http://{address}", {limit: {limit: LIMIT, "messages": long} for limit in LIMITS})
    check(found)


def test_a_limit_ends_a_call_of_a_callers_own_client() -> None:
    with raw_server(SCRIPTS["drips headers"]) as address:
        check(endings(f"http://{address}", {limit: {limit: LIMIT} for limit in LIMITS}, own_http=True))


# ---- Retries --------------------------------------------------------------------------------------------------------


def fail_always(more: bytes = b"") -> Script:
    def script(peer: Peer) -> None:
        peer.read_request()
        peer.send(b"HTTP/1.1 503 Busy\r\n" + more + b"Connection: close\r\nContent-Length: 0\r\n\r\n")

    return script


def test_retries_end_with_the_deadline() -> None:
    with raw_server(fail_always(b"Retry-After: 0\r\n")) as address:
        found = endings(f"http://{address}", {"deadline": {"deadline": 1.0}}, max_retries=1000)
    assert all(item.seconds < 1.0 + LATE for item in found), found
    assert all(isinstance(item.error, (StreamTimeoutError, InternalServerError)) for item in found), found


def test_a_wait_that_outlasts_the_deadline_is_not_begun() -> None:
    def script(peer: Peer) -> None:
        peer.read_request()
        peer.send(b"HTTP/1.1 429 Slow\r\nRetry-After: 30\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")

    with raw_server(script) as address:
        found = endings(f"http://{address}", {"deadline": {"deadline": 2.0}})
    assert all(item.seconds < LATE for item in found), found
    assert all(isinstance(item.error, RateLimitError) for item in found), found


# ---- Which limit it was ---------------------------------------------------------------------------------------------


def stall_at_once(peer: Peer) -> None:
    peer.read_request()
    peer.send(STREAM_HEAD)
    peer.wait(PATIENCE)


def stall_after_the_start(peer: Peer) -> None:
    peer.read_request()
    peer.send(STREAM_HEAD + START)
    peer.wait(PATIENCE)


@pytest.mark.parametrize("script", [stall_at_once, stall_after_the_start])
@pytest.mark.parametrize("limit", LIMITS)
def test_the_limit_that_was_exceeded_is_named_every_time(script: Script, limit: str) -> None:
    with raw_server(script) as address:
        found = endings(f"http://{address}", {limit: {limit: LIMIT}}, repeat=40)
    check(found)


@pytest.mark.parametrize(
    ("request_", "named"),
    [
        ({"deadline": LIMIT, "idle_timeout": 30.0}, "deadline"),
        ({"deadline": 30.0, "idle_timeout": LIMIT}, "idle_timeout"),
        ({"timeout": 30.0, "idle_timeout": LIMIT}, "idle_timeout"),
    ],
)
@pytest.mark.parametrize("script", [silent, stall_at_once, stall_after_the_start])
def test_the_shortest_limit_is_the_one_named(script: Script, request_: dict[str, Any], named: str) -> None:
    with raw_server(script) as address:
        check(endings(f"http://{address}", {named: request_}))


def test_a_timeout_that_is_shorter_than_the_limits_is_not_taken_for_one_of_them() -> None:
    request = {"timeout": LIMIT, "idle_timeout": 30.0, "deadline": 30.0}
    with raw_server(stall_after_the_start) as address:
        found = endings(f"http://{address}", {"timeout": request}, repeat=5)
    assert all(item.seconds < LIMIT + LATE for item in found), found
    assert all(isinstance(item.error, StreamTimeoutError) for item in found), found
    assert not [item for item in found if any(limit in str(item.error) for limit in LIMITS)]
