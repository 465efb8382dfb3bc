"""Both streams over real sockets: transcripts, ways to consume, ways to fail, and what is left behind."""

from __future__ import annotations

import asyncio
import gc
import gzip
import json
import pickle
import random
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import anyio
import httpx
import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal

from baseten_messages_client import (
    APIConnectionError,
    APIResponseError,
    APITimeoutError,
    AsyncBaseten,
    Baseten,
    BasetenError,
    IncompleteStreamError,
    InternalServerError,
    Message,
    RateLimitError,
    StreamError,
    StreamTimeoutError,
)
from baseten_messages_client.models import ContentBlockDeltaEvent, TextDelta
from baseten_messages_client.streaming import AsyncMessageStream, MessageStream, StreamEvent
from baseten_messages_client.testing import LocalServer

from ..support import HELLO, KEY, WIRE, message_json

TRANSCRIPTS = sorted(WIRE.glob("*.sse"))
FOREVER = 60.0
"""Longer than a test may take: what waits for it is ended by something else."""


class Stream:
    """Either stream, called as the sync one is."""

    def __init__(self, stream: MessageStream | AsyncMessageStream, portal: BlockingPortal | None) -> None:
        self.raw = stream
        self._portal = portal

    def __iter__(self) -> Iterator[StreamEvent]:
        return self._iterate(self.raw)

    @property
    def text_stream(self) -> Iterator[str]:
        return self._iterate(self.raw.text_stream)

    def _iterate(self, iterable: Any) -> Iterator[Any]:
        if self._portal is None:
            yield from iterable
            return
        iterator = aiter(iterable)

        async def step() -> Any:
            return await anext(iterator, None)

        while (item := self._portal.call(step)) is not None:
            yield item

    def _call(self, method: str) -> Any:
        function = getattr(self.raw, method)
        return function() if self._portal is None else self._portal.call(function)

    def get_final_message(self) -> Message:
        return cast("Message", self._call("get_final_message"))

    def get_final_text(self) -> str:
        return cast("str", self._call("get_final_text"))

    def until_done(self) -> None:
        self._call("until_done")

    def close(self) -> None:
        self._call("close")

    @property
    def current_message(self) -> Message:
        return self.raw.current_message


class Connection:
    """Either client, called as the sync one is."""

    def __init__(self, kind: str, portal: BlockingPortal, options: dict[str, Any]) -> None:
        self._portal = None if kind == "sync" else portal
        self.client = Baseten(**options) if kind == "sync" else AsyncBaseten(**options)

    @contextmanager
    def stream(self, **arguments: Any) -> Iterator[Stream]:
        manager: Any = self.client.messages.stream(**{**HELLO, **arguments})
        if self._portal is not None:
            manager = self._portal.wrap_async_context_manager(manager)
        with manager as stream:
            yield Stream(stream, self._portal)

    def create(self, **arguments: Any) -> Stream:
        def call() -> Any:
            return self.client.messages.create(**{**HELLO, **arguments})

        return Stream(call() if self._portal is None else self._portal.call(call), self._portal)

    def close(self) -> None:
        if isinstance(self.client, Baseten):
            self.client.close()
        elif self._portal is not None:
            self._portal.call(self.client.aclose)


Connect = Callable[..., Connection]


@pytest.fixture
def connect(kind: str, server: LocalServer) -> Iterator[Connect]:
    """Make a client of either kind; retries are off unless asked for."""
    opened: list[Connection] = []
    with start_blocking_portal() as portal:

        def make(**options: Any) -> Connection:
            settings = {"api_key": KEY, "base_url": server.url, "max_retries": 0, **options}
            opened.append(Connection(kind, portal, settings))
            return opened[-1]

        yield make
        for connection in opened:
            connection.close()


def frames(*events: dict[str, Any]) -> bytes:
    return b"".join(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode() for event in events)


