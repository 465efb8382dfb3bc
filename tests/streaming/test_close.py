"""Leaving a stream: at its end, early, by an exception or by cancellation. Nothing may be left behind."""

from __future__ import annotations

import asyncio
import gc
import threading
import time
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import pytest

from baseten_messages_client import (
    AsyncBaseten,
    Baseten,
    IncompleteStreamError,
    StreamError,
)
from baseten_messages_client.testing import LocalServer

from ..support import HELLO, KEY
from .support import (
    BEGUN,
    FOREVER,
    WHOLE,
    Connect,
    Stream,
)


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
        with pytest.raises(IncompleteStreamError, match="closed before the message was complete") as caught:
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


def test_leaving_the_stream_that_create_returned_closes_the_connection(server: LocalServer, mode: str) -> None:
    server.enqueue(WHOLE, chunks=[len(BEGUN)], pause=FOREVER)

    async def main() -> None:
        async with AsyncBaseten(api_key=KEY, base_url=server.url) as client:
            async with await client.messages.create(stream=True, **HELLO) as stream:
                assert (await anext(stream)).type == "message_start"
            assert await asyncio.to_thread(server.wait_until, lambda: server.disconnects == 1)

    if mode == "async":
        asyncio.run(main())
        return
    with Baseten(api_key=KEY, base_url=server.url) as client:
        with client.messages.create(stream=True, **HELLO) as stream:
            assert next(stream).type == "message_start"
        assert server.wait_until(lambda: server.disconnects == 1)


def test_closing_a_finished_stream_changes_nothing(server: LocalServer, connect: Connect) -> None:
    server.enqueue(WHOLE)
    with connect().stream() as stream:
        stream.until_done()
        stream.close()
        assert stream.get_final_text() == "Hello"
    assert stream.get_final_text() == "Hello"
    assert server.disconnects == 0


def test_closing_a_stream_ends_the_wait_of_a_thread_that_reads_it(server: LocalServer, connect: Connect) -> None:
    server.enqueue(WHOLE, chunks=[len(BEGUN)], pause=FOREVER)
    with connect().stream() as stream, ThreadPoolExecutor() as pool:
        events = iter(stream)
        assert [next(events).type for _ in range(5)][-1] == "text"
        # The wait or the close may come first. In both cases the wait ends, and never as a success.
        reading = pool.submit(stream.get_final_message)
        time.sleep(0.05)
        stream.close()
        with pytest.raises(IncompleteStreamError) as caught:
            reading.result(timeout=5)
        assert caught.value.partial_message is not None
        assert caught.value.partial_message.text == "Hello"
    assert server.wait_until(lambda: server.disconnects == 1)


@pytest.mark.parametrize("read", [next, lambda stream: next(iter(stream))], ids=["next", "iter"])
def test_a_stream_that_is_dropped_closes_its_connection_at_once(
    server: LocalServer, read: Callable[[Any], Any]
) -> None:
    # Reference counting must be enough: the garbage collector could run while this thread holds the lock of httpcore's
    # pool, and closing a response takes that lock again.
    server.enqueue(WHOLE, chunks=[len(BEGUN)], pause=FOREVER)
    gc.disable()
    try:
        with Baseten(api_key=KEY, base_url=server.url) as client:
            stream = client.messages.create(stream=True, **HELLO)
            read(stream)
            del stream
            assert server.wait_until(lambda: server.disconnects == 1)
    finally:
        gc.enable()


def test_a_stream_that_only_a_loop_holds_is_read_to_its_end(server: LocalServer) -> None:
    server.enqueue(WHOLE, chunks=[len(BEGUN)], pause=0.05)
    with Baseten(api_key=KEY, base_url=server.url) as client:
        types = [event.type for event in client.messages.create(stream=True, **HELLO)]
    assert types[-1] == "message_stop"
    assert server.disconnects == 0


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
            # The client is still open, so it was the stream that closed the connection.
            assert await asyncio.to_thread(server.wait_until, lambda: server.disconnects == 1)

    asyncio.run(main())
    assert messages == (["Hel", "lo"] if consumed else [])


def test_a_cancel_scope_around_a_stream_closes_its_connection_and_spares_the_client(server: LocalServer) -> None:
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


def test_streams_leave_no_threads_and_no_warnings_behind(server: LocalServer, mode: str) -> None:
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
        if mode == "sync":
            sync_main()
        else:
            asyncio.run(async_main())
        gc.collect()
    # The server's threads, one for each connection, end by themselves.
    server.close()
    for _ in range(100):
        if threading.active_count() < threads:
            break
        time.sleep(0.02)
    assert threading.active_count() < threads  # The server's listener is gone as well.


@pytest.mark.parametrize("limits", [{}, {"idle_timeout": 0.1}, {"idle_timeout": FOREVER}, {"deadline": FOREVER}])
def test_a_connection_left_open_after_the_end_does_not_delay_the_message(
    server: LocalServer, connect: Connect, limits: dict[str, float]
) -> None:
    server.enqueue(WHOLE + b": bye\n\n", chunks=[len(WHOLE)], pause=FOREVER)
    with connect().stream(**limits) as stream:
        started = time.monotonic()
        assert stream.get_final_text() == "Hello"
        assert time.monotonic() - started < 5
    assert server.wait_until(lambda: server.disconnects == 1)


def test_a_finished_stream_leaves_its_connection_for_the_next(
    library: Any, server: LocalServer, connect: Connect
) -> None:
    if library.__name__ == "aiohttp":
        pytest.skip("a response over aiohttp does not show its connection")
    server.enqueue(WHOLE, repeat=3)
    connection, ports = connect(), []
    for limits in ({}, {"idle_timeout": 5.0}, {"deadline": 5.0}):
        with connection.stream(**limits) as stream:
            ports.append(stream.raw.response.extensions["network_stream"].get_extra_info("client_addr"))
            stream.until_done()
    assert len(set(ports)) == 1
