"""Try a package before it is installed: its types, and a conversation with a local server."""

from __future__ import annotations

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


class Trial:
    """Checks the package in a folder, in other processes that run side by side."""

    def __init__(self, folder: Path) -> None:
        environment = {**os.environ, "PYTHONPATH": "", "PYTHONDONTWRITEBYTECODE": "1", "MYPYPATH": ""}
        options = ["--config-file=", "--strict", "--no-error-summary", f"--cache-dir={CACHE}"]
        commands = {
            "mypy": [sys.executable, "-m", "mypy", *options, "-p", PACKAGE],
            "the conversation with a local server": [sys.executable, str(CONVERSATION), str(folder)],
        }
        self._running = {
            name: subprocess.Popen(
                command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
            )
            for name, command in commands.items()
        }

    def failures(self) -> list[str]:
        """Wait for the checks; return one line for each that failed."""
        found: list[str] = []
        for name, process in self._running.items():
            try:
                said, _ = process.communicate(timeout=SECONDS)
            except subprocess.TimeoutExpired as error:
                self.close()
                raise GenerateError(f"{name} takes longer than {SECONDS} seconds") from error
            if process.returncode:
                lines = said.strip().splitlines() or [f"exit code {process.returncode}"]
                more = f" (and {len(lines) - 1} more lines)" if len(lines) > 1 else ""
                found.append(f"{name}: {shortened(lines[0])}{more}")
        return found

    def close(self) -> None:
        """End the checks that still run."""
        for process in self._running.values():
            if process.poll() is None:
                process.kill()
            process.communicate()