def text_event(text: str) -> dict[str, Any]:
    return {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": text}}


START: dict[str, Any] = {"type": "message_start", "message": {"id": "msg_1", "model": "m", "content": []}}
PING: dict[str, Any] = {"type": "ping"}
ENDING: list[dict[str, Any]] = [
    {"type": "message_delta", "delta": {"stop_reason": "end_turn"}},
    {"type": "message_stop"},
]
BEGUN = frames(START, text_event("Hel"), text_event("lo"))
WHOLE = BEGUN + frames(*ENDING)


def error_event(error_type: str = "overloaded_error") -> dict[str, Any]:
    return {"type": "error", "error": {"type": error_type, "message": "boom"}}


def outcome(stream: Stream) -> dict[str, Any]:
    try:
        return {"message": stream.get_final_message().to_dict()}
    except StreamError as error:
        return describe(error)


def describe(error: StreamError) -> dict[str, Any]:
    partial = error.partial_message.to_dict() if error.partial_message else None
    return {"error": type(error).__name__, "error_type": error.error_type, "partial_message": partial}


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_transcripts_end_as_expected(path: Path, server: LocalServer, connect: Connect) -> None:
    expected = json.loads((WIRE / "expected" / f"{path.stem}.json").read_text(encoding="utf-8"))
    connection, body = connect(), path.read_bytes()
    cuts = random.Random(path.stem)  # Other cuts for every transcript, the same ones in every run.
    for options in (
        {},
        {"chunk_size": 1},
        *({"chunks": [cuts.randint(1, 200) for _ in range(40)]} for _ in range(3)),
    ):
        server.enqueue(body, **options)  # type: ignore[arg-type]
        if expected.get("partial_message", True) is None:
            # It failed before it began, so opening it raises already.
            with pytest.raises(StreamError) as caught, connection.stream():
                pass
            assert describe(caught.value) == expected
        else:
            with connection.stream() as stream:
                assert outcome(stream) == expected
                assert outcome(stream) == expected  # The verdict stays.


def test_ways_to_consume(server: LocalServer, connect: Connect) -> None:
    server.enqueue("Hello, world.", repeat=6)
    connection = connect()

    with connection.stream() as stream:
        assert "".join(stream.text_stream) == "Hello, world."
        assert stream.get_final_text() == "Hello, world."
    with connection.stream() as stream:
        pieces = []
        for event in stream:
            match event:
                case ContentBlockDeltaEvent(delta=TextDelta(text=piece)):
                    pieces.append(piece)
        assert "".join(pieces) == "Hello, world."
        assert list(stream) == []
    with connection.stream() as stream:
        assert stream.get_final_message().stop_reason == "end_turn"
        assert stream.get_final_message() == stream.current_message
    with connection.stream() as stream:
        stream.until_done()
        stream.until_done()
        assert stream.get_final_text() == "Hello, world."
    with connection.stream() as stream:
        events = iter(stream)
        assert next(events).type == "message_start"
        assert stream.current_message.text == ""
        assert next(stream.text_stream) == "Hello"
        assert stream.current_message.text == "Hello"
        assert stream.get_final_text() == "Hello, world."  # It goes on where the others stood.
    stream = connection.create(stream=True)
    assert stream.get_final_text() == "Hello, world."
    assert [request.json["stream"] for request in server.requests] == [True] * 6
    assert server.disconnects == 0


def test_what_create_returns_is_a_context_manager(server: LocalServer, kind: str) -> None:
    server.enqueue(WHOLE, chunks=[len(BEGUN)], pause=FOREVER)

    async def main() -> None:
        async with AsyncBaseten(api_key=KEY, base_url=server.url) as client:
            async with await client.messages.create(stream=True, **HELLO) as stream:
                assert (await anext(stream)).type == "message_start"
            assert await asyncio.to_thread(server.wait_until, lambda: server.disconnects == 1)

    if kind == "async":
        asyncio.run(main())
        return
    with Baseten(api_key=KEY, base_url=server.url) as client:
        with client.messages.create(stream=True, **HELLO) as stream:
            assert next(stream).type == "message_start"
        assert server.wait_until(lambda: server.disconnects == 1)


def test_response_and_request_id(server: LocalServer, connect: Connect) -> None:
    server.enqueue("Hi.", headers={"x-baseten-request-id": "req_7"})
    server.enqueue(BEGUN, headers={"x-baseten-request-id": None, "request-id": "req_8"})
    connection = connect()
    with connection.stream() as stream:
        assert stream.raw.request_id == "req_7"
        assert stream.raw.response.status_code == 200
        assert stream.raw.response.headers["content-type"] == "text/event-stream"
        assert stream.get_final_message().request_id == "req_7"
    with connection.stream() as stream, pytest.raises(IncompleteStreamError, match="request id req_8") as caught:
        stream.until_done()
    assert caught.value.request_id == "req_8"


def test_text_comes_in_whole_characters(server: LocalServer, connect: Connect) -> None:
    server.enqueue([START, *map(text_event, ["a\ud83d", "\ude00", "b\ud83d", "c", "\ude00", "d\ud83d"]), *ENDING])
    with connect().stream() as stream:
        pieces = list(stream.text_stream)
        assert pieces == ["a", "😀", "b", "\ufffdc", "\ufffd", "d", "\ufffd"]
        assert stream.get_final_text() == "".join(pieces)


@pytest.mark.parametrize("text", [None, 5, ["x"]])
def test_text_of_the_wrong_type_is_no_text(server: LocalServer, connect: Connect, text: Any) -> None:
    block = {"type": "text", "text": text}
    start = {"type": "content_block_start", "index": 1, "content_block": block}
    message = {"type": "message_start", "message": {"content": [block]}}
    server.enqueue([message, start, text_event(text), text_event("Hi."), *ENDING])
    with connect().stream() as stream:
        assert "".join(stream.text_stream) == "Hi."


def test_gzip(server: LocalServer, connect: Connect) -> None:
    server.enqueue(gzip.compress(WHOLE), stream=True, headers={"content-encoding": "gzip"}, chunk_size=7)
    server.enqueue(gzip.compress(WHOLE)[:-40], stream=True, headers={"content-encoding": "gzip"})
    server.enqueue(b"event: this is no gzip", stream=True, headers={"content-encoding": "gzip"})
    connection = connect()
    with connection.stream() as stream:
        assert stream.get_final_text() == "Hello"
    for _ in range(2):
        with pytest.raises(IncompleteStreamError), connection.stream() as stream:
            stream.until_done()


def test_a_server_that_does_not_stream(server: LocalServer, connect: Connect) -> None:
    whole = message_json(content=[{"type": "text", "text": "Hi."}, {"type": "novel"}])
    server.enqueue(whole, stream=False, repeat=2)
    server.enqueue(error_event("api_error"))
    server.enqueue(b"{", stream=False)
    connection = connect()
    with connection.stream() as stream:
        assert stream.raw.response.headers["content-type"] == "application/json"
        assert list(stream.text_stream) == ["Hi."]
        assert stream.get_final_message().to_dict() == whole
    with connection.stream(idle_timeout=5) as stream:
        assert [event.type for event in stream][-2:] == ["message_delta", "message_stop"]
    with pytest.raises(StreamError, match="boom") as caught:
        connection.create(stream=True)
    assert caught.value.error_type == "api_error"
    with pytest.raises(APIResponseError, match="without a stream"):
        connection.create(stream=True)


# --- Leaving early ---


def leave(stream: Stream) -> None:
    next(iter(stream))


def break_loop(stream: Stream) -> None:
    for event in stream:
        if event.type == "content_block_delta":
            break


def break_text(stream: Stream) -> None:
    for _ in stream.text_stream:
        break


def close(stream: Stream) -> None:
    next(iter(stream))
    stream.close()
    stream.close()


@pytest.mark.parametrize("how", [leave, break_loop, break_text, close, lambda stream: None])
def test_leaving_early_closes_the_connection(
    server: LocalServer, connect: Connect, how: Callable[[Stream], None]
) -> None:
    server.enqueue(WHOLE, chunks=[len(BEGUN)], pause=FOREVER)
    with connect().stream() as stream:
        how(stream)
    assert server.wait_until(lambda: server.disconnects == 1)
    for consume in (stream.get_final_message, stream.get_final_text, stream.until_done, lambda: list(stream)):
        with pytest.raises(IncompleteStreamError, match="closed before the message ended") as caught:
            consume()
    assert caught.value.partial_message is not None
    assert caught.value.partial_message.text in ("", "Hel")


def test_an_exception_in_the_loop_closes_the_connection(server: LocalServer, connect: Connect) -> None:
    server.enqueue(WHOLE, chunks=[len(BEGUN)], pause=FOREVER)

    def consume(stream: Stream) -> None:
        for _ in stream:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), connect().stream() as stream:
        consume(stream)
    assert server.wait_until(lambda: server.disconnects == 1)
    with pytest.raises(IncompleteStreamError):
        stream.get_final_message()


