"""What the tests of streams share: events and frames to send, and one way to call both streams."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from anyio.from_thread import BlockingPortal

from baseten_messages_client import AsyncBaseten, Baseten, Message, StreamError
from baseten_messages_client.streaming import AsyncMessageStream, MessageStream, StreamEvent

from ..support import HELLO, WIRE

TRANSCRIPTS = sorted(WIRE.glob("*.sse"))
FOREVER = 60.0
"""Seconds; longer than a test may take. Whatever waits for so long is ended by something else."""


def frame(event: dict[str, Any], name: str | None = None) -> str:
    """Write an event as servers do; `name=""` leaves its name out."""
    name = event["type"] if name is None else name
    return (f"event: {name}\n" if name else "") + f"data: {json.dumps(event)}\n\n"


def frames(*events: dict[str, Any]) -> bytes:
    """Write several events."""
    return "".join(map(frame, events)).encode()


def text_event(text: str | None, index: int = 0) -> dict[str, Any]:
    return {"type": "content_block_delta", "index": index, "delta": {"type": "text_delta", "text": text}}


def error_event(error_type: str = "overloaded_error") -> dict[str, Any]:
    return {"type": "error", "error": {"type": error_type, "message": "boom"}}


START: dict[str, Any] = {"type": "message_start", "message": {"id": "msg_1", "model": "m", "content": []}}
PING: dict[str, Any] = {"type": "ping"}
ENDING: list[dict[str, Any]] = [
    {"type": "message_delta", "delta": {"stop_reason": "end_turn"}},
    {"type": "message_stop"},
]
BEGUN = frames(START, text_event("Hel"), text_event("lo"))
WHOLE = BEGUN + frames(*ENDING)


def cut(body: bytes, sizes: Iterable[int]) -> list[bytes]:
    """Cut a body into chunks of the given sizes, and the rest."""
    chunks, start = [], 0
    for size in sizes:
        chunks.append(body[start : start + size])
        start += size
    return [*chunks, body[start:]]


def expected_outcome(transcript: Path) -> dict[str, Any]:
    """Return what a transcript must become, in the form of `describe_failure` or `{"message": ...}`."""
    path = WIRE / "expected" / f"{transcript.stem}.json"
    expected: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return expected


def describe_failure(error: StreamError) -> dict[str, Any]:
    """Return what a failed stream left, in the form of the files in `wire/expected`."""
    partial = error.partial_message.to_dict() if error.partial_message else None
    return {"error": type(error).__name__, "error_type": error.error_type, "partial_message": partial}


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

    def __init__(self, mode: str, portal: BlockingPortal, options: dict[str, Any]) -> None:
        self._portal = None if mode == "sync" else portal
        self.client = Baseten(**options) if mode == "sync" else AsyncBaseten(**options)

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
