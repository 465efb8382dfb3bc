"""Both streams as a whole: their errors, their arguments, and many of them at once."""

from __future__ import annotations

import asyncio
import pickle
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from baseten_messages_client import (
    AsyncBaseten,
    Baseten,
    InternalServerError,
    StreamError,
)
from baseten_messages_client.testing import LocalServer

from ..support import HELLO, KEY, say
from .support import (
    BEGUN,
    Connect,
    error_event,
    frames,
)


def test_an_error_status_is_raised_when_the_stream_is_opened(server: LocalServer, connect: Connect) -> None:
    server.enqueue(status=500)
    with pytest.raises(InternalServerError), connect().stream():
        pass


def test_a_stream_error_keeps_its_facts_when_pickled(server: LocalServer, connect: Connect) -> None:
    server.enqueue(BEGUN + frames(error_event()))
    with connect().stream() as stream, pytest.raises(StreamError) as caught:
        stream.until_done()
    copy = pickle.loads(pickle.dumps(caught.value))
    assert copy.partial_message.text == "Hello"
    assert (copy.error_type, copy.body) == ("overloaded_error", error_event())
    assert str(copy) == str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "error", "told"),
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
def test_an_impossible_argument_is_refused_before_anything_is_sent(
    server: LocalServer, connect: Connect, arguments: dict[str, Any], error: type[Exception], told: str
) -> None:
    connection = connect()
    with pytest.raises(error, match=told):
        connection.create(stream=True, **arguments)
    with pytest.raises(error, match=told):
        # The call itself raises, not only entering what it returns.
        connection.client.messages.stream(**{**HELLO, **arguments})
    assert server.requests == []


def test_fifty_threads_share_a_client_without_mixing_their_streams(server: LocalServer) -> None:
    with Baseten(api_key=KEY, base_url=server.url) as client, ThreadPoolExecutor(50) as pool:

        def read(number: int) -> tuple[str, str]:
            with client.messages.stream(**say(f"I am number {number}.")) as stream:
                return "".join(stream.text_stream), stream.get_final_text()

        for number, (streamed, final) in enumerate(pool.map(read, range(50))):
            assert f'"I am number {number}."' in final
            assert streamed == final
    assert len(server.requests) == 50


def test_two_hundred_tasks_share_a_client_without_mixing_their_streams(server: LocalServer) -> None:
    async def main() -> None:
        async with AsyncBaseten(api_key=KEY, base_url=server.url) as client:

            async def read(number: int) -> None:
                async with client.messages.stream(**say(f"I am number {number}.")) as stream:
                    streamed = "".join([text async for text in stream.text_stream])
                    assert f'"I am number {number}."' in await stream.get_final_text() == streamed

            await asyncio.gather(*map(read, range(200)))

    asyncio.run(main())
    assert len(server.requests) == 200


def test_the_stream_method_does_not_take_stream(connect: Connect) -> None:
    with pytest.raises(TypeError, match="this method does not take stream: use create"):
        connect().client.messages.stream(**{**HELLO, "stream": True})
