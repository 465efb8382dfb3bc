"""Two kinds of processes: one for a server, and one for an attack that may never return."""

from __future__ import annotations

import json
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..libraries import current

ROOT = Path(__file__).parent.parent.parent
CERTIFICATE = Path(__file__).parent / "certificate.pem"
"""A certificate for 127.0.0.1 with its key, valid until 2120: for tests alone, and worth nothing elsewhere."""

Ask = dict[str, Any]


def ask(**order: Any) -> Ask:
    """Return the fields of a request that tells the echo server what to do."""
    return {"model": "echo", "max_tokens": 64, "messages": [{"role": "user", "content": json.dumps(order)}]}


@contextmanager
def echo_server(*, tls: bool = False) -> Iterator[str]:
    """Run an echo server and give its base URL."""
    command = [sys.executable, "-I", str(ROOT / "tests" / "faults" / "echo_server.py")]
    with subprocess.Popen(
        [*command, *([str(CERTIFICATE)] if tls else [])], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield f"{'https' if tls else 'http'}://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.stdin.close()
            process.wait(10)


def counts(url: str) -> dict[str, int]:
    """Return what an echo server has counted: connections that are `open`, were `opened`, and `requests`."""
    context = ssl.create_default_context(cafile=CERTIFICATE) if url.startswith("https") else None
    with urllib.request.urlopen(url, timeout=10, context=context) as answer:
        found: dict[str, int] = json.load(answer)
    return found


def open_connections(url: str, at_most: int) -> int:
    """Return how many connections an echo server has open, after a moment for it to notice those that were closed."""
    gives_up = time.monotonic() + 3
    while (found := counts(url)["open"]) > at_most and time.monotonic() < gives_up:
        time.sleep(0.01)
    return found


def run_apart(function: Callable[..., Any], *arguments: Any, seconds: float) -> Any:
    """Call a function of a test module in a process by itself, and return what it returned.

    Args:
        function: The function.
        arguments: Its arguments: JSON data.
        seconds: How long it may take. After that its threads' tracebacks are printed, and the test fails.
    """
    program = (
        f"import faulthandler; faulthandler.dump_traceback_later({seconds}, exit=True)\n"
        f"from tests.libraries import use_here; use_here({current().__name__!r})\n"
        f"import json, sys; from {function.__module__} import {function.__name__}\n"
        f"print(json.dumps({function.__name__}(*json.loads(sys.argv[1]))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, json.dumps(arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=seconds + 20,
        check=False,
    )
    assert done.returncode == 0, f"{function.__name__} ended with {done.returncode}:\n{done.stderr[-6000:]}"
    return json.loads(done.stdout.splitlines()[-1])
