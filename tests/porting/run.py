"""Runs a program against a local server that plays the program's script, with this package or with the SDK.

A program is a pair of files in `programs/`: the program itself, as a user of the SDK writes it, and a script in YAML:

    replies     What the server replies, in order. Each one holds the arguments of `LocalServer.enqueue`; `raw` is a
                `reply` that is sent as it is.
    replies_to_port     What the server replies to this package, if it asks the model in another way.
    requests    What the server must have received, in order. Each one holds a part of a request's `body` and
                `headers`, or its `path`. Without this, requests are not checked.
    output      What the program must print.
    check       Whether the server checks the requests of this package against the schema. Default: true. It never
                checks those of the SDK, which have fields that the schema does not have.
"""

from __future__ import annotations

import gc
import io
import runpy
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import httpx2  # noqa: F401  # All programs run in this process, and some pass objects of httpx2 to a default client.
import pytest
import yaml

from baseten_messages_client.testing import LocalServer, RecordedRequest

from .port import port

PROGRAMS = Path(__file__).with_name("programs")
NAMES = sorted(path.stem for path in PROGRAMS.glob("*.py"))


def run_ported(name: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Run a program with this package, and check its output and its requests.

    Args:
        name: Name of the program.
        monkeypatch: Sets the environment of the program.
        folder: An empty folder for the program to work in.
    """
    monkeypatch.setattr("baseten_messages_client._transport.retry.FIRST_WAIT", 0.001)
    source, script = port(_read(name, "py")), yaml.safe_load(port(_read(name, "yaml")))
    script["replies"] = script.get("replies_to_port", script["replies"])
    _run(name, source, script, "BASETEN", script.get("check", True), monkeypatch, folder)


def run_original(name: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Run a program with the SDK, and check its output and its requests. The arguments are those of `run_ported`."""
    monkeypatch.setattr("anthropic._base_client.INITIAL_RETRY_DELAY", 0.001)
    _run(name, _read(name, "py"), yaml.safe_load(_read(name, "yaml")), "ANTHROPIC", False, monkeypatch, folder)


def _read(name: str, suffix: str) -> str:
    return (PROGRAMS / f"{name}.{suffix}").read_text(encoding="utf-8")


def _run(
    name: str,
    source: str,
    script: dict[str, Any],
    vendor: str,
    check: bool,
    monkeypatch: pytest.MonkeyPatch,
    folder: Path,
) -> None:
    path = folder / f"{name}.py"
    path.write_text(source, encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv(f"{vendor}_API_KEY", "sk-test-0123456789")
    printed = io.StringIO()
    with LocalServer() as server:
        monkeypatch.setenv(f"{vendor}_BASE_URL", server.url)
        for reply in script["replies"]:
            if "raw" in reply:
                reply["reply"] = reply.pop("raw").encode()
            server.enqueue(**reply, check=check)
        # The objects from before the program are not looked at again, which would take longer than the program.
        gc.collect()
        gc.freeze()
        try:
            with redirect_stdout(printed):
                runpy.run_path(str(path), run_name="__main__")
        finally:
            # What a program leaves open must be freed here, where the warning about it is ignored.
            gc.collect()
            gc.unfreeze()
        assert printed.getvalue() == script["output"]
        assert server.pending == 0
        if "requests" in script:
            _check_requests(server.requests, script["requests"])


def _check_requests(received: list[RecordedRequest], expected: list[dict[str, Any]]) -> None:
    assert len(received) == len(expected)
    for request, part in zip(received, expected, strict=True):
        assert part.get("path", request.path) == request.path
        for key, value in part.get("body", {}).items():
            assert request.json.get(key) == value
        for key, value in part.get("headers", {}).items():
            assert request.headers.get(key) == value