def test_closing_a_finished_stream_changes_nothing(server: LocalServer, connect: Connect) -> None:
    server.enqueue(WHOLE)
    with connect().stream() as stream:
        stream.until_done()
        stream.close()
        assert stream.get_final_text() == "Hello"
    assert stream.get_final_text() == "Hello"
    assert server.disconnects == 0


def test_closing_while_another_reads_ends_its_wait(server: LocalServer, connect: Connect) -> None:
    server.enqueue(WHOLE, chunks=[len(BEGUN)], pause=FOREVER)
    with connect().stream() as stream, ThreadPoolExecutor() as pool:
        events = iter(stream)
        assert [next(events).type for _ in range(3)][-1] == "content_block_delta"
        # Whichever comes first, the wait or the close: it ends, and never as a success.
        reading = pool.submit(stream.get_final_message)
        time.sleep(0.05)
        stream.close()
        with pytest.raises(IncompleteStreamError) as caught:
            reading.result(timeout=5)
        assert caught.value.partial_message is not None
        assert caught.value.partial_message.text == "Hello"
    assert server.wait_until(lambda: server.disconnects == 1)


def test_a_stream_that_is_dropped_closes_its_connection(server: LocalServer) -> None:
    server.enqueue(WHOLE, chunks=[len(BEGUN)], pause=FOREVER)
    with Baseten(api_key=KEY, base_url=server.url) as client:
        stream = client.messages.create(stream=True, **HELLO)
        next(stream)
        del stream
        gc.collect()
        assert server.wait_until(lambda: server.disconnects == 1)


