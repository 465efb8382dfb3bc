"""The decoder of server-sent events: rule "Framing" of the wire."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

import httpx
import pytest
from httpx_sse import EventSource
from hypothesis import given, settings
from hypothesis import strategies as st

from baseten_messages_client.sse import DEFAULT_MAX_FRAME_BYTES, Frame, FrameTooLargeError, SSEDecoder

from .support import TRANSCRIPTS, cut

LINE_ENDS = [b"\n", b"\r\n", b"\r"]


def decode(*chunks: bytes, limit: int = DEFAULT_MAX_FRAME_BYTES) -> list[Frame]:
    decoder = SSEDecoder(limit)
    return [*(frame for chunk in chunks for frame in decoder.feed(chunk)), *decoder.close()]


def decode_until_too_large(chunks: Iterable[bytes], limit: int) -> tuple[list[Frame], bool]:
    """Return the frames that came out, and whether the limit was exceeded after them."""
    decoder = SSEDecoder(limit)
    frames: list[Frame] = []
    try:
        for chunk in chunks:
            frames += decoder.feed(chunk)
        frames += decoder.close()
    except FrameTooLargeError:
        return frames, True
    return frames, False


def reference(body: bytes) -> list[Frame]:
    """Decode as the HTML standard describes it, slowly, one byte at a time. Unlike it, keep a frame without data."""
    lines, line, position = [], bytearray(), 0
    while position < len(body):
        if body[position : position + 1] in (b"\n", b"\r"):
            position += 1 if body[position : position + 2] == b"\r\n" else 0
            lines.append(bytes(line))
            line.clear()
        else:
            line.append(body[position])
        position += 1
    lines += [bytes(line), b""]  # At its end the stream is complete, whether or not it ends a line.
    if lines[0].startswith(b"\xef\xbb\xbf"):
        lines[0] = lines[0][3:]

    frames: list[Frame] = []
    name, data = b"", list[bytes]()
    for line_ in lines:
        field, _, value = line_.partition(b":")
        value = value[1:] if value[:1] == b" " else value
        if not line_:
            if name or data:
                frames.append((name, b"\n".join(data)))
            name, data = b"", []
        elif field == b"event":
            name = value
        elif field == b"data":
            data.append(value)
    return frames


# The parts that matter to the decoder, so that a random body is likely to hold frames.
FIELDS = [b"data:", b"data: ", b"data", b"event:", b"event: ", b"event", b":", b"id: 7", b"retry: 10"]
ENDS = [b"\n", b"\n\n", b"\r", b"\r\n"]
OTHERS = [b" ", b"x", b"error", b"{}", b"\xef\xbb\xbf", "\u2028\u2029\u0085é".encode(), b"\x00", b"\xff"]
TOKENS = st.sampled_from([*FIELDS, *ENDS, *OTHERS])
BODIES = st.lists(TOKENS, max_size=40).map(b"".join)
SIZES = st.lists(st.integers(0, 9), max_size=60)


@pytest.mark.parametrize(
    ("body", "frames"),
    [
        pytest.param(b"", [], id="nothing"),
        pytest.param(b"event: a\ndata: 1\n\n", [(b"a", b"1")], id="name and data"),
        pytest.param(b"data: 1\n\n", [(b"", b"1")], id="data alone"),
        pytest.param(b"event: error\n\n", [(b"error", b"")], id="name alone, which the standard would drop"),
        pytest.param(b"event: error\n: why\n\n", [(b"error", b"")], id="name and comment"),
        pytest.param(b"data:1\n\n", [(b"", b"1")], id="no space"),
        pytest.param(b"data:  1\n\n", [(b"", b" 1")], id="only one space goes"),
        pytest.param(b"data: 1\ndata: 2\ndata:\n\n", [(b"", b"1\n2\n")], id="several data lines"),
        pytest.param(b"data\n\n", [(b"", b"")], id="field without colon"),
        pytest.param(b"event: a\nevent\ndata: 1\n\n", [(b"", b"1")], id="name taken back"),
        pytest.param(b"event: a\nevent: b\ndata: 1\n\n", [(b"b", b"1")], id="last name holds"),
        pytest.param(b"event: a\n\ndata: 1\n\n", [(b"a", b""), (b"", b"1")], id="name does not reach the next frame"),
        pytest.param(b": hi\n\n:\n\n", [], id="comments"),
        pytest.param(b"id: 1\nretry: 2\nfoo: 3\n\n", [], id="id, retry, unknown fields"),
        pytest.param(b"Data: 1\nDATA: 2\n data: 3\n\n", [], id="field names are exact"),
        pytest.param(b"\n\n\n\ndata: 1\n\n\n\n", [(b"", b"1")], id="blank lines"),
        pytest.param(b"\xef\xbb\xbfdata: 1\n\n", [(b"", b"1")], id="byte order mark"),
        pytest.param(b"data: 1\n\n\xef\xbb\xbfdata: 2\n\n", [(b"", b"1")], id="no byte order mark later on"),
        pytest.param(b"\n\xef\xbb\xbfdata: 1\n\n", [], id="no byte order mark after a blank line"),
        pytest.param(b"data: 1\n\ndata: 2", [(b"", b"1"), (b"", b"2")], id="last line without an end"),
        pytest.param(b"data: 1\n\ndata: 2\n", [(b"", b"1"), (b"", b"2")], id="last frame without a blank line"),
        pytest.param(b"data: 1\r\n\rdata: 2\n\r", [(b"", b"1"), (b"", b"2")], id="mixed line ends"),
        pytest.param(b"data: \xff\x00\n\n", [(b"", b"\xff\x00")], id="bytes that are not text"),
    ],
)
def test_every_form_of_a_frame_is_read(body: bytes, frames: list[Frame]) -> None:
    assert decode(body) == frames
    assert decode(*(body[i : i + 1] for i in range(len(body)))) == frames
    assert reference(body) == frames


def test_a_cut_changes_no_frame_wherever_it_is() -> None:
    body = b"event: a\r\ndata: 1\r\ndata: 2\r\n\r\nevent: b\rdata: 3\r\rdata: 4\ndata: 5\n\n\r\n"
    frames = [(b"a", b"1\n2"), (b"b", b"3"), (b"", b"4\n5")]
    for first in range(len(body) + 1):
        for second in range(first, len(body) + 1):
            assert decode(body[:first], body[first:second], body[second:]) == frames


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\u0085", "\x0b", "\x0c", "\x1c"])
def test_lines_end_at_lf_and_cr_only(separator: str) -> None:
    text = f'{{"text":"a{separator}b"}}'.encode()
    assert decode(b"data: " + text + b"\n\n") == [(b"", text)]


@pytest.mark.parametrize("end", LINE_ENDS)
@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_the_line_ends_of_a_transcript_do_not_change_its_frames(path: Path, end: bytes) -> None:
    body = path.read_bytes()
    assert decode(body.replace(b"\n", end)) == decode(body) == reference(body)


@settings(deadline=None)
@given(st.sampled_from(TRANSCRIPTS), st.sampled_from(LINE_ENDS), st.lists(st.integers(0, 300), max_size=30))
def test_any_cut_of_any_transcript_gives_the_same_frames(path: Path, end: bytes, sizes: list[int]) -> None:
    body = path.read_bytes().replace(b"\n", end)
    assert decode(*cut(body, sizes)) == decode(body)


@settings(deadline=None, max_examples=300)
@given(BODIES, SIZES)
def test_the_decoder_agrees_with_the_standard_on_any_input(body: bytes, sizes: list[int]) -> None:
    assert decode(*cut(body, sizes)) == reference(body)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["\n\n", "\r\n\r\n", "data: x\n", "data:é😀\r\n", "data:\n", "event: a\n", ": c\r", "y: z\n"]),
        max_size=30,
    ).map("".join)
)
def test_the_decoder_agrees_with_httpx_sse(body: str) -> None:
    # The body ends with a blank line. It has no ids, which httpx-sse yields as events, and no byte order mark.
    raw = f"{body}\n\n".encode()
    response = httpx.Response(200, headers={"content-type": "text/event-stream; charset=utf-8"}, content=raw)
    theirs = [(event.event, event.data) for event in EventSource(response).iter_sse()]
    # httpx-sse reports a missing name as `message`, as browsers do.
    assert [(name.decode() or "message", data.decode()) for name, data in decode(raw)] == theirs


def test_a_frame_comes_out_with_the_byte_that_completes_it() -> None:
    decoder = SSEDecoder()
    assert decoder.feed(b"data: 1\n") == []
    assert decoder.feed(b"\n") == [(b"", b"1")]
    assert decoder.feed(b"data: 2\r") == []
    assert decoder.feed(b"\r") == [(b"", b"2")]
    assert decoder.feed(b"\ndata: 3\r\n\r") == [(b"", b"3")]
    assert decoder.feed(b"\n") == []
    assert decoder.feed(b"") == []
    assert decoder.close() == []


@pytest.mark.parametrize(
    "large",
    [
        pytest.param(b"data: " + b"x" * 100 + b"\n\n", id="one long line"),
        pytest.param(b"data: " + b"x" * 100, id="one that does not end"),
        pytest.param(b"data: 12345678\n" * 9 + b"\n", id="many lines"),
        pytest.param(b"data\n" * 100 + b"\n", id="many empty lines"),
        pytest.param(b": " + b"x" * 100 + b"\n\n", id="a comment"),
        pytest.param(b"event: " + b"x" * 100 + b"\n\n", id="a name"),
        pytest.param(b"x" * 100, id="not a field"),
    ],
)
@pytest.mark.parametrize("size", [1, 7, 64, 1000])
def test_a_frame_over_the_limit_is_an_error_after_the_frames_before_it(large: bytes, size: int) -> None:
    body = b"data: 1\n\ndata: 2\n\n" + large + b"data: 3\n\n"
    chunks = [body[start : start + size] for start in range(0, len(body), size)]
    assert decode_until_too_large(chunks, 64) == ([(b"", b"1"), (b"", b"2")], True)


def test_the_error_of_a_large_frame_names_the_limit_and_is_raised_again() -> None:
    decoder = SSEDecoder(max_frame_bytes=10)
    for _ in range(2):
        with pytest.raises(FrameTooLargeError, match="larger than 10 bytes"):
            decoder.feed(b"data: 0123456789")
    with pytest.raises(FrameTooLargeError):
        decoder.close()


@settings(deadline=None, max_examples=300)
@given(BODIES, SIZES, st.integers(5, 40))
def test_the_limit_does_not_depend_on_the_cut(body: bytes, sizes: list[int], limit: int) -> None:
    # A byte order mark counts as part of its line only until the line ends, so this body has none.
    body = body.removeprefix(b"\xef\xbb\xbf")
    assert decode_until_too_large(cut(body, sizes), limit) == decode_until_too_large([body], limit)


@pytest.mark.parametrize(
    ("body", "frames"),
    [
        pytest.param(b"data: 1234", [(b"", b"1234")], id="a line"),
        pytest.param(b"data:12\ndata\n\n", [], id="several data lines"),
        pytest.param(b"data\ndata:1\n\n", [(b"", b"\n1")], id="several data lines that just fit"),
        pytest.param(b"data: 1234\n\ndata: 5678", [(b"", b"1234"), (b"", b"5678")], id="a line after a frame"),
        pytest.param(b": 34567890", [], id="a comment"),
        pytest.param(b"event:7890", [(b"7890", b"")], id="a name"),
    ],
)
@pytest.mark.parametrize("size", [1, 10, 1000])
def test_what_is_as_large_as_the_limit_fits(body: bytes, frames: list[Frame], size: int) -> None:
    chunks = [body[start : start + size] for start in range(0, len(body), size)]
    assert decode_until_too_large([*chunks, b"\n\n"], 10) == (frames, not frames and b"data" in body)


def test_the_limit_is_for_one_frame_and_not_for_the_stream() -> None:
    body = b"data: 0123456789\n\n" * 100
    assert decode(body, limit=20) == [(b"", b"0123456789")] * 100


def test_the_default_limit_is_16_mib() -> None:
    fits = b"x" * (DEFAULT_MAX_FRAME_BYTES - len(b"data: "))
    assert decode(b"data: " + fits + b"\n\n") == [(b"", fits)]
    assert decode_until_too_large([b"data: ", fits, b"x\n\n"], DEFAULT_MAX_FRAME_BYTES) == ([], True)


@pytest.mark.parametrize("size", [1, 3])
def test_work_grows_with_the_bytes_and_not_with_their_square(size: int) -> None:
    def seconds(length: int) -> float:
        decoder = SSEDecoder()
        chunks = [b"data: ", *[b"x" * size] * (length // size), b"\n\n"]
        started = time.process_time()
        frames = [frame for chunk in chunks for frame in decoder.feed(chunk)]
        elapsed = time.process_time() - started
        assert len(frames) == 1
        return elapsed

    # One long line in tiny chunks. Linear work takes 16 times as long, quadratic work 256 times. The bound leaves room
    # for a busy machine.
    assert min(seconds(160_000) for _ in range(3)) < 80 * min(seconds(10_000) for _ in range(3))
