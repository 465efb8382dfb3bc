"""Every fault of the transport at every moment, for every call of both clients; and the table of what they give.

`python -m tests.faults.matrix` prints the table; with `--write` it goes into `docs/faults.md`.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs
import stamina

from baseten_messages_client import BasetenError

from ..libraries import current
from .calls import ALL_CALLS, KINDS, call
from .fault_server import AT_ANY_MOMENT, AT_THE_HANDSHAKE, OF_THE_ANSWER
from .key_search import assert_no_key

ROOT = Path(__file__).parent.parent.parent
DOCUMENT = ROOT / "docs" / "faults.md"
MOMENTS = ("head", "first event", "middle", "end")
MOST_SECONDS = 5.0
_STALLED_TIMEOUT = 0.2


@attrs.frozen
class Row:
    """A fault at a moment."""

    fault: str
    moment: str

    @property
    def title(self) -> str:
        return f"{self.fault}, {self.moment}"


ROWS = [
    Row("refused", "connect"),
    *(Row(fault, "connect") for fault in AT_THE_HANDSHAKE),
    *(Row(fault, moment) for fault in AT_ANY_MOMENT for moment in MOMENTS),
    *(Row(fault, "answer") for fault in OF_THE_ANSWER),
]


@attrs.frozen
class Outcome:
    """What a call gave: a message, or the name of an error's class; after how many attempts; and the text it kept."""

    result: str
    attempts: int
    text: str | None = None

    def __str__(self) -> str:
        result = self.result if self.result == "message" else f"`{self.result}`"
        kept = f", keeps {self.text!r}" if self.text else ""
        return f"{result}, {self.attempts} attempt{'s' if self.attempts > 1 else ''}{kept}"


class FaultServer:
    """The server, in another process, and the addresses of its faults."""

    def __init__(self, ports: dict[str, Any]) -> None:
        self._ports = ports

    def url(self, row: Row) -> str:
        if row.fault == "refused":
            return "http://127.0.0.1:1"  # No program listens there.
        if row.moment == "connect":
            return f"https://127.0.0.1:{self._ports['handshake'][row.fault]}"
        fault, moment = (text.replace(" ", "_").replace("/", "~") for text in (row.fault, row.moment))
        return f"http://127.0.0.1:{self._ports['http']}/{fault}/{moment}"


@contextmanager
def run_server() -> Iterator[FaultServer]:
    """Run the server in another process, so that it shares no thread and no lock with the client."""
    command = [sys.executable, "-m", "tests.faults.fault_server"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield FaultServer(json.loads(process.stdout.readline()))
        process.communicate()  # Closing its input ends it.


_LOGGERS = {"httpx": "httpcore", "httpx2": "httpcore2"}
"""Where each HTTP library logs what it does."""


class _Attempts(logging.Handler):
    """Counts what the HTTP library begins: connections for the moment `connect`, else requests."""

    def __init__(self, row: Row) -> None:
        super().__init__(logging.DEBUG)
        self.count = 0
        self._begins = "connect_tcp.started" if row.moment == "connect" else "send_request_headers.started"

    def emit(self, record: logging.LogRecord) -> None:
        self.count += record.getMessage().startswith(self._begins)


@contextmanager
def _counted(row: Row) -> Iterator[_Attempts]:
    logger, handler = logging.getLogger(_LOGGERS[current().__name__]), _Attempts(row)
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        yield handler
    finally:
        logger.setLevel(level)
        logger.removeHandler(handler)


def run(row: Row, mode: str, name: str, server: FaultServer) -> Outcome:
    """Make one call that meets a fault, and check that nothing is left of it.

    Raises:
        AssertionError: It took too long, showed the key, raised something else than an error of this package, or left
            threads, descriptors or tasks.
    """
    times = 2 if row.fault == "keep-alive closed" else 1  # The second call is the one that meets the closed connection.
    timeout = _STALLED_TIMEOUT if row.fault == "stall" else MOST_SECONDS
    left = _Leftovers()
    started = time.monotonic()
    with _counted(row) as attempts, stamina.set_testing(True, attempts=2, cap=True):
        try:
            message = call(mode, name, base_url=server.url(row), max_retries=1, timeout=timeout, times=times)
            outcome = Outcome("message", attempts.count - times + 1)
            expected = "" if name == "parse" else "Hello!"
            assert message.text == expected, f"the message holds {message.text!r}"
        except BasetenError as error:
            partial = getattr(error, "partial_message", None)
            outcome = Outcome(type(error).__name__, attempts.count, partial.text if partial else None)
            assert_no_key(error)
    assert time.monotonic() - started < MOST_SECONDS, "it took too long"
    left.check()
    return outcome


class _Leftovers:
    """What a call may not leave behind."""

    def __init__(self) -> None:
        self._threads, self._descriptors = self._count()

    @staticmethod
    def _count() -> tuple[int, int]:
        folder = Path("/proc/self/fd")
        return threading.active_count(), len(os.listdir(folder)) if folder.is_dir() else 0

    def check(self) -> None:
        """Wait a moment for threads to end, then compare."""
        ends_at = time.monotonic() + 1
        while (now := self._count()) > (self._threads, self._descriptors) and time.monotonic() < ends_at:
            time.sleep(0.005)
        assert now <= (self._threads, self._descriptors), f"threads and descriptors: {now}"


def run_row(row: Row, server: FaultServer) -> dict[str, Outcome]:
    """Make all calls of both clients, which must agree. Returns the outcome of each call."""
    outcomes = {}
    for name in ALL_CALLS:
        of_kinds = {mode: run(row, mode, name, server) for mode in KINDS}
        assert of_kinds["sync"] == of_kinds["async"], f"{name}: {of_kinds}"
        outcomes[name] = of_kinds["sync"]
    return outcomes


# --- The table ---

_TITLES = {
    "create": "`create`",
    "stream": "`stream`",
    "create_stream": "`create(stream=True)`",
    "tool_runner": "`tool_runner`",
    "parse": "`parse`",
}
_PREFACE = """# Faults

What each call gives when the connection or the answer is at fault, with `max_retries=1`. The sync and the async client
agree. "connect" is the TLS handshake or what comes before it; "answer" is a fault of the answer as a whole. Every run
also checks that the call ends in time, that the error holds the key nowhere, and that no thread, descriptor or task is
left.

`python -m tests.faults.matrix --write` makes this table by running all of it; `tests/faults/test_matrix.py` compares.
"""


def render_row(row: Row, outcomes: dict[str, Outcome]) -> str:
    """Write one line of the table."""
    return " | ".join([f"| {row.fault} | {row.moment}", *(str(outcomes[name]) for name in ALL_CALLS)]) + " |"


def render(table: dict[Row, dict[str, Outcome]]) -> str:
    """Write the document."""
    head = " | ".join(["| fault | moment", *(_TITLES[name] for name in ALL_CALLS)]) + " |"
    rule = "| --- " * (2 + len(ALL_CALLS)) + "|"
    return "\n".join([_PREFACE, head, rule, *(render_row(row, outcomes) for row, outcomes in table.items())]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write {DOCUMENT.relative_to(ROOT)}")
    arguments = parser.parse_args()
    with run_server() as server:
        document = render({row: run_row(row, server) for row in ROWS})
    if arguments.write:
        DOCUMENT.write_text(document, encoding="utf-8")
    else:
        print(document)


if __name__ == "__main__":
    main()
