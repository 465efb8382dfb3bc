"""A stream from its bytes to events, message and verdict, without sockets: rules "Framing" and "Ending" of the wire."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baseten_messages_client import APIResponseError, IncompleteStreamError, StreamError, models, sse
from baseten_messages_client._streaming import reader as reader_module
from baseten_messages_client._streaming.reader import StreamReader
from baseten_messages_client.streaming import StreamEvent

from ..support import message_json
from .support import TRANSCRIPTS, cut, describe_failure, expected_outcome, frame, text_event

Outcome = dict[str, Any]


def outcome(chunks: Iterable[bytes], reader: StreamReader | None = None) -> Outcome:
    """Read a stream and return its outcome in the form of the files in `wire/expected`."""
    reader = reader or StreamReader(None)
    try:
        for chunk in chunks:
            for _ in reader.feed(chunk):
                pass
        for _ in reader.close():
            pass
    except StreamError as error:
        return describe_failure(error)
    return {"message": reader.message().to_dict()}


START = frame({"type": "message_start", "message": {"id": "msg_1", "model": "m", "content": []}})

BLOCK = frame({"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}})

STOP_BLOCK = frame({"type": "content_block_stop", "index": 0})

DELTA = frame({"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 2}})

STOP = frame({"type": "message_stop"})

ERROR = frame({"type": "error", "error": {"type": "api_error", "message": "boom"}})

END = DELTA + STOP

DONE = "data: [DONE]\n\n"

PING = frame({"type": "ping"})


def text(piece: str, index: int = 0) -> str:
    return frame(text_event(piece, index))


HELLO = START + BLOCK + text("Hello") + STOP_BLOCK + END


def hello(**changes: Any) -> Outcome:
    """Return the outcome of HELLO, with changes to its message."""
    message = {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "m",
        "content": [{"type": "text", "text": "Hello"}],
        "stop_reason": "end_turn",
        "usage": {"output_tokens": 2},
    }
    return {"message": {**message, **changes}}


def failure(
    error_class: str = "", error_type: str | None = "api_error", text: str | None = "Hello", **changes: Any
) -> Outcome:
    """Return the outcome of a stream that failed after this text, or with None before anything of the message came."""
    reported = "StreamInternalServerError" if error_type in ("api_error", "server_error") else "StreamError"
    partial = None
    if text is not None:
        content = [{"type": "text", "text": text}] if text else []
        partial = hello(**{"content": content, "stop_reason": None, "usage": {}, **changes})["message"]
    return {"error": error_class or reported, "error_type": error_type, "partial_message": partial}


CUT = failure("IncompleteStreamError", None)
UNREADABLE = failure("StreamError", None)


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_every_transcript_ends_as_expected_whatever_its_line_ends_and_chunks(path: Path) -> None:
    expected = expected_outcome(path)
    body = path.read_bytes()
    for variant in (body, body.replace(b"\n", b"\r\n"), body.replace(b"\n", b"\r"), b"\xef\xbb\xbf" + body):
        assert outcome([variant]) == expected
        assert outcome(variant[i : i + 1] for i in range(len(variant))) == expected
    assert outcome([body.rstrip(b"\n")]) == expected


@settings(deadline=None)
@given(st.sampled_from(TRANSCRIPTS), st.lists(st.integers(0, 300), max_size=30))
def test_any_cut_of_any_transcript_ends_as_expected(path: Path, sizes: list[int]) -> None:
    assert outcome(cut(path.read_bytes(), sizes)) == expected_outcome(path)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # Framing.
        pytest.param(HELLO, hello(), id="plain"),
        pytest.param(HELLO.replace(": ", ":"), hello(), id="no space after colons"),
        pytest.param(HELLO.replace("event", ": hi\nid: 7\nretry: 1\nevent"), hello(), id="comments, id, retry"),
        pytest.param(HELLO.replace("\n\n", "\n\n: keep-alive\n\n\n"), hello(), id="comments between frames"),
        pytest.param(HELLO.replace(', "', ',\ndata: "'), hello(), id="several data lines"),
        pytest.param(HELLO.rstrip("\n"), hello(), id="last frame without a blank line"),
        pytest.param(HELLO.replace("\n\n", "\n\n" + DONE), hello(), id="[DONE] everywhere"),
        pytest.param(HELLO.replace("event: ", "event: done\ndata: [DONE]\n\nevent: "), hello(), id="named [DONE]"),
        pytest.param(PING + PING + HELLO, hello(), id="pings before message_start"),
        pytest.param(HELLO.replace("\n\n", "\n\n" + PING), hello(), id="pings everywhere"),
        pytest.param("event: ping\n\n" + HELLO, hello(), id="ping without data"),
        pytest.param("event: ping\ndata: 17\n\nevent: ping\ndata: now\n\n" + HELLO, hello(), id="ping with other data"),
        pytest.param(HELLO + ": bye\n\n", hello(), id="comment at the end"),
        pytest.param(HELLO + "data: {", hello(), id="cut frame after the end"),
        # Names and types.
        pytest.param(
            "".join(f"data: {part.split('data: ')[1]}" for part in HELLO.split("event: ")[1:]), hello(), id="no names"
        ),
        pytest.param(HELLO.replace("event: message_stop\n", ""), hello(), id="a name missing"),
        pytest.param(HELLO.replace("event: ", "event: x_"), hello(), id="other names"),
        pytest.param(HELLO.replace('"type": "message_stop"', ""), hello(), id="type from the name"),
        pytest.param(HELLO.replace('data: {"type": "message_stop"}\n', ""), hello(), id="name alone"),
        pytest.param(
            HELLO.replace("event: message_stop", "event: novel\n\nevent: message_stop"), hello(), id="other name alone"
        ),
        pytest.param(START + frame({"type": "novel", "x": 1}) + HELLO, hello(), id="unknown event"),
        pytest.param(HELLO.replace(BLOCK, "").replace(STOP_BLOCK, ""), hello(), id="no start, no stop"),
        pytest.param(HELLO.replace('"index": 0', '"index": 5'), hello(), id="first index 5"),
        pytest.param(HELLO.replace(', "index": 0', ""), hello(), id="no index"),
        pytest.param(START + HELLO, hello(), id="second message_start"),
        pytest.param(
            HELLO.replace("Hello", "a\u2028b\u2029c\u0085d"),
            hello(content=[{"type": "text", "text": "a\u2028b\u2029c\u0085d"}]),
            id="escaped separators",
        ),
        pytest.param(
            START + text("\ud83d") + text("\ude00") + END,
            hello(content=[{"type": "text", "text": "😀"}]),
            id="surrogate halves",
        ),
        # Endings.
        pytest.param("", failure("IncompleteStreamError", None, None), id="nothing"),
        pytest.param(PING + DONE, failure("IncompleteStreamError", None, None), id="nothing but pings"),
        pytest.param(START, failure("IncompleteStreamError", None, ""), id="start alone"),
        pytest.param(HELLO.replace(END, ""), CUT, id="neither message_delta nor message_stop"),
        pytest.param(HELLO.replace(END, DONE), CUT, id="[DONE] is not an end"),
        pytest.param(HELLO.replace(DELTA, ""), CUT, id="no message_delta"),
        pytest.param(
            HELLO.replace(STOP, ""),
            failure("IncompleteStreamError", None, stop_reason="end_turn", usage={"output_tokens": 2}),
            id="no message_stop",
        ),
        pytest.param(HELLO.replace(END, STOP + DELTA), hello(), id="message_stop before message_delta"),
        pytest.param(HELLO.replace('"end_turn"', "null"), hello(stop_reason=None), id="stop reason null"),
        pytest.param(HELLO.replace('"stop_reason": "end_turn"', ""), hello(stop_reason=None), id="no stop reason"),
        pytest.param(
            HELLO.replace('"delta": {"stop_reason": "end_turn"}, ', ""),
            hello(stop_reason=None),
            id="message_delta without delta",
        ),
        pytest.param(END, hello(id="", model="", content=[]), id="no message_start"),
        pytest.param(
            HELLO[:-30],
            failure("IncompleteStreamError", None, stop_reason="end_turn", usage={"output_tokens": 2}),
            id="cut within a frame",
        ),
        # Errors.
        pytest.param(ERROR, failure(text=None), id="error first"),
        pytest.param(PING + ERROR, failure(text=None), id="error after ping"),
        pytest.param(START + text("Hello") + ERROR, failure(), id="error in the middle"),
        pytest.param(START + text("Hello") + ERROR + END, failure(), id="error, then an end"),
        pytest.param(
            HELLO + ERROR, failure(stop_reason="end_turn", usage={"output_tokens": 2}), id="error after the end"
        ),
        pytest.param(START + text("Hello") + ERROR.rstrip("\n"), failure(), id="error without a blank line"),
        pytest.param(START + text("Hello") + ERROR.replace("event: error\n", ""), failure(), id="error without a name"),
        pytest.param(
            START + text("Hello") + ERROR.replace("event: error", "event: message"), failure(), id="another name"
        ),
        pytest.param(
            START + text("Hello") + frame({"type": "ping"}, "error"), failure(error_type="ping"), id="named error"
        ),
        pytest.param(
            START + text("Hello") + "event: error\n\n" + END, failure(error_type=None), id="name alone, error"
        ),
        pytest.param(
            START + text("Hello") + "event: error\n: no data\n\n" + END, failure(error_type=None), id="name and comment"
        ),
        pytest.param(
            START + text("Hello") + "event: error\ndata: boom\n\n", failure(error_type=None), id="plain text error"
        ),
        pytest.param(START + text("Hello") + "event: error\ndata: [1]\n\n", failure(error_type=None), id="list error"),
        pytest.param(START + text("Hello") + frame({"error": "boom"}, ""), failure(error_type=None), id="error key"),
        pytest.param(
            START + text("Hello") + frame({"error": "boom"}, "message_stop"),
            failure(error_type=None),
            id="error key, known name",
        ),
        pytest.param(START + text("Hello") + frame({"error": {}}, ""), failure(error_type=None), id="empty error key"),
        pytest.param(
            START + text("Hello") + frame({"type": "oops", "error": {"type": "api_error"}}),
            failure(),
            id="error key, unknown type",
        ),
        pytest.param(
            START + text("Hello") + frame({"type": "ping", "error": "x"}) + END, hello(), id="error key, known type"
        ),
        pytest.param(
            START + text("Hello") + frame({"type": "novel", "error": None}) + END, hello(), id="error of null"
        ),
        pytest.param(
            START + text("Hello") + frame({"code": 500, "message": "m", "type": "server_error"}, "error"),
            failure(error_type="server_error"),
            id="flat error",
        ),
        # What cannot be read.
        pytest.param(START + text("Hello") + "data: {\n\n" + END, UNREADABLE, id="cut JSON in the middle"),
        pytest.param(START + text("Hello") + "data: 12\n\n" + END, UNREADABLE, id="not an object"),
        pytest.param(START + text("Hello") + "data: NaN\n\n" + END, UNREADABLE, id="NaN"),
        pytest.param(
            START + text("Hello") + "data: " + '{"a":' * 9999 + "1" + "}" * 9999 + "\n\n",
            UNREADABLE,
            id="nested too deeply",
        ),
        pytest.param(
            START + text("Hello") + 'data: {"type":"novel","n":' + "9" * 9999 + "}\n\n" + END,
            hello(),
            id="number too long",
        ),
        pytest.param(
            START + text("Hello") + 'data: {"type":"novel","n":1e999}\n\n' + END, hello(), id="number too large"
        ),
    ],
)
def test_a_stream_ends_as_its_frames_tell(body: str, expected: Outcome) -> None:
    raw = body.encode()
    assert outcome([raw]) == expected
    assert outcome(raw[i : i + 1] for i in range(len(raw))) == expected


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_cut_stream_is_never_a_success_wherever_it_was_cut(line_end: str) -> None:
    body = HELLO.replace("\n", line_end).encode()
    needed = len(body.rstrip(b"\r\n"))
    for end in range(len(body)):
        result = outcome([body[:end]])
        assert ("message" in result) is (end >= needed), body[:end]
        assert result.get("error") in (None, "IncompleteStreamError")


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\u0085"])
def test_raw_unicode_separators_are_text(separator: str) -> None:
    body = HELLO.replace("Hello", f"a{separator}b").encode()
    body = body.replace(json.dumps(separator)[1:-1].encode(), separator.encode())
    assert separator.encode() in body
    assert outcome(cut(body, [1] * len(body))) == hello(content=[{"type": "text", "text": f"a{separator}b"}])


def read(body: str) -> list[StreamEvent]:
    reader = StreamReader(None)
    return [*reader.feed(body.encode()), *reader.close()]


def test_events_are_typed() -> None:
    events = read(PING + HELLO)
    assert [type(event) for event in events] == [
        models.PingEvent,
        models.MessageStartEvent,
        models.ContentBlockStartEvent,
        models.ContentBlockDeltaEvent,
        models.ContentBlockStopEvent,
        models.MessageDeltaEvent,
        models.MessageStopEvent,
    ]
    match events[3]:
        case models.ContentBlockDeltaEvent(index=0, delta=models.TextDelta(text=piece)):
            assert piece == "Hello"
        case other:
            pytest.fail(f"not a text delta: {other}")


def test_runs_of_deltas_are_read_like_single_ones() -> None:
    # Long runs take a short cut. An event that differs within a run must not take it.
    odd = [
        frame(
            {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "b"}, "usage": {"n": 1}}
        ),
        frame({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "c", "extra": 1}}),
        frame({"type": "content_block_delta", "index": 0, "delta": {"type": "thinking_delta", "thinking": "T"}}),
        frame({"type": "content_block_delta", "index": 0, "delta": {"type": "input_json_delta", "partial_json": "{}"}}),
        frame({"type": "content_block_delta", "delta": {"type": "text_delta", "text": "d"}, "usage": {"n": 2}}),
        frame({"type": "content_block_delta", "delta": {"type": "text_delta", "text": "e"}}),
        text("f", index=1),
        PING,
        frame({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": None}}),
        frame({"delta": {"text": "g", "type": "text_delta"}, "index": 0, "type": "content_block_delta"}, ""),
    ]
    body = START + "".join(text("a") * 3 + part + text("z") * 2 for part in odd) + END
    message = outcome([body.encode()])["message"]
    texts = [block["text"] for block in message["content"] if block["type"] == "text"]
    # Block 0 was open until block 1 got its delta; a delta without an index is about the block before it.
    assert texts == ["aaabzz" + "aaaczz" + "aaazz" * 2 + "aaadzz" + "aaaezz" + "aaazz" * 3 + "aaagzz", "f"]
    assert message["usage"] == {"n": 2, "output_tokens": 2}
    assert [block["type"] for block in message["content"]] == ["text", "thinking", "tool_use", "text"]
    assert message["content"][0]["extra"] == 1


def test_a_frame_nested_too_deeply_within_a_run_is_unreadable() -> None:
    body = START + text("Hello") + 'data: {"type":' + '{"a":' * 99_999 + "1" + "}" * 100_000 + "\n\n"
    assert outcome([body.encode()]) == UNREADABLE


def test_the_count_of_events_leaves_out_pings() -> None:
    reader = StreamReader(None)
    for _ in reader.feed((PING + START + PING + text("a") + text("b")).encode()):
        pass
    assert (reader.events, reader.begun, reader.stopped, reader.complete) == (3, True, False, False)


def test_a_frame_over_the_limit_is_a_stream_error_after_the_events_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader_module, "SSEDecoder", lambda: sse.SSEDecoder(max_frame_bytes=1000))
    body = (START + text("Hello") + text("x" * 1000) + END).encode()
    for size in (1, 100, len(body)):
        chunks = [body[i : i + size] for i in range(0, len(body), size)]
        assert outcome(chunks) == failure("StreamError", "response_too_large")


def test_errors_say_what_happened_and_hide_the_key() -> None:
    def fail(body: str) -> StreamError:
        reader = StreamReader("req_1", lambda text: text.replace("sk-secret", "[key]"))
        with pytest.raises(StreamError) as caught:
            list(chain(reader.feed(body.encode()), reader.close()))
        assert caught.value.request_id == "req_1"
        assert "(request id req_1)" in str(caught.value)
        assert "sk-secret" not in f"{caught.value} {caught.value.body!r}"
        return caught.value

    error = fail(frame({"type": "error", "error": {"type": "api_error", "message": "sk-secret is bad"}}))
    assert "the service reported an error: [key] is bad" in str(error)
    assert error.body == {"type": "error", "error": {"type": "api_error", "message": "[key] is bad"}}
    assert "it gave no details" in str(fail("event: error\n\n"))
    assert "a frame of the stream is not a JSON object: [key] says" in str(fail("data: sk-secret says\n\n"))
    assert "sk-" not in str(fail(f"data: {'x' * 75}sk-secret\n\n"))
    assert isinstance(fail(START), IncompleteStreamError)


@pytest.mark.parametrize(
    "body",
    [
        '{"type":"error","x":"\\ud83d"}',
        '{"type":"error","x":1e999}',
        '{"error":' * 900 + '"boom"' + "}" * 900,
        '{"type":"error","error":{"type":{},"message":[]}}',
        '{"type":"error","error":{"type":7,"message":{"error":{"message":1}}}}',
    ],
)
def test_an_error_event_that_cannot_be_described_is_still_an_error(body: str) -> None:
    result = outcome([f"{START}data: {body}\n\n{END}".encode()])
    assert result == failure(error_type=None, text="")


def read_whole(body: bytes) -> tuple[StreamReader, list[StreamEvent]]:
    reader = StreamReader(None)
    return reader, list(reader.read_whole(body))


@pytest.mark.parametrize(
    "content",
    [
        [{"type": "text", "text": "Hi."}],
        [],
        [{"type": "thinking", "thinking": "T", "signature": "s"}, {"type": "text", "text": "a", "citations": [1]}],
        [{"type": "tool_use", "id": "t", "name": "n", "input": {"a": 1}}, {"type": "novel", "x": 1}],
    ],
)
def test_a_message_in_one_piece_becomes_events(content: list[Any]) -> None:
    whole = message_json(content=content, baseten={"a": [1]}, stop_reason="refusal")
    reader, events = read_whole(json.dumps(whole).encode())
    assert reader.complete
    assert reader.message().to_dict() == whole
    deltas = [event.delta for event in events if isinstance(event, models.ContentBlockDeltaEvent)]
    assert [type(part).__name__ for part in deltas] == [
        {"text": "TextDelta", "thinking": "ThinkingDelta"}[block["type"]]
        for block in content
        if block["type"] in ("text", "thinking")
    ]
    assert reader.events == len(events)


@pytest.mark.parametrize("content", ["Hi.", ["Hi."], {"type": "text", "text": "Hi."}])
def test_text_of_a_message_in_one_piece_is_kept_whatever_its_form(content: Any) -> None:
    reader, _ = read_whole(json.dumps(message_json(content=content)).encode())
    assert reader.message().text == "Hi."


@pytest.mark.parametrize(
    ("body", "error_type"),
    [
        ('{"type":"error","error":{"type":"api_error","message":"x"}}', "api_error"),
        ('{"error":"x"}', None),
        ("{}", None),
        ("[]", None),
        ("null", None),
        ('"x"', None),
        ("", None),
    ],
)
def test_a_body_in_one_piece_that_is_not_a_message_raises(body: str, error_type: str | None) -> None:
    with pytest.raises(StreamError) as caught:
        read_whole(body.encode())
    assert (caught.value.error_type, caught.value.partial_message) == (error_type, None)


@pytest.mark.parametrize("body", ["<html>Hello!</html>", "Hello!\n\n", "{", "eventually"])
def test_an_answer_that_is_not_a_stream_is_a_response_error(body: str) -> None:
    reader = StreamReader(None)
    with pytest.raises(APIResponseError, match="status 200, but not with a stream"):
        list(chain(reader.feed(body.encode()), reader.close()))


@pytest.mark.parametrize("body", ["", "\n", "e", "event: x", "data", "data: {", ": hi\n\n", "\ufeffid: 7\n", "retry"])
def test_a_stream_that_was_cut_in_its_first_frame_is_incomplete(body: str) -> None:
    assert outcome([body.encode()]) == failure("IncompleteStreamError", None, None)


def test_an_error_as_json_under_the_wrong_content_type_is_reported() -> None:
    assert outcome([b'{"error":{"type":"api_error","message":"boom"}}']) == failure(text=None)


def test_a_stream_under_the_wrong_content_type_is_read() -> None:
    reader, _ = read_whole(HELLO.encode())
    assert {"message": reader.message().to_dict()} == hello()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
KEYS = ["index", "delta", "content_block", "message", "usage", "error", "baseten", "text", "stop_reason"]
TYPES = ["message_start", "content_block_start", "content_block_delta", "content_block_stop", "message_delta", "novel"]
EVENTS = st.builds(
    lambda event_type, fields: {"type": event_type, **fields},
    st.sampled_from(TYPES),
    st.dictionaries(st.sampled_from(KEYS), JSON),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(EVENTS, max_size=8), st.lists(st.integers(0, 50), max_size=20))
def test_no_event_of_any_shape_raises_anything_but_a_stream_error(events: list[Any], sizes: list[int]) -> None:
    body = "".join(frame(event) for event in events).encode()
    once, again = outcome([body]), outcome(cut(body, sizes))
    assert once == again
    assert "error" in once  # None of them ends the message.
