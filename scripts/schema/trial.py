"""Try a package before it is installed: its types, and a conversation with a local server."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

from .errors import GenerateError, shortened
from .paths import PACKAGE, ROOT

CONVERSATION = ROOT / "scripts" / "conversation.py"
# The types of what did not change are not checked again.
CACHE = ROOT / ".mypy_cache" / "updates"
SECONDS = 120
TYPES, TALK = "mypy", "the conversation with a local server"


def commands(folder: Path) -> dict[str, list[str]]:
    """Return the command of each check of the package in a folder."""
    options = ["--config-file=", "--strict", "--no-error-summary", f"--cache-dir={CACHE}"]
    return {
        TYPES: [sys.executable, "-m", "mypy", *options, "-p", PACKAGE],
        TALK: [sys.executable, str(CONVERSATION), str(folder)],
    }


class Trial:
    """Checks the package in a folder, in other processes that run side by side."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        environment = {**os.environ, "PYTHONPATH": "", "PYTHONDONTWRITEBYTECODE": "1", "MYPYPATH": ""}
        self._running: dict[str, subprocess.Popen[str]] = {}
        for name, command in commands(folder).items():
            self._running[name] = subprocess.Popen(
                command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
            )

    def failures(self) -> list[str]:
        """Wait for the checks; return one line for each that failed."""
        found: list[str] = []
        for name, process in self._running.items():
            try:
                said, _ = process.communicate(timeout=SECONDS)
            except subprocess.TimeoutExpired as error:
                raise GenerateError(f"{name} takes longer than {SECONDS} seconds") from error
            if process.returncode:
                found.append(failure(name, said or f"exit code {process.returncode}"))
        return found

    def close(self) -> None:
        """End the checks that still run."""
        for process in self._running.values():
            if process.poll() is None:
                process.kill()
            if process.stdout is not None and not process.stdout.closed:
                process.communicate()


def failures(folder: Path) -> list[str]:
    """Try the package in a folder; return one line for each check that failed."""
    with contextlib.closing(Trial(folder)) as trial:
        return trial.failures()


def failure(name: str, said: str) -> str:
    """Return one line about a check that failed."""
    lines = said.strip().splitlines()
    more = f" (and {len(lines) - 1} more lines)" if len(lines) > 1 else ""
    return f"{name}: {shortened(lines[0])}{more}"
