"""What each call of the soak does, meets and may give. A plan follows from the seed and the name of the call alone."""

from __future__ import annotations

import json
import random
import threading
from collections import Counter
from functools import cached_property
from itertools import count

import attrs
import httpx

from baseten_messages_client import BasetenError, Message

from .expected_outcomes import PAIRS
from .matrix import Row
from .processes import Ask
from .soak_faults import FAULTS, HARMFUL, HARMLESS, LARGEST_SIZE, LARGEST_SIZE_IN_STREAM, MESSAGE, all_errors, possible
from .soak_server import HEADER

LEFT = "left early"
CALLS = ("create", "stream", "create_stream", "tool_runner", "runner_of_streams", "parse")
STREAMS = ("stream", "create_stream", "runner_of_streams")
READINGS = ("events", "text", "final message", "leave", "drop", "drop in a cycle", "close meanwhile")
LIMITS = ("timeout", "idle_timeout", "deadline")

_ROWS = [row for row in PAIRS if row.moment != "connect" and row.fault not in ("reset", "stall", "oversized body")]
"""What the local server cannot do. It resets and stalls by itself, and the oversized body takes too long."""
_STALL_SECONDS = 0.25
_PATIENCE = 45.0
"""Seconds that no call needs, so that a busy machine is not taken for a fault."""
_runs = count()


class ToolRuns:
    """Counts how often each tool call began and ended."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.begun: Counter[str] = Counter()
        self.ended: Counter[str] = Counter()

    def begin(self, call: str) -> None:
        with self._lock:
            self.begun[call] += 1

    def end(self, call: str) -> None:
        with self._lock:
            self.ended[call] += 1

    def clear(self) -> None:
        with self._lock:
            self.begun.clear()
            self.ended.clear()


RUNS = ToolRuns()


@attrs.frozen(slots=False)
class Plan:
    """One call.

    Attributes:
        name: The worker and the number of the call.
        token: Unique in this process; the answer repeats it.
        call: One of `CALLS`.
        reading: One of `READINGS`: how to read a stream.
        events: After how many events to leave a stream.
        faults: What the requests ask the local server for, one after the other, each with a size.
        row: The fault of the fault server that the call meets instead.
        words: The text of the answer, after the token.
        tools: The tool calls to ask for: pairs of a tool's name and the name of the call.
        limit: One of `LIMITS`, with which a call that stalls ends; streams without a stall have it too, but generous.
        resumes: How often to continue a tool runner that failed or was cancelled.
        cancel_after: Seconds after which an async call is cancelled, or None.
        way: A number that chooses the way of cancelling.
        pause: Seconds that each tool takes.
    """

    name: str
    token: str
    call: str
    reading: str
    events: int
    faults: tuple[tuple[str, int], ...]
    row: Row | None
    words: str
    tools: tuple[tuple[str, str], ...]
    limit: str
    resumes: int
    cancel_after: float | None
    way: int
    pause: float

    @property
    def streams(self) -> bool:
        return self.call in STREAMS

    @cached_property
    def fault_names(self) -> list[str]:
        return [fault for fault, _ in self.faults]

    @property
    def stalls(self) -> bool:
        return any(FAULTS[fault].stalls for fault in self.fault_names)

    @cached_property
    def content(self) -> str:
        """The text of the user's message: what the echo server understands as an order."""
        calls = {"calls": [(name, {"call": call, "pause": self.pause}) for name, call in self.tools]}
        return json.dumps({"say": f"{self.token} {self.words}", **(calls if self.tools else {})}, ensure_ascii=False)

    @cached_property
    def answer(self) -> str:
        """The text of the right answer. The fault server repeats the user's text, whatever it means."""
        if self.row is not None:
            return self.content
        return json.dumps([call for _, call in self.tools]) if self.tools else f"{self.token} {self.words}"

    @cached_property
    def fields(self) -> Ask:
        """The arguments of the call."""
        header = json.dumps({"token": self.token, "faults": self.faults})
        limit = self.limit if self.call in ("stream", "create_stream") else "timeout"
        seconds: float | httpx.Timeout = _STALL_SECONDS if self.stalls else _PATIENCE
        if limit == "timeout" and self.stalls:
            seconds = httpx.Timeout(_STALL_SECONDS, pool=_PATIENCE)  # A place in the pool may take longer.
        return {
            "model": "echo",
            "max_tokens": 64,
            "messages": [{"role": "user", "content": self.content}],
            "extra_headers": {HEADER: header},
        } | {"timeout": _PATIENCE, limit: seconds}

    @cached_property
    def allowed(self) -> set[str]:
        """What the call may give: `MESSAGE`, `LEFT` and names of error classes."""
        if self.row is not None:
            allowed = {PAIRS[self.row][self.streams].result}
        elif self.resumes or self.stalls:
            # Every attempt of a call that stalls has little time, so any of its outcomes may be the last.
            allowed = {MESSAGE, *all_errors(self.fault_names, self.streams)}
            allowed |= {"APITimeoutError", "StreamTimeoutError"} if self.stalls else set()
        else:
            allowed = possible(self.fault_names, self.streams, turns=2 if self.tools else 1)
        if self.streams and self.reading == "close meanwhile":
            allowed |= {"IncompleteStreamError"}
        return allowed | {LEFT} if self.streams else allowed

    def check(self, message: Message, output: str | None = None) -> str:
        """Check a message that the call gave."""
        answer = message.text if output is None else output
        assert answer == self.answer, f"the answer is {answer!r}, but {self.answer!r} was right"
        reason = "tool_use" if self.call == "parse" else "end_turn"
        assert message.stop_reason == reason, f"the stop reason is {message.stop_reason!r}"
        assert MESSAGE in self.allowed, f"a message came in spite of the faults; allowed: {sorted(self.allowed)}"
        return MESSAGE

    def check_beginning(self, message: Message) -> str:
        """Check the part of a message that a stream gave."""
        first_turn = f"{self.token} {self.words}"
        right = (self.answer, first_turn)
        assert any(text.startswith(message.text) for text in right), f"{message.text!r} does not begin {right}"
        return LEFT

    def check_error(self, error: BasetenError) -> str:
        """Check an error that the call raised."""
        name = type(error).__name__
        assert name in self.allowed, f"{name}: {error}; allowed: {sorted(self.allowed)}"
        if partial := getattr(error, "partial_message", None):
            self.check_beginning(partial)
        return name

    def check_tools(self, outcome: str) -> None:
        """Check that no tool ran twice, and that each ran if the conversation ended."""
        for name, call in self.tools:
            runs = RUNS.ended if name == "fetch" else RUNS.begun  # A cancelled async tool may begin again.
            assert runs[call] <= 1, f"{name}({call!r}) ran {runs[call]} times"
            assert runs[call] == 1 or outcome != MESSAGE, f"{name}({call!r}) did not run"


