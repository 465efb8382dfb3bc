"""What every call must give for every row of the matrix: rules, written by hand."""

from __future__ import annotations

from .calls import ALL_CALLS
from .fault_server import AT_ANY_MOMENT, AT_THE_HANDSHAKE
from .matrix import MOMENTS, Outcome, Row

STREAMS = ("stream", "create_stream")

Pair = tuple[Outcome, Outcome]
"""What a call for a whole message gives, and what a stream gives."""

MESSAGE = Outcome("message", 1)
NO_ANSWER = Outcome("APIConnectionError", 2)
NO_ANSWER_IN_TIME = Outcome("APITimeoutError", 2)
NO_MESSAGE = Outcome("APIResponseError", 1)
KEPT = {"middle": "Hel", "end": "Hello!"}


def incomplete(text: str) -> Outcome:
    """A stream that began is not requested again, and its text is kept."""
    return Outcome("IncompleteStreamError", 1, text)


def at(fault: str, moment: str) -> Pair:
    """Return what a fault that can happen at any moment gives at one."""
    if fault == "drip":
        return MESSAGE, MESSAGE
    if fault == "stall":
        stalled = Outcome("StreamTimeoutError", 1, KEPT[moment]) if moment in KEPT else NO_ANSWER_IN_TIME
        return NO_ANSWER_IN_TIME, stalled
    if moment == "head":
        return NO_ANSWER, NO_ANSWER
    if moment == "first event":
        return (NO_MESSAGE, NO_MESSAGE) if fault == "garbage" else (NO_ANSWER, Outcome("IncompleteStreamError", 2))
    return NO_MESSAGE if fault == "garbage" else NO_ANSWER, incomplete(KEPT[moment])


def both(outcome: Outcome) -> Pair:
    return outcome, outcome


PAIRS: dict[Row, Pair] = {
    Row("refused", "connect"): both(NO_ANSWER),
    **{Row(fault, "connect"): both(NO_ANSWER) for fault in AT_THE_HANDSHAKE},
    Row("stall", "connect"): both(NO_ANSWER_IN_TIME),
    **{Row(fault, moment): at(fault, moment) for fault in AT_ANY_MOMENT for moment in MOMENTS},
    Row("redirect", "answer"): both(Outcome("APIStatusError", 1)),
    Row("1xx", "answer"): both(MESSAGE),
    Row("204", "answer"): both(Outcome("APIStatusError", 1)),
    Row("HTML page", "answer"): both(NO_MESSAGE),
    Row("HTML error", "answer"): both(Outcome("InternalServerError", 2)),
    Row("HTTP/1.0", "answer"): both(MESSAGE),
    Row("broken chunk", "answer"): (NO_ANSWER, incomplete("Hel")),
    Row("keep-alive closed", "answer"): both(MESSAGE),
    # A stream is whole with its last event, whatever the framing promised.
    Row("length too long", "answer"): (NO_ANSWER, MESSAGE),
    Row("length too short", "answer"): (NO_MESSAGE, incomplete("Hel")),
    Row("broken gzip", "answer"): (NO_MESSAGE, Outcome("IncompleteStreamError", 2)),
    Row("oversized head", "answer"): both(NO_ANSWER),
    # What is too large once is too large again.
    Row("oversized body", "answer"): (NO_MESSAGE, Outcome("StreamError", 1)),
}


def expected(row: Row) -> dict[str, Outcome]:
    """Return the outcome of each call."""
    whole, stream = PAIRS[row]
    return {name: stream if name in STREAMS else whole for name in ALL_CALLS}
