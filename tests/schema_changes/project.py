"""A throw-away project of the edition that the corpus starts from, for updates of its schema."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import update_schema
from diff import edition, redocly
from schema import build, trial
from schema.paths import OVERLAY, ROOT

from . import baseline, forks

needs_node = pytest.mark.skipif(not redocly.CLI.is_file(), reason="the Node tools are not installed (`make setup`)")
# What the client does for a caller, sync and streamed. It has to work after every compatible change.
CONVERSATION = """
from baseten_messages_client import Baseten, models
from baseten_messages_client.testing import LocalServer

hello = {"model": "zai-org/GLM-5.2", "max_tokens": 64, "messages": [{"role": "user", "content": "Hello!"}]}
required = {}
reply = {
    **{"id": "msg_1", "type": "message", "role": "assistant", "model": "m", "stop_reason": "end_turn", "usage": {}},
    "content": [{"type": "text", "text": "Hi."}],
}
with LocalServer() as server, Baseten(api_key="any", base_url=server.url) as client:
    if required:
        server.enqueue({**reply, **required}, repeat=2)
    message = client.messages.create(**hello)
    assert message.text and message.stop_reason == "end_turn", message
    turns = [*hello["messages"], message.to_param(), *hello["messages"]]
    assert client.messages.create(**{**hello, "messages": turns}).text
    if not required:
        with client.messages.stream(**hello) as stream:
            assert stream.get_final_message().text
"""


class Project:
    """The files that an update reads and writes, in a separate folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        baseline.copy_project(root)

    def update(self, schema: dict[str, Any] | str) -> str:
        """Update from a document, a file or an address; return the report."""
        if isinstance(schema, str):
            return update_schema.update(schema, self.root)
        source = self.root.parent / "published.json"
        source.write_text(json.dumps(schema), encoding="utf-8")
        return update_schema.update(str(source), self.root)

    def paste(self, line: str) -> None:
        """Put a line into the overlay, the first below `actions:`."""
        overlay = self.root / OVERLAY
        text = overlay.read_text(encoding="utf-8")
        overlay.write_text(text.replace("\nactions:\n", f"\nactions:\n{line}\n", 1), encoding="utf-8")

    def run(self, code: str) -> None:
        """Run Python code with this project's package."""
        environment = {**os.environ, "PYTHONPATH": str(self.root), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr

    def state(self) -> dict[str, str]:
        """Return a digest of each file, to tell whether anything changed."""
        files = (path for path in self.root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        return {path.relative_to(self.root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def spare_what_is_known(monkeypatch: pytest.MonkeyPatch, root: Path, *, types: bool = True) -> None:
    """Leave out what is the same for all valid schemas: the check of OpenAPI, and the surface before the change.

    The rest is done by forks of one process, and the types are checked only where they are asked for.
    """
    monkeypatch.setattr(build, "check_openapi", lambda document, name: None)

    def surface_of(folder: Path) -> str:
        return baseline.surface() if folder == root else forks.run("surface", folder)

    monkeypatch.setattr(edition, "surface_of", surface_of)
    # Each process of the tests has its own, because they run side by side.
    cache = ROOT / ".mypy_cache" / f"updates-{os.environ.get('PYTEST_XDIST_WORKER', 'only')}"
    monkeypatch.setattr(trial, "CACHE", cache)
    all_commands = trial.commands

    def commands(folder: Path) -> dict[str, list[str]]:
        return {name: line for name, line in all_commands(folder).items() if types and name == trial.TYPES}

    def failures(checks: trial.Trial) -> list[str]:
        said = forks.run("conversation", checks.folder)
        return [*check_types(checks), *([trial.failure(trial.TALK, said)] if said else [])]

    check_types = trial.Trial.failures
    monkeypatch.setattr(trial, "commands", commands)
    monkeypatch.setattr(trial.Trial, "failures", failures)