def make_plan(seed: str, name: str) -> Plan:
    """Return the plan of a call.

    Args:
        seed: The seed of the soak.
        name: The worker and the number of the call, such as `sync-3/17`.
    """
    chance = random.Random(f"{seed} {name}")
    token = f"{name}#{next(_runs)}"
    call = chance.choice(CALLS)
    runner = call in ("tool_runner", "runner_of_streams")
    row = chance.choice(_ROWS) if not runner and chance.random() < 0.15 else None
    largest = LARGEST_SIZE_IN_STREAM if call in STREAMS else LARGEST_SIZE
    faults = []
    for _ in range(0 if row else chance.choice((0, 1, 1, 2, 3, 4))):
        several = HARMLESS if chance.random() < 0.5 else HARMFUL
        faults.append((chance.choice(list(several)), chance.randint(1, largest)))
    names = [chance.choice(("pay", "fetch")) for _ in range(chance.randint(1, 4))] if runner else []
    words = ("tea", "naïve", "☕", "😀", "\n", "data:", "end", '"quoted"', "0" * 40)
    return Plan(
        name=name,
        token=token,
        call=call,
        reading=chance.choice(READINGS),
        events=chance.randint(1, 6),
        faults=tuple(faults),
        row=row,
        words=" ".join(chance.choices(words, k=chance.choice((3, 10, 60)))),
        tools=tuple((tool, f"{token}/{number}") for number, tool in enumerate(names)),
        limit=chance.choice(LIMITS),
        resumes=chance.choice((0, 1, 3)) if runner else 0,
        cancel_after=chance.uniform(0, chance.choice((0.01, 0.05, 0.3))) if chance.random() < 0.4 else None,
        way=chance.randrange(1000),
        pause=chance.choice((0.0, 0.001, 0.01)),
    )
