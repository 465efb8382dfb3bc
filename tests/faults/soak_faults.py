"""The faults that a request of the soak can ask the local server for, and what each one may give."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf
from typing import Any

import attrs

MESSAGE = "message"
ATTEMPTS = 2
"""How often the clients of the soak send a request."""

Reply = dict[str, Any]
Errors = tuple[str, ...]

NO_ANSWER = ("APIConnectionError",)
INCOMPLETE = ("IncompleteStreamError",)


@attrs.frozen
class Outcomes:
    """What one attempt may give: a message, errors that are final, and errors after which the request is sent again."""

    message: bool = False
    final: Errors = ()
    retried: Errors = ()


@attrs.frozen
class Fault:
    """A fault of the local server.

    Attributes:
        script: Returns the arguments of `LocalServer.enqueue` for the right reply and the size that the request names.
        whole: What a call for a whole message may give.
        stream: What a stream may give.
        stalls: Whether only a time limit ends the call.
    """

    script: Callable[[Reply, int], dict[str, Any]]
    whole: Outcomes
    stream: Outcomes
    stalls: bool = False

    def outcomes(self, streams: bool) -> Outcomes:
        return self.stream if streams else self.whole


def _both(script: Callable[[Reply, int], dict[str, Any]], outcomes: Outcomes) -> Fault:
    return Fault(script, outcomes, outcomes)


def _status(status: int, outcomes: Outcomes, retry_after: str | None = None) -> Fault:
    body = {"type": "error", "error": {"type": "api_error", "message": f"a fault of the soak: {status}"}}
    headers = {} if retry_after is None else {"retry-after": retry_after}
    return _both(lambda reply, size: {"reply": body, "status": status, "headers": headers}, outcomes)


def _failing_stream(reply: Reply, size: int) -> list[dict[str, Any]]:
    """Return a stream that reports an error: as its first event if the size is even, else after some text."""
    error: dict[str, Any] = {"type": "error", "error": {"type": "overloaded_error", "message": "a fault of the soak"}}
    text = reply["content"][0]["text"]
    begin: list[dict[str, Any]] = [
        {"type": "message_start", "message": {**reply, "content": [], "stop_reason": None}},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
        {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": text[:3]}},
    ]
    return [*(begin if size % 2 else []), error]


_MESSAGE = Outcomes(message=True)
HARMLESS: dict[str, Fault] = {
    "none": _both(lambda reply, size: {"reply": reply}, _MESSAGE),
    "drip": _both(lambda reply, size: {"reply": reply, "chunk_size": 16 + size % 64, "pause": 0.0002}, _MESSAGE),
    "pings": _both(lambda reply, size: {"reply": reply, "ping_every": 1}, _MESSAGE),
    "slow": _both(lambda reply, size: {"reply": reply, "delay": size / 20_000, "pause": 0.001}, _MESSAGE),
}
HARMFUL: dict[str, Fault] = {
    "400": _status(400, Outcomes(final=("BadRequestError",))),
    "429": _status(429, Outcomes(retried=("RateLimitError",)), retry_after="0.01"),
    "500": _status(500, Outcomes(retried=("InternalServerError",))),
    "529": _status(529, Outcomes(retried=("OverloadedError",)), retry_after="0.02"),
    "html": _both(
        lambda reply, size: {
            "reply": b"<!doctype html><title>Nobody is home</title>",
            "status": 502,
            "headers": {"content-type": "text/html"},
        },
        Outcomes(retried=("InternalServerError",)),
    ),
    "drop": _both(lambda reply, size: {"drop": True}, Outcomes(retried=NO_ANSWER)),
    "drop and reset": _both(lambda reply, size: {"drop": "reset"}, Outcomes(retried=NO_ANSWER)),
    "no body": Fault(
        lambda reply, size: {"reply": reply, "disconnect_at": 0},
        Outcomes(retried=NO_ANSWER),
        Outcomes(retried=INCOMPLETE),
    ),
    # The size decides whether the first event arrives. After it, a stream is not requested again.
    "truncated": Fault(
        lambda reply, size: {"reply": reply, "disconnect_at": size},
        Outcomes(retried=NO_ANSWER),
        Outcomes(final=INCOMPLETE, retried=INCOMPLETE),
    ),
    # A reset overtakes what the client has not read yet, even the head.
    "reset": Fault(
        lambda reply, size: {"reply": reply, "disconnect_at": size, "reset": True},
        Outcomes(retried=NO_ANSWER),
        Outcomes(final=INCOMPLETE, retried=INCOMPLETE + NO_ANSWER),
    ),
    "too long": Fault(
        lambda reply, size: {"reply": reply, "headers": {"content-length": "100000"}},
        Outcomes(retried=NO_ANSWER),
        _MESSAGE,  # A stream is whole with its last event.
    ),
    "not gzip": Fault(
        lambda reply, size: {"reply": reply, "headers": {"content-encoding": "gzip"}},
        Outcomes(final=("APIResponseError",)),
        Outcomes(retried=INCOMPLETE),
    ),
    "not a message": Fault(
        lambda reply, size: {"reply": b'{"answer": 42}', "headers": {"content-type": "application/json"}},
        Outcomes(final=("APIResponseError",)),
        Outcomes(retried=("StreamError",)),
    ),
    "error event": Fault(
        lambda reply, size: {"reply": _failing_stream(reply, size), "stream": True},
        Outcomes(final=("APIResponseError",)),
        Outcomes(final=("StreamOverloadedError",), retried=("StreamOverloadedError",)),
    ),
    "no head": Fault(
        lambda reply, size: {"reply": reply, "delay": inf},
        Outcomes(retried=("APITimeoutError",)),
        Outcomes(retried=("APITimeoutError",)),
        stalls=True,
    ),
    "stall": Fault(
        lambda reply, size: {"reply": reply, "chunks": (size,), "pause": inf},
        Outcomes(retried=("APITimeoutError",)),
        Outcomes(final=("StreamTimeoutError",), retried=("APITimeoutError",)),
        stalls=True,
    ),
}
FAULTS = HARMLESS | HARMFUL
LARGEST_SIZE = 200
LARGEST_SIZE_IN_STREAM = 700
"""In bytes. No answer that the soak asks for is shorter."""


def possible(faults: Sequence[str], streams: bool, turns: int, attempts: int = ATTEMPTS) -> set[str]:
    """Return what a call may give: `MESSAGE` and names of error classes.

    Args:
        faults: What each request of the call asks for, one after the other. Those after the last have no fault.
        streams: Whether the call streams.
        turns: How many turns the call takes.
        attempts: How many attempts are left for the first turn.
    """
    if turns == 0 or not faults:
        return {MESSAGE}
    outcomes = FAULTS[faults[0]].outcomes(streams)
    found = set(outcomes.final)
    if outcomes.message:
        found |= possible(faults[1:], streams, turns - 1)
    if outcomes.retried:
        found |= possible(faults[1:], streams, turns, attempts - 1) if attempts > 1 else set(outcomes.retried)
    return found


def all_errors(faults: Sequence[str], streams: bool) -> set[str]:
    """Return every error that one of the faults may give."""
    outcomes = [FAULTS[fault].outcomes(streams) for fault in faults]
    return {name for one in outcomes for name in (*one.final, *one.retried)}
