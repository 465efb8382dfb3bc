"""Scripted replies: their arguments, and the responses made from them."""

import io
import json
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any, Literal, NamedTuple

from attrs import field, frozen, validators

from ._events import PING, event_frame, message_events, to_json
from ._model import make_id, usage_of

Content = str | bytes | dict[str, Any] | list[Any] | None

_SSE = "text/event-stream"
_JSON = "application/json"
_STREAM_STARTS = (b"event:", b"data:", b":", b"\xef\xbb\xbf")
_BODILESS = (204, 205, 304)
_FIRST_FAILURE = 300


class Answer(NamedTuple):
    """An answer: a status, a body in any form that `LocalServer.enqueue` accepts, and additional headers."""

    status: int
    content: Any
    headers: Mapping[str, str | None] = {}


_EACH_AT_LEAST_1: Any = validators.deep_iterable(validators.ge(1))


def _at_least(least: int) -> Any:
    """Make the check of an optional number."""
    return validators.optional(validators.ge(least))


@frozen
class Script:
    """One scripted reply. Its fields are the arguments of `LocalServer.enqueue`.

    Raises:
        TypeError: `reply` cannot be sent.
        ValueError: Another argument is invalid. The message names it.
    """

    reply: Content = None
    status: int | None = field(default=None, validator=[_at_least(200), validators.optional(validators.le(599))])
    headers: Mapping[str, str | None] = field(factory=dict)
    delay: float = field(default=0.0, validator=validators.ge(0))
    stream: bool | None = None
    chunk_size: int | None = field(default=None, validator=_at_least(1))
    chunks: Sequence[int] | None = field(default=None, validator=validators.optional(_EACH_AT_LEAST_1))
    pause: float = field(default=0.0, validator=validators.ge(0))
    ping_every: int | None = field(default=None, validator=_at_least(1))
    disconnect_at: int | None = field(default=None, validator=_at_least(0))
    drop: bool | Literal["reset"] = False
    reset: bool = False
    check: bool = True

    def __attrs_post_init__(self) -> None:
        _check_reply(self.reply)
        _check_combinations(self)

    @property
    def answer(self) -> Answer | None:
        """The scripted answer. None means that the service answers, and the script only says how to send the answer."""
        if self.reply is None and self.status is None and not self.drop:
            return None
        return Answer(self.status or 200, self.reply, self.headers)

    @property
    def resets(self) -> bool:
        """Whether a connection that is cut ends with a TCP reset."""
        return self.reset or self.drop == "reset"


@frozen
class Response:
    """A response ready to send.

    Attributes:
        status: HTTP status code.
        headers: Values by lower-case name. Headers that frame the body are missing, unless scripted.
        pieces: The body, one piece for each write.
        whole: Whether the body is sent with its length, instead of in chunks.
        script: How to send it.
    """

    status: int
    headers: dict[str, str]
    pieces: list[bytes]
    whole: bool
    script: Script

    @property
    def framed_by_caller(self) -> bool:
        """Whether the script has its own headers that say where the body ends. They may be wrong."""
        return not self.headers.keys().isdisjoint({"content-length", "transfer-encoding"})


def render(script: Script, answer: Answer, request: Any, number: int) -> Response:
    """Turn an answer into a response.

    Args:
        script: How to send it.
        answer: What to send.
        request: The parsed body of the request, or None.
        number: The number of the request. It makes ids unique.

    Returns:
        The response.
    """
    media_type, frames = _body(script, answer, request if isinstance(request, dict) else {}, number)
    headers: dict[str, str | None] = {"x-baseten-request-id": f"req_{number:06d}"}
    if media_type is not None:
        headers["content-type"] = media_type
    if media_type == _SSE:
        headers["cache-control"] = "no-cache"
    headers |= {name.lower(): value for name, value in answer.headers.items()}
    pieces = _pieces(frames, script)
    return Response(
        status=answer.status,
        headers={name: value for name, value in headers.items() if value is not None},
        pieces=pieces,
        whole=media_type != _SSE and pieces is frames,
        script=script,
    )


def _pieces(frames: list[bytes], script: Script) -> list[bytes]:
    """Cut a body into the writes that the script asks for. Otherwise each frame is one write."""
    pieces = frames
    body = io.BytesIO(b"".join(frames))
    if script.chunk_size is not None:
        pieces = list(iter(lambda: body.read(script.chunk_size), b""))
    elif script.chunks is not None:
        pieces = [piece for size in (*script.chunks, -1) if (piece := body.read(size))]
    if script.disconnect_at is not None:
        starts = accumulate(map(len, pieces), initial=0)
        lengths = [script.disconnect_at - start for start in starts]
        pieces = [piece[:length] for piece, length in zip(pieces, lengths, strict=False) if length > 0]
    return pieces