@pytest.mark.parametrize("consumed", [True, False], ids=["reading", "opening"])
def test_cancelling_a_task_closes_the_connection(server: LocalServer, consumed: bool) -> None:
    server.enqueue(WHOLE, chunks=[len(BEGUN)], pause=FOREVER, delay=0 if consumed else FOREVER)
    messages: list[str] = []

    async def main() -> None:
        async with AsyncBaseten(api_key=KEY, base_url=server.url) as client:
            reached = asyncio.Event()

            async def read() -> None:
                if not consumed:
                    reached.set()
                async with client.messages.stream(**HELLO) as stream:
                    async for text in stream.text_stream:
                        messages.append(text)
                        if text == "lo":
                            reached.set()

            task = asyncio.create_task(read())
            await reached.wait()
            await asyncio.to_thread(server.wait_until, lambda: len(server.requests) == 1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            # The client is still open: it is the stream that closed the connection.
            assert await asyncio.to_thread(server.wait_until, lambda: server.disconnects == 1)

    asyncio.run(main())
    assert messages == (["Hel", "lo"] if consumed else [])


def test_anyio_cancel_scopes_work_around_a_stream(server: LocalServer) -> None:
    server.enqueue(WHOLE, chunks=[len(BEGUN)], pause=FOREVER)
    server.enqueue(WHOLE)

    async def main() -> None:
        async with AsyncBaseten(api_key=KEY, base_url=server.url) as client:
            with anyio.move_on_after(0.2) as scope:
                async with client.messages.stream(**HELLO, idle_timeout=FOREVER) as stream:
                    await stream.until_done()
            assert scope.cancelled_caught
            assert await asyncio.to_thread(server.wait_until, lambda: server.disconnects == 1)
            async with client.messages.stream(**HELLO) as stream:
                assert await stream.get_final_text() == "Hello"

    anyio.run(main)


def test_a_stream_that_is_dropped_is_closed_at_once(server: LocalServer) -> None:
    # By reference counting: the garbage collector could come while this thread holds the lock of httpcore's pool, which
    # closing a response takes again.
    server.enqueue(WHOLE, chunks=[len(BEGUN)], pause=FOREVER)
    gc.disable()
    try:
        with Baseten(api_key=KEY, base_url=server.url) as client:
            stream = client.messages.create(stream=True, **HELLO)
            next(iter(stream))
            del stream
            assert server.wait_until(lambda: server.disconnects == 1)
    finally:
        gc.enable()


def test_nothing_is_left_behind(server: LocalServer, kind: str) -> None:
    replies: list[dict[str, Any]] = [
        {"reply": WHOLE},
        {"reply": WHOLE, "chunks": [len(BEGUN)], "pause": FOREVER},
        {"reply": BEGUN},
        {"reply": WHOLE, "disconnect_at": 300, "reset": True},
        {"reply": WHOLE + b": bye\n\n", "chunks": [len(WHOLE)], "pause": FOREVER},
    ]
    for reply in replies:
        server.enqueue(**reply)
    threads = threading.active_count()

    def sync_main() -> None:
        with Baseten(api_key=KEY, base_url=server.url) as client:
            for number in range(len(replies)):
                stream = client.messages.create(stream=True, **HELLO, idle_timeout=FOREVER)
                try:
                    for _ in stream:
                        if number == 1:
                            break
                except StreamError:
                    pass
                del stream

    async def async_main() -> None:
        async with AsyncBaseten(api_key=KEY, base_url=server.url) as client:
            for number in range(len(replies)):
                stream = await client.messages.create(stream=True, **HELLO, idle_timeout=FOREVER)
                try:
                    async for _ in stream:
                        if number == 1:
                            break
                except StreamError:
                    pass
                await stream.close()
                del stream

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        if kind == "sync":
            sync_main()
        else:
            asyncio.run(async_main())
        gc.collect()
    # The server's threads, one a connection, end by themselves.
    server.close()
    for _ in range(100):
        if threading.active_count() < threads:
            break
        time.sleep(0.02)
    assert threading.active_count() < threads  # The server's listener is gone as well.


# --- Failing ---


@pytest.mark.parametrize("limits", [{}, {"idle_timeout": FOREVER}], ids=["no limit", "limit"])
@pytest.mark.parametrize(
    "fault",
    [
        {"disconnect_at": len(BEGUN)},
        {"disconnect_at": len(BEGUN) + 5},
        {"disconnect_at": len(BEGUN), "reset": True},
        {"headers": {"content-length": "100000"}},
        {"reply": BEGUN},
        {"reply": BEGUN, "headers": {"transfer-encoding": "chunked"}},
    ],
    ids=["closed", "closed within a frame", "reset", "too short", "ended in order", "no chunks"],
)
def test_a_lost_connection_is_an_incomplete_stream(
    server: LocalServer, connect: Connect, fault: dict[str, Any], limits: dict[str, float]
) -> None:
    server.enqueue(**{"reply": BEGUN if "headers" in fault else WHOLE, **fault})
    broken = fault.get("headers", {}).get("transfer-encoding")
    with pytest.raises(IncompleteStreamError) as caught, connect().stream(**limits) as stream:
        stream.until_done()
    error = caught.value
    assert error.partial_message is not None or broken
    if error.partial_message is not None and not fault.get("reset"):
        # A reset may overtake what was sent before it.
        assert error.partial_message.text == "Hello"
    assert not isinstance(error, (httpx.HTTPError, OSError))
    assert len(server.requests) == 1
    if not broken:
        for consume in (stream.get_final_message, stream.get_final_text, stream.until_done, lambda: list(stream)):
            with pytest.raises(IncompleteStreamError):
                consume()


def test_a_stream_error_can_be_pickled(server: LocalServer, connect: Connect) -> None:
    server.enqueue(BEGUN + frames(error_event()))
    with connect().stream() as stream, pytest.raises(StreamError) as caught:
        stream.until_done()
    copy = pickle.loads(pickle.dumps(caught.value))
    assert copy.partial_message.text == "Hello"
    assert (copy.error_type, copy.body) == ("overloaded_error", error_event())
    assert str(copy) == str(caught.value)


def test_a_read_timeout_in_the_middle_keeps_what_came(server: LocalServer, connect: Connect) -> None:
    server.enqueue(WHOLE, chunks=[len(BEGUN)], pause=FOREVER)
    with connect().stream(timeout=0.2) as stream, pytest.raises(StreamTimeoutError, match="timeout") as caught:
        stream.until_done()
    assert caught.value.partial_message is not None
    assert caught.value.partial_message.text == "Hello"


def test_a_read_timeout_before_the_first_event(server: LocalServer, connect: Connect) -> None:
    server.enqueue(WHOLE, chunks=[5], pause=FOREVER)
    with pytest.raises(APITimeoutError, match="did not begin in time"), connect().stream(timeout=0.2):
        pass


def test_an_error_status_is_a_status_error(server: LocalServer, connect: Connect) -> None:
    server.enqueue(status=500)
    with pytest.raises(InternalServerError), connect().stream():
        pass


def test_a_page_instead_of_a_stream_is_an_error(server: LocalServer, connect: Connect) -> None:
    server.enqueue(b"<!doctype html><p>Hello!</p>\n\n", headers={"content-type": "text/html"})
    with pytest.raises(APIResponseError, match="without a stream: Hello!"), connect().stream():
        pass


# --- Limits of time ---


def test_a_deadline_holds_for_retries_too(server: LocalServer, connect: Connect) -> None:
    server.enqueue(status=429, headers={"retry-after": "30"})
    with pytest.raises(RateLimitError), connect(max_retries=2).stream(deadline=5):
        pass
    assert len(server.requests) == 1


TIMES = ["idle_timeout", "deadline"]


@pytest.mark.parametrize(
    "silence",
    [
        pytest.param({"reply": WHOLE, "chunks": [len(BEGUN)], "pause": FOREVER}, id="silence"),
        pytest.param({"reply": [START, text_event("Hello"), *[PING] * 2000, *ENDING], "pause": 0.02}, id="pings"),
        pytest.param(
            {"reply": BEGUN + b": \n\n" * 2000, "chunks": [len(BEGUN)] + [4] * 2000, "pause": 0.02}, id="comments"
        ),
    ],
)
@pytest.mark.parametrize("limit", TIMES)
def test_a_stalled_stream_ends(server: LocalServer, connect: Connect, silence: dict[str, Any], limit: str) -> None:
    server.enqueue(**silence)
    started = time.monotonic()
    with connect().stream(**{limit: 0.3}) as stream, pytest.raises(StreamTimeoutError, match=limit) as caught:
        stream.until_done()
    assert 0.25 < time.monotonic() - started < 5
    assert caught.value.partial_message is not None
    assert caught.value.partial_message.text == "Hello"
    assert server.wait_until(lambda: server.disconnects == 1)
    with pytest.raises(StreamTimeoutError):
        stream.get_final_message()


def test_the_deadline_ends_a_stream_that_is_not_idle(server: LocalServer, connect: Connect) -> None:
    server.enqueue([START, *[text_event("a")] * 2000, *ENDING], pause=0.02)
    with connect().stream(idle_timeout=5, deadline=0.3) as stream, pytest.raises(StreamTimeoutError, match="deadline"):
        stream.until_done()
    assert set(stream.current_message.text) == {"a"}


def test_events_keep_a_stream_from_being_idle(server: LocalServer, connect: Connect) -> None:
    server.enqueue([START, *[text_event("a")] * 20, *ENDING], pause=0.03)
    with connect().stream(idle_timeout=0.4, deadline=30) as stream:
        assert stream.get_final_text() == "a" * 20


@pytest.mark.parametrize("limit", TIMES)
def test_limits_hold_before_the_first_event_too(server: LocalServer, connect: Connect, limit: str) -> None:
    server.enqueue(WHOLE, delay=FOREVER)
    server.enqueue(frames(*[PING] * 1000) + WHOLE, chunk_size=len(frames(PING)), pause=0.02)
    connection = connect(max_retries=2)
    for number in (1, 2):
        with pytest.raises(StreamTimeoutError, match=limit), connection.stream(**{limit: 0.3}):
            pass
        assert len(server.requests) == number  # To wait as long again is not what was asked for.


def test_a_slow_consumer_is_not_idle(server: LocalServer, connect: Connect) -> None:
    server.enqueue([START, text_event("Hel"), text_event("lo"), *ENDING])
    with connect().stream(idle_timeout=0.15) as stream:
        for event in stream:
            if event.type == "content_block_delta":
                time.sleep(0.25)
        assert stream.get_final_text() == "Hello"


@pytest.mark.parametrize("seconds", [1e9, 1e300, float("inf"), 10**400])
def test_a_limit_may_be_as_long_as_one_likes(server: LocalServer, connect: Connect, seconds: float) -> None:
    server.enqueue(WHOLE)
    with connect(timeout=None).stream(idle_timeout=seconds, deadline=seconds) as stream:
        assert stream.get_final_text() == "Hello"


@pytest.mark.parametrize("limits", [{}, {"idle_timeout": 0.1}, {"idle_timeout": FOREVER}, {"deadline": FOREVER}])
def test_a_connection_left_open_behind_the_end_does_not_hang(
    server: LocalServer, connect: Connect, limits: dict[str, float]
) -> None:
    server.enqueue(WHOLE + b": bye\n\n", chunks=[len(WHOLE)], pause=FOREVER)
    with connect().stream(**limits) as stream:
        started = time.monotonic()
        assert stream.get_final_text() == "Hello"
        assert time.monotonic() - started < 5
    assert server.wait_until(lambda: server.disconnects == 1)


def test_events_behind_message_stop_count(server: LocalServer, connect: Connect) -> None:
    stopped = BEGUN + frames(ENDING[1])
    server.enqueue(stopped + frames(PING, ENDING[0]), chunks=[len(stopped)], pause=0.05)
    server.enqueue(WHOLE.rstrip(b"\n"))
    connection = connect()
    with connection.stream() as stream:
        assert [event.type for event in stream][-3:] == ["message_stop", "ping", "message_delta"]
        assert stream.get_final_message().stop_reason == "end_turn"
    with connection.stream() as stream:
        assert [event.type for event in stream][-1] == "message_stop"
        assert stream.get_final_text() == "Hello"


def test_a_connection_lost_behind_the_end_does_not_matter(server: LocalServer, connect: Connect) -> None:
    server.enqueue(WHOLE + b": bye\n\n", disconnect_at=len(WHOLE), reset=True)
    server.enqueue(WHOLE + b": bye\n\n", disconnect_at=len(WHOLE) + 3)
    connection = connect()
    with connection.stream() as stream:
        # A reset may overtake what was sent before it.
        assert outcome(stream).keys() in ({"message"}, {"error", "error_type", "partial_message"})
    with connection.stream() as stream:
        assert stream.get_final_text() == "Hello"


@pytest.mark.parametrize("limits", [{}, {"idle_timeout": FOREVER}])
@pytest.mark.parametrize(
    "fault", [{"disconnect_at": len(BEGUN + frames(ENDING[1]))}, {"chunks": [len(BEGUN + frames(ENDING[1]))]}]
)
def test_message_stop_alone_is_no_end(
    server: LocalServer, connect: Connect, fault: dict[str, Any], limits: dict[str, float]
) -> None:
    server.enqueue(BEGUN + frames(ENDING[1]) + b": bye\n\n", **fault, pause=FOREVER)
    with connect().stream(**limits) as stream, pytest.raises(IncompleteStreamError):
        stream.get_final_message()


@pytest.mark.parametrize("limits", [{}, {"idle_timeout": FOREVER}])
def test_an_error_behind_the_end_counts(server: LocalServer, connect: Connect, limits: dict[str, float]) -> None:
    server.enqueue(WHOLE + frames(error_event()), chunks=[len(WHOLE)], pause=0.05)
    with connect().stream(**limits) as stream, pytest.raises(StreamError, match="boom"):
        stream.get_final_message()


def test_a_finished_stream_leaves_its_connection_for_the_next(server: LocalServer, connect: Connect) -> None:
    server.enqueue(WHOLE, repeat=3)
    connection, ports = connect(), []
    for limits in ({}, {"idle_timeout": 5.0}, {"deadline": 5.0}):
        with connection.stream(**limits) as stream:
            ports.append(stream.raw.response.extensions["network_stream"].get_extra_info("client_addr"))
            stream.until_done()
    assert len(set(ports)) == 1


# --- Retries ---


@pytest.mark.usefixtures("quick_retries")
@pytest.mark.parametrize(
    "failure",
    [
        pytest.param({"reply": frames(error_event())}, id="error first"),
        pytest.param({"reply": frames(PING, error_event())}, id="ping, then error"),
        pytest.param({"reply": frames(error_event("who_knows"))}, id="unknown error type"),
        pytest.param({"reply": b"event: error\n\n"}, id="error without details"),
        pytest.param({"reply": error_event()}, id="error as JSON"),
        pytest.param({"reply": frames(PING)}, id="nothing but a ping"),
        pytest.param({"reply": b"", "stream": True}, id="nothing"),
        pytest.param({"drop": True}, id="dropped"),
        pytest.param({"drop": "reset"}, id="reset"),
        pytest.param({"reply": WHOLE, "disconnect_at": 30}, id="cut within the first event"),
        pytest.param({"status": 529}, id="status 529"),
    ],
)
def test_a_stream_that_did_not_begin_is_tried_again(
    server: LocalServer, connect: Connect, failure: dict[str, Any]
) -> None:
    server.enqueue(**failure, repeat=2)
    server.enqueue(WHOLE)
    with connect(max_retries=2).stream() as stream:
        assert stream.get_final_text() == "Hello"
    assert len(server.requests) == 3

    server.enqueue(**failure, repeat=3)
    with pytest.raises(BasetenError) as caught:
        connect(max_retries=2).create(stream=True)
    assert len(server.requests) == 6
    assert isinstance(caught.value, (StreamError, APIConnectionError, InternalServerError))


@pytest.mark.usefixtures("quick_retries")
@pytest.mark.parametrize(
    "error_type",
    ["authentication_error", "billing_error", "invalid_request_error", "not_found_error", "permission_error"],
)
def test_a_refusal_is_not_tried_again(server: LocalServer, connect: Connect, error_type: str) -> None:
    server.enqueue(frames(PING, error_event(error_type)))
    with pytest.raises(StreamError) as caught, connect(max_retries=2).stream():
        pass
    assert (caught.value.error_type, len(server.requests)) == (error_type, 1)


@pytest.mark.usefixtures("quick_retries")
@pytest.mark.parametrize(
    "failure",
    [
        {"reply": frames(START, error_event())},
        {"reply": frames(START)},
        {"reply": WHOLE, "disconnect_at": len(BEGUN)},
        {"reply": frames({"type": "novel"}, error_event())},
    ],
)
def test_a_stream_that_began_is_never_tried_again(
    server: LocalServer, connect: Connect, failure: dict[str, Any]
) -> None:
    server.enqueue(**failure)
    with pytest.raises(StreamError), connect(max_retries=2).stream() as stream:
        stream.until_done()
    assert len(server.requests) == 1


# --- Many at once ---


def question(number: int) -> dict[str, Any]:
    return {**HELLO, "messages": [{"role": "user", "content": f"I am number {number}."}]}


def test_fifty_threads_share_a_client_and_mix_nothing(server: LocalServer) -> None:
    with Baseten(api_key=KEY, base_url=server.url) as client, ThreadPoolExecutor(50) as pool:

        def read(number: int) -> tuple[str, str]:
            with client.messages.stream(**question(number)) as stream:
                return "".join(stream.text_stream), stream.get_final_text()

        for number, (streamed, final) in enumerate(pool.map(read, range(50))):
            assert f'"I am number {number}."' in final
            assert streamed == final
    assert len(server.requests) == 50


def test_two_hundred_tasks_share_a_client_and_mix_nothing(server: LocalServer) -> None:
    async def main() -> None:
        async with AsyncBaseten(api_key=KEY, base_url=server.url) as client:

            async def read(number: int) -> None:
                async with client.messages.stream(**question(number)) as stream:
                    streamed = "".join([text async for text in stream.text_stream])
                    assert f'"I am number {number}."' in await stream.get_final_text() == streamed

            await asyncio.gather(*map(read, range(200)))

    asyncio.run(main())
    assert len(server.requests) == 200


# --- Arguments ---


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"idle_timeout": 0}, ValueError, "idle_timeout must be more than 0"),
        ({"idle_timeout": -1}, ValueError, "idle_timeout"),
        ({"idle_timeout": float("nan")}, ValueError, "idle_timeout"),
        ({"idle_timeout": "x"}, TypeError, "idle_timeout must be a number"),
        ({"idle_timeout": True}, TypeError, "idle_timeout"),
        ({"deadline": 0}, ValueError, "deadline"),
        ({"deadline": [1]}, TypeError, "deadline"),
        ({"timeout": "x"}, (TypeError, ValueError), "timeout"),
        ({"extra_body": {"stream": False}}, (TypeError, ValueError), "stream"),
        ({"max_tokens": None, "messages": object()}, (TypeError, ValueError), "messages"),
    ],
)
def test_bad_arguments_are_refused_before_anything_is_sent(
    server: LocalServer, connect: Connect, arguments: dict[str, Any], error: type[Exception], words: str
) -> None:
    connection = connect()
    with pytest.raises(error, match=words):
        connection.create(stream=True, **arguments)
    with pytest.raises(error, match=words):
        # Already the call says so, not only entering what it returns.
        connection.client.messages.stream(**{**HELLO, **arguments})
    assert server.requests == []


@pytest.mark.parametrize("stream", ["yes", 1, None])
def test_stream_must_be_a_boolean(server: LocalServer, connect: Connect, stream: Any) -> None:
    with pytest.raises((TypeError, ValueError), match="stream"):
        connect().create(stream=stream)
    assert server.requests == []


def test_limits_are_for_streams(server: LocalServer, connect: Connect) -> None:
    with pytest.raises(TypeError, match="stream=True"):
        connect().create(idle_timeout=5)
    assert server.requests == []
