"""Whatever bytes a server sends: a call gives a message or one of this package's errors, within a bounded time."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from anyio.from_thread import start_blocking_portal
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from baseten_messages_client import AsyncBaseten, Baseten, BasetenError, Message
from baseten_messages_client.streaming import AsyncMessageStream

from ..support import HELLO, KEY, message_json
from .calls import CALLS
from .socket_server import SocketServer

MOST_SECONDS = 5.0
LONGEST_TEXT = 2500
EXAMPLES = 120

# --- Bytes of an answer ---

WORDS = [
    "message", "error", "ping", "message_start", "content_block_start", "content_block_delta", "content_block_stop",
    "message_delta", "message_stop", "text", "text_delta", "tool_use", "tool_result", "thinking", "input_json_delta",
    "novel", "end_turn", "overloaded_error", "", "\ud83d", "\u2028", "5", "nan",
]  # fmt: skip
KEYS = [
    "type", "message", "error", "detail", "content", "delta", "index", "content_block", "usage", "input_tokens", "id",
    "text", "input", "partial_json", "name", "role", "model", "stop_reason", "retry_after", "request_id", "msg", "loc",
    "tool_use_id", "signature", "citation", "novel",
]  # fmt: skip
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=True),
    st.sampled_from(WORDS),
    st.text(max_size=20),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)),
    max_leaves=15,
)
objects = st.one_of(
    values,
    st.dictionaries(st.sampled_from(KEYS), values, max_size=5).map(lambda fields: message_json(**fields)),
    st.builds(
        lambda name, fields: {**fields, "type": name},
        st.sampled_from(WORDS),
        st.dictionaries(st.sampled_from(KEYS), values, max_size=5),
    ),
)
documents = objects.map(lambda value: json.dumps(value).encode())
frames = st.builds(
    lambda name, data, ending: b"event: " + name.encode("utf-8", "replace") + ending + b"data: " + data + ending * 2,
    st.sampled_from(WORDS),
    st.one_of(documents, documents, documents, st.binary(max_size=30)),
    st.sampled_from([b"\n", b"\n", b"\r\n", b"\r"]),
)
USUAL_FRAMES = [
    b"event: %b\ndata: %b\n\n" % (str(event["type"]).encode(), json.dumps(event).encode())
    for event in (
        {"type": "message_start", "message": message_json(content=[])},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "Hi."}},
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 2}},
        {"type": "message_stop"},
    )
]
disturbed_streams = st.builds(
    lambda extra: b"".join(before + usual for before, usual in zip(extra, USUAL_FRAMES, strict=True)),
    st.tuples(*(st.one_of(st.just(b""), st.just(b""), frames) for _ in USUAL_FRAMES)),
)
bodies = st.one_of(
    documents,
    disturbed_streams,
    st.lists(frames, max_size=8).map(b"".join),
    st.binary(max_size=200),
    st.sampled_from([b"", b"<html><title>no</title>", b"[" * 100_000, b'{"a":' * 50_000, b"9" * 5000, b"\xef\xbb\xbf"]),
)
HEADERS = [
    b"Content-Type", b"Content-Length", b"Transfer-Encoding", b"Content-Encoding", b"Retry-After", b"Location",
    b"X-Request-Id", b"Set-Cookie", b"Connection", b"Content-Type: application/json\r\nX",
    b"Content-Type: text/event-stream\r\nX", b"Upgrade", b"Link",
]  # fmt: skip
HEADER_VALUES = [
    b"", b"0", b"5", b"-1", b"99999999999999999999", b"chunked", b"gzip", b"br, gzip", b"deflate", b"identity",
    b"close", b"keep-alive", b"text/html; charset=utf-16", b"text/event-stream", b"application/json; charset=nonsense",
    b"Fri, 31 Dec 99999999999999999999 23:59:59 GMT", b"Wed, 21 Oct 2015 07:28:00 GMT", b"1e999", b"http://[", b"//",
    b"https://example.com/", b"\xff\xfe", b"a=b; Domain=; Max-Age=9e99", b"h2c", b"<>; rel=next",
]  # fmt: skip
header_values = st.one_of(st.sampled_from(HEADER_VALUES), st.sampled_from(HEADER_VALUES), st.binary(max_size=20))
headers = st.builds(lambda name, value: name + b": " + value + b"\r\n", st.sampled_from(HEADERS), header_values)
statuses = st.one_of(
    st.sampled_from([200, 200, 200, 201, 204, 301, 304, 307, 400, 401, 403, 404, 413, 422, 429, 500, 503, 529]),
    st.integers(100, 999),
)
content_types = st.sampled_from([b"application/json", b"text/event-stream", b"text/event-stream", b"text/html"])
usual_heads = st.builds(
    lambda status, content_type, fields: (
        b"HTTP/1.1 %d OK\r\nContent-Type: %b\r\nConnection: close\r\n%b\r\n" % (status, content_type, b"".join(fields))
    ),
    st.one_of(st.just(200), st.just(200), statuses),
    content_types,
    st.lists(headers, max_size=1),
)
unusual_heads = st.builds(
    lambda version, status, reason, fields: b"HTTP/%b %d %b\r\n%b\r\n" % (version, status, reason, b"".join(fields)),
    st.sampled_from([b"1.1", b"1.1", b"1.1", b"1.0", b"2.0"]),
    statuses,
    st.one_of(st.just(b"OK"), st.binary(max_size=10)),
    st.lists(headers, max_size=5),
)
plain_heads = st.builds(
    lambda content_type: b"HTTP/1.1 200 OK\r\nContent-Type: %b\r\nConnection: close\r\n\r\n" % content_type,
    content_types,
)
heads = st.one_of(plain_heads, usual_heads, unusual_heads)
whole_answers = st.one_of(
    st.builds(lambda head, body: head + body, heads, bodies),
    st.builds(lambda head, body: head + body, plain_heads, bodies),
    st.builds(lambda first, second, body: first + second + body, unusual_heads, heads, bodies),
    st.binary(max_size=200),
)
pieces = st.builds(
    lambda answer, cuts, end: cut(answer[: end if end is None else end % (len(answer) + 1)], cuts),
    whole_answers,
    st.lists(st.integers(1, 60), max_size=6),
    st.one_of(st.none(), st.none(), st.integers(0, 400)),
)


def cut(answer: bytes, sizes: list[int]) -> list[bytes]:
    """Cut an answer into pieces of these sizes, and the rest."""
    result = []
    for size in sizes:
        result.append(answer[:size])
        answer = answer[size:]
    return [*result, answer]


# --- Calls ---


class Server:
    """Sends the pieces that an example asks for."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def __call__(self, connection: socket.socket, _: bytes) -> None:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for piece in self.pieces:
            connection.sendall(piece)


