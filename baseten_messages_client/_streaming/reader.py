"""Reads a stream without I/O: takes bytes, yields events, builds the message, and decides whether the stream failed.

Both `MessageStream` classes use it. Source: the wire rules "Framing", "Accumulating" and "Ending".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from .. import models
from .._message import Message, build_message, normalize_block
from .._transport.status_errors import retry_after
from .._wire import json as wire_json
from .._wire.error_bodies import describe_body, parse_body, redact_and_cut, shorten
from ..errors import APIResponseError, APIStatusError, BasetenError, IncompleteStreamError, StreamError
from .accumulate import Accumulator
from .decode import KNOWN_TYPES, TEXT_DELTAS, make_event
from .sse import Frame, FrameTooLargeError, SSEDecoder

E = TypeVar("E", bound=StreamError)

_MAX_HEAD = 4096


class StreamReader:
    """Reads one stream.

    Args:
        request_id: The request's ID in the service's logs, for the message and for errors.
        redact: Function that removes the API key from a text.
        max_bytes: The largest size of the stream, in bytes.
    """

    def __init__(
        self, request_id: str | None, redact: Callable[[str], str] = str, max_bytes: float = float("inf")
    ) -> None:
        self.request_id = request_id
        self._redact = redact
        self._max_bytes = max_bytes
        self._size = 0
        self.events = 0
        """The number of events so far. Pings are not counted."""
        # The bytes before the first frame. If no frame ever comes, they show what the server sent instead of a stream.
        self._head = b""
        self._has_frames = False
        self._decoder = SSEDecoder()
        self._accumulator = Accumulator()

    @property
    def begun(self) -> bool:
        """Whether any part of the message has arrived. Pings do not count."""
        return self._accumulator.begun

    @property
    def stopped(self) -> bool:
        """Whether `message_stop` has arrived. More events may still follow."""
        return self._accumulator.stopped

    @property
    def complete(self) -> bool:
        """Whether the message ended correctly."""
        return self._accumulator.complete

    def feed(self, chunk: bytes) -> Iterator[models.StreamEvent]:
        """Take the next bytes and yield the events in them.

        Raises:
            StreamError: The service reported an error or sent data that cannot be read.
        """
        self.count(chunk)
        try:
            frames = self._decoder.feed(chunk)
        except FrameTooLargeError as error:
            raise self._too_large_error(str(error)) from error
        if not self._has_frames:
            self._has_frames = bool(frames)
            self._head = b"" if frames else (self._head + chunk)[:_MAX_HEAD]
        for frame in frames:
            try:
                event = self._read(frame)
            except _NotJSON:
                preview = redact_and_cut(frame[1].decode("utf-8", "replace"), 80, self._redact)
                raise self.error(StreamError, f"a frame of the stream is not a JSON object: {preview}") from None
            if event is not None:
                yield event

    def count(self, chunk: bytes) -> bytes:
        """Return the chunk, which counts toward the size of the stream.

        Raises:
            StreamError: The stream is too large.
        """
        self._size += len(chunk)
        if self._size > self._max_bytes:
            text = f"the stream is larger than {self._max_bytes:,} bytes: increase max_response_bytes if it is right"
            raise self._too_large_error(text)
        return chunk

    def close(self) -> Iterator[models.StreamEvent]:
        """Handle the end of the stream. Yield the event of the last frame if only the blank line after it was missing.

        Raises:
            APIResponseError: The response was not a stream.
            IncompleteStreamError: The stream ended before the message was complete.
            StreamError: As in `feed`.
        """
        try:
            frames = self._decoder.close()
        except FrameTooLargeError as error:
            raise self._too_large_error(str(error)) from error
        for frame in frames:
            if frame[0] != b"error" and not frame[1]:
                break  # The connection was cut after the event name.
            try:
                event = self._read(frame)
            except _NotJSON:
                break  # The connection was cut within the data.
            if event is not None:
                yield event
        if not self._accumulator.complete:
            if not self._has_frames and not _begins_stream(self._head):
                raise self._not_a_stream_error()
            raise self.error(IncompleteStreamError, "the stream ended before the message was complete")

    def read_whole(self, body: bytes) -> Iterator[models.StreamEvent]:
        """Take the whole body of a JSON response, and yield the events that a stream of its message would have.

        Some servers respond with JSON although a stream was requested.

        Raises:
            StreamError: The body describes an error or is not a message. Other errors are those of `feed` and `close`.
        """
        try:
            data = wire_json.decode(body)
        except ValueError:
            self._size = 0  # It was counted as it came.
            yield from self.feed(body)  # The server does stream, but with the wrong content type.
            yield from self.close()
            return
        if not isinstance(data, dict) or (data.get("type") != "message" and not isinstance(data.get("content"), list)):
            raise self._service_error(body)
        for event in _events_of(data):
            self.events += 1
            self._accumulator.add(event)
            yield self._make_event(event)

    def message(self) -> Message:
        """Return the message so far."""
        return build_message(self._accumulator.to_dict(), self.request_id, self._redact)

    def error(self, error_class: type[E], text: str, *, error_type: str | None = None, body: Any = None) -> E:
        """Return an error that holds the part of the message that has arrived."""
        suffix = f" (request id {shorten(self.request_id, 200)})" if self.request_id else ""
        return error_class(
            text + suffix,
            partial_message=self.message() if self.begun else None,
            error_type=error_type,
            request_id=self.request_id,
            body=body,
        )

    def _read(self, frame: Frame) -> models.StreamEvent | None:
        """Return the frame's event, or None if the frame does not hold one."""
        name, data = frame
        if name == b"error":
            raise self._service_error(data)
        last_delta = self._accumulator.last_delta
        if last_delta is not None and (same_delta := self._read_same_delta(data, *last_delta)) is not None:
            return same_delta
        event = _event_object(name, data)
        if event is None:
            return None
        event_type = event.get("type")
        if not isinstance(event_type, str):
            event_type = ""
        if event_type == "error" or (event_type not in KNOWN_TYPES and event.get("error") is not None):
            raise self._service_error(data)
        event["type"] = event_type or name.decode("utf-8", "replace") or "unknown"
        if event["type"] != "ping":
            self.events += 1
            self._accumulator.add(event)
        return self._make_event(event)

    def _make_event(self, event: dict[str, Any]) -> models.StreamEvent:
        """Return the typed event. An event that ends a block or the message also gets what it ends."""
        typed = make_event(event)
        if isinstance(typed, models.ContentBlockStopEvent):
            block = {"content": [self._accumulator.block(typed.index)]}
            typed._content_block = build_message(block, None, self._redact).content[0]
        elif isinstance(typed, models.MessageStopEvent):
            typed._message = self.message()
        return typed

    def _read_same_delta(
        self, data: bytes, index: int, delta_type: str, pieces: list[str]
    ) -> models.StreamEvent | None:
        """Return the event if the data is a delta of the same type for the same block as before, or None otherwise.

        Nearly all events of a stream are such deltas, so they skip the general path. The general path has more checks,
        searches for the right block, and uses `from_dict`, which is several times slower than a constructor.
        """
        try:
            event = wire_json.decode_object(data)
            delta = event["delta"]
            field, make_delta = TEXT_DELTAS[delta_type]
            text = delta[field]
            if (
                len(event) == 3
                and event["type"] == "content_block_delta"
                and event["index"] == index
                and delta["type"] == delta_type
                and len(delta) == 2
                and type(text) is str
            ):
                pieces.append(text)
                self.events += 1
                return models.ContentBlockDeltaEvent("content_block_delta", index, make_delta(delta_type, text))
        except (wire_json.DecodeError, KeyError, RecursionError, TypeError, ValueError):
            pass
        return None

    def _too_large_error(self, text: str) -> StreamError:
        return self.error(StreamError, text, error_type="response_too_large")

    def _not_a_stream_error(self) -> BasetenError:
        """Return the error for a response that holds no frame at all, such as the error page of a proxy."""
        body = parse_body(self._head, self._redact)
        if isinstance(body, dict) and body.get("error"):
            return self._service_error(self._head)
        text, error_type = describe_body(body)
        text = self._redact(text) or "the body is empty"
        return APIResponseError(
            f"the service responded with status 200, but not with a stream: {text}",
            error_type=error_type,
            request_id=self.request_id,
            body=body,
        )

    def _service_error(self, data: bytes) -> StreamError:
        """Return the error that the service describes in `data`."""
        from .reported_errors import reported_error_class  # Here, because most streams do not fail.

        body = parse_body(data, self._redact) if data else None
        text, error_type = describe_body(body)
        text = self._redact(text) or "it gave no details"
        error_class, status = reported_error_class(error_type, body)
        error = self.error(error_class, f"the service reported an error: {text}", error_type=error_type, body=body)
        if isinstance(error, APIStatusError):
            error.status_code = status or 0
            error.retry_after = retry_after({}, body)
        return error