def _body(script: Script, answer: Answer, request: dict[str, Any], number: int) -> tuple[str | None, list[bytes]]:
    """Make a body: its media type and its frames."""
    content: Any = answer.content
    failed = answer.status >= _FIRST_FAILURE
    if content is None or content == b"":
        return None, []
    if isinstance(content, bytes):
        streamed = content.startswith(_STREAM_STARTS) if script.stream is None else script.stream
        return _SSE if streamed else _JSON, [content]
    if _is_event_list(content) and script.stream is not False:
        return _SSE, _frames(content, script)
    if isinstance(content, str) and failed:
        return "text/plain; charset=utf-8", [content.encode(errors="replace")]
    if failed or not (isinstance(content, str) or _is_message(content)):
        return _JSON, [to_json(content)]
    message = _complete_message(content, request, number)
    streamed = request.get("stream") is True if script.stream is None else script.stream
    return (_SSE, _frames(message_events(message), script)) if streamed else (_JSON, [to_json(message)])


def _frames(events: list[dict[str, Any]], script: Script) -> list[bytes]:
    """Write events as frames, with the pings that the script asks for."""
    frames: list[bytes] = []
    for position, event in enumerate(events, start=1):
        frames.append(event_frame(event))
        if script.ping_every is not None and position % script.ping_every == 0 and position < len(events):
            frames.append(event_frame(PING))
    return frames


def _is_event_list(content: Any) -> bool:
    """Return whether a JSON value is a list of stream events."""
    return bool(content) and isinstance(content, list) and all(isinstance(e, dict) and "type" in e for e in content)


def _is_message(content: Any) -> bool:
    """Return whether a JSON value is a message."""
    if not isinstance(content, dict) or ("content" not in content and content.get("type") != "message"):
        return False
    blocks = content.get("content", [])
    return isinstance(blocks, str) or (isinstance(blocks, list) and all(isinstance(block, dict) for block in blocks))


def _complete_message(content: Any, request: dict[str, Any], number: int) -> dict[str, Any]:
    """Add the fields that a scripted message lacks."""
    given = {"content": content} if isinstance(content, str) else content
    blocks = given.get("content", [])
    if isinstance(blocks, str):
        blocks = [{"type": "text", "text": blocks}]
    blocks = [
        {"id": make_id("toolu", [number, index]), **block} if block.get("type") == "tool_use" else block
        for index, block in enumerate(blocks)
    ]
    answered = {block.get("tool_use_id") for block in blocks}
    waiting = any(block.get("type") == "tool_use" and block["id"] not in answered for block in blocks)
    return {
        "id": make_id("msg", [number, request]),
        "type": "message",
        "role": "assistant",
        "model": request.get("model", "unknown"),
        "stop_reason": "tool_use" if waiting else "end_turn",
        "stop_sequence": None,
        "usage": usage_of(request, blocks),
        **given,
        "content": blocks,
    }


def _check_reply(reply: Any) -> None:
    """Refuse a reply that cannot be sent."""
    if isinstance(reply, bytes):
        return
    if not isinstance(reply, str | dict | list | None):
        raise TypeError(f"reply: str, bytes, dict, list or None expected, not {type(reply).__name__}")
    try:
        json.dumps(reply)
    except (TypeError, ValueError) as error:
        raise TypeError(f"reply: not JSON: {error}") from error


def _check_combinations(script: Script) -> None:
    """Refuse arguments that contradict each other."""
    has_reply = script.reply is not None
    if has_reply and script.status in _BODILESS:
        raise ValueError(f"reply: a response with status {script.status} has no body")
    if script.drop not in (False, True, "reset"):
        raise ValueError(f"drop: True, False or 'reset' expected, not {script.drop!r}")
    if script.drop and (has_reply or script.status is not None):
        raise ValueError("drop: sends nothing, so leave out reply and status")
    if script.ping_every is not None and isinstance(script.reply, bytes):
        raise ValueError("ping_every: works on messages and events, not on raw bytes")
    if script.chunk_size is not None and script.chunks is not None:
        raise ValueError("chunks: give either chunks or chunk_size")
    for name, value in script.headers.items():
        if set(f"{name}{value}") & set("\r\n\0") or not name or not name.isascii() or ":" in name:
            raise ValueError(f"headers: {name!r} is not a header that can be sent")
