"""What a stream gives to those who consume it, whichever way they do: events, text, the final message."""

from __future__ import annotations

import gzip
import pickle
import random
from pathlib import Path
from typing import Any

import pytest

from baseten_messages_client import (
    APIResponseError,
    IncompleteStreamError,
    StreamError,
)
from baseten_messages_client.models import ContentBlockDeltaEvent, TextDelta
from baseten_messages_client.testing import LocalServer

from ..support import message_json
from .support import (
    BEGUN,
    ENDING,
    START,
    TRANSCRIPTS,
    WHOLE,
    Connect,
    Stream,
    describe_failure,
    error_event,
    expected_outcome,
    frames,
    text_event,
)


def outcome(stream: Stream) -> dict[str, Any]:
    """Read a stream to its end and return its outcome in the form of the files in `wire/expected`."""
    try:
        return {"message": stream.get_final_message().to_dict()}
    except StreamError as error:
        return describe_failure(error)


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_every_transcript_ends_as_expected_however_it_is_chunked(
    path: Path, server: LocalServer, connect: Connect
) -> None:
    expected, connection, body = expected_outcome(path), connect(), path.read_bytes()
    cuts = random.Random(path.stem)  # Each transcript has its own cuts, the same in every run.
    for options in (
        {},
        {"chunk_size": 1},
        *({"chunks": [cuts.randint(1, 200) for _ in range(40)]} for _ in range(3)),
    ):
        server.enqueue(body, **options)  # type: ignore[arg-type]
        if expected.get("partial_message", True) is None:
            # It failed before it began, so opening it already raises.
            with pytest.raises(StreamError) as caught, connection.stream():
                pass
            assert describe_failure(caught.value) == expected
        else:
            with connection.stream() as stream:
                assert outcome(stream) == expected
                assert outcome(stream) == expected  # The verdict stays.


@pytest.fixture
def said(server: LocalServer) -> str:
    """What the model says in the next reply."""
    server.enqueue("Hello, world.")
    return "Hello, world."


def test_the_text_stream_yields_the_whole_text(said: str, connect: Connect) -> None:
    with connect().stream() as stream:
        assert "".join(stream.text_stream) == said
        assert stream.get_final_text() == said


def test_iterating_yields_each_event_once(said: str, connect: Connect) -> None:
    with connect().stream() as stream:
        pieces = []
        for event in stream:
            match event:
                case ContentBlockDeltaEvent(delta=TextDelta(text=piece)):
                    pieces.append(piece)
        assert "".join(pieces) == said
        assert list(stream) == []


def test_the_final_message_is_the_current_message_at_the_end(said: str, connect: Connect) -> None:
    with connect().stream() as stream:
        assert stream.get_final_message().stop_reason == "end_turn"
        assert stream.get_final_message() == stream.current_message
        assert stream.current_message.text == said


def test_reading_to_the_end_twice_changes_nothing(said: str, connect: Connect) -> None:
    with connect().stream() as stream:
        stream.until_done()
        stream.until_done()
        assert stream.get_final_text() == said


def test_each_way_to_consume_goes_on_where_the_last_one_stopped(said: str, connect: Connect) -> None:
    with connect().stream() as stream:
        assert next(iter(stream)).type == "message_start"
        assert stream.current_message.text == ""
        assert next(stream.text_stream) == "Hello"
        assert stream.current_message.text == "Hello"
        assert stream.get_final_text() == said


def test_create_returns_a_stream_when_asked_for_one(said: str, connect: Connect) -> None:
    assert connect().create(stream=True).get_final_text() == said


def test_both_ways_to_open_a_stream_ask_for_one_and_read_it_whole(server: LocalServer, connect: Connect) -> None:
    server.enqueue("Hello, world.", repeat=2)
    connection = connect()
    with connection.stream() as stream:
        stream.until_done()
    connection.create(stream=True).until_done()
    assert [request.json["stream"] for request in server.requests] == [True] * 2
    assert server.disconnects == 0