def _event_object(name: bytes, data: bytes) -> dict[str, Any] | None:
    """Return the JSON object of a frame's event, or None if the frame does not hold an event.

    Raises:
        _NotJSON: The frame should hold an object, but does not.
    """
    if not data:
        # An event of a known type may consist of its name alone.
        return {} if name.decode("ascii", "replace") in KNOWN_TYPES else None
    try:
        event = wire_json.decode(data)
    except ValueError:
        event = None
    if type(event) is dict:
        return event
    if name == b"ping" or data.strip() == b"[DONE]":
        return None
    raise _NotJSON


def _begins_stream(head: bytes) -> bool:
    """Return whether these bytes begin an event stream. They may have been cut within the first field name."""
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    return any(head.startswith(field[: len(head)]) for field in (b"event:", b"data:", b"id:", b"retry:", b":"))


class _NotJSON(Exception):
    """The data of a frame is not a JSON object."""


def _events_of(message: dict[str, Any]) -> Iterator[dict[str, Any]]:
    content = message.get("content")
    blocks = content if isinstance(content, list) else [] if content is None else [content]
    ending = {key: message[key] for key in ("stop_reason", "stop_sequence") if key in message}
    yield {"type": "message_start", "message": {**message, "content": [], "stop_reason": None}}
    for index, block in enumerate(blocks):
        start, delta = _split_text(normalize_block(block))
        yield {"type": "content_block_start", "index": index, "content_block": start}
        if delta:
            yield {"type": "content_block_delta", "index": index, "delta": delta}
        yield {"type": "content_block_stop", "index": index}
    yield {"type": "message_delta", "delta": ending}
    yield {"type": "message_stop"}


def _split_text(block: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Move the text of a block into a delta, so that a caller who reads only deltas gets it."""
    for field in ("text", "thinking"):
        if block.get("type") == field and isinstance(block.get(field), str):
            return {**block, field: ""}, {"type": f"{field}_delta", field: block[field]}
    return block, None