@pytest.fixture(scope="module")
def answers() -> Server:
    return Server()


@pytest.fixture(scope="module")
def url(answers: Server) -> Iterator[str]:
    with SocketServer(answers) as server:
        yield server.url


Calls = dict[str, Callable[[], Any]]


@pytest.fixture(scope="module", params=["sync", "async"])
def calls(request: pytest.FixtureRequest, url: str) -> Iterator[Calls]:
    """The calls of either client, each of which gives a message."""
    options: dict[str, Any] = {"api_key": KEY, "base_url": url, "max_retries": 0, "timeout": MOST_SECONDS / 2}
    if request.param == "sync":
        with Baseten(**options) as client:

            def stream_sync() -> Message:
                with client.messages.stream(**HELLO) as stream:
                    return stream.get_final_message()

            yield {
                "create": lambda: client.messages.create(**HELLO),
                "stream": stream_sync,
                "create_stream": lambda: client.messages.create(stream=True, **HELLO).get_final_message(),
            }
        return

    async def make() -> AsyncBaseten:
        return AsyncBaseten(**options)

    with start_blocking_portal() as portal:
        client_async = portal.call(make)

        async def create() -> Any:
            return await client_async.messages.create(**HELLO)

        async def stream() -> Message:
            async with client_async.messages.stream(**HELLO) as stream:
                return await stream.get_final_message()

        async def create_stream() -> Message:
            stream: AsyncMessageStream = await client_async.messages.create(stream=True, **HELLO)
            return await stream.get_final_message()

        yield {
            function.__name__: lambda function=function: portal.call(function)  # type: ignore[misc]
            for function in (create, stream, create_stream)
        }
        portal.call(client_async.aclose)


@pytest.mark.parametrize("name", CALLS)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(pieces=[b"HTTP/1.1 503 No\r\nRetry-After: Fri, 31 Dec 99999999999999999999 23:59:59 GMT\r\n\r\n"])
@example(pieces=[b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + b'{"content": [' * 50_000])
@given(pieces=pieces)
def test_any_answer_gives_a_message_or_an_error_of_this_package(
    answers: Server, calls: Calls, name: str, pieces: list[bytes]
) -> None:
    answers.pieces = pieces
    started = time.monotonic()
    message, text = None, ""
    try:
        message = calls[name]()
    except BasetenError as error:
        text = str(error)
    assert time.monotonic() - started < MOST_SECONDS
    assert len(text) <= LONGEST_TEXT
    if message is not None:
        # What came of a strange answer can be used like any other message.
        assert isinstance(message.text, str)
        assert isinstance(message.tool_calls, list)
        message.to_dict()
        json.dumps(message.to_param())