def test_a_stream_and_its_error_hold_the_response_and_the_request_id(server: LocalServer, connect: Connect) -> None:
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
def test_text_that_is_not_a_string_is_left_out_of_the_text_stream(
    server: LocalServer, connect: Connect, text: Any
) -> None:
    block = {"type": "text", "text": text}
    start = {"type": "content_block_start", "index": 1, "content_block": block}
    message = {"type": "message_start", "message": {"content": [block]}}
    server.enqueue([message, start, text_event(text), text_event("Hi."), *ENDING])
    with connect().stream() as stream:
        assert "".join(stream.text_stream) == "Hi."


def test_a_compressed_stream_is_decoded_and_a_broken_one_is_incomplete(server: LocalServer, connect: Connect) -> None:
    server.enqueue(gzip.compress(WHOLE), stream=True, headers={"content-encoding": "gzip"}, chunk_size=7)
    server.enqueue(gzip.compress(WHOLE)[:-40], stream=True, headers={"content-encoding": "gzip"})
    server.enqueue(b"event: this is not gzip", stream=True, headers={"content-encoding": "gzip"})
    connection = connect()
    with connection.stream() as stream:
        assert stream.get_final_text() == "Hello"
    for _ in range(2):
        with pytest.raises(IncompleteStreamError), connection.stream() as stream:
            stream.until_done()


def test_a_whole_message_in_place_of_a_stream_becomes_events(server: LocalServer, connect: Connect) -> None:
    whole = message_json(content=[{"type": "text", "text": "Hi."}, {"type": "novel"}])
    server.enqueue(whole, stream=False, repeat=2)
    connection = connect()
    with connection.stream() as stream:
        assert stream.raw.response.headers["content-type"] == "application/json"
        assert list(stream.text_stream) == ["Hi."]
        assert stream.get_final_message().to_dict() == whole
    with connection.stream(idle_timeout=5) as stream:
        assert [event.type for event in stream][-2:] == ["message_delta", "message_stop"]


def test_an_error_in_place_of_a_stream_is_raised(server: LocalServer, connect: Connect) -> None:
    server.enqueue(error_event("api_error"))
    with pytest.raises(StreamError, match="boom") as caught:
        connect().create(stream=True)
    assert caught.value.error_type == "api_error"


@pytest.mark.parametrize(
    ("body", "content_type", "shown"),
    [
        (b"{", "application/json", ""),
        (b"<!doctype html><p>Hello!</p>\n\n", "text/html", ": Hello!"),
    ],
)
def test_a_page_in_place_of_a_stream_is_a_response_error(
    server: LocalServer, connect: Connect, body: bytes, content_type: str, shown: str
) -> None:
    server.enqueue(body, stream=False, headers={"content-type": content_type})
    with pytest.raises(APIResponseError, match=f"but not with a stream{shown}"):
        connect().create(stream=True)


def test_the_events_at_the_end_of_a_block_and_of_the_message_hold_what_ended(
    server: LocalServer, connect: Connect
) -> None:
    call = {"type": "tool_use", "id": "t", "name": "f", "input": {}}
    server.enqueue(
        frames(
            START,
            {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
            text_event("Hello"),
            {"type": "content_block_stop", "index": 0},
            {"type": "content_block_start", "index": 1, "content_block": call},
            {
                "type": "content_block_delta",
                "index": 1,
                "delta": {"type": "input_json_delta", "partial_json": '{"a":1}'},
            },
            {"type": "content_block_stop", "index": 1},
            {"type": "content_block_stop", "index": 9},
            *ENDING,
        )
    )
    stream = connect().create(stream=True)
    stops: list[Any] = [event for event in stream if event.type in ("content_block_stop", "message_stop")]
    text, tool, nothing, end = stops
    assert [stop.content_block.to_dict() for stop in (text, tool, nothing)] == [
        {"type": "text", "text": "Hello"},
        {**call, "input": {"a": 1}},
        {"type": "unknown"},
    ]
    assert end.message == stream.get_final_message()
    assert pickle.loads(pickle.dumps(text)).content_block == text.content_block
    assert "content_block" not in text.to_dict()
