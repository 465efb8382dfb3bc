"""Run a client for JavaScript, and return what it saw."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from node import programs

FOLDER = Path(__file__).parent / "node"


def run_node(script: str, **job: Any) -> dict[str, Any]:
    """Run a script of `node/` with a job as its input.

    Args:
        script: Name of the script.
        job: What the script reads as JSON.

    Returns:
        What the script printed as JSON.
    """
    command = [str(programs.node()), script]
    done = subprocess.run(
        command, cwd=FOLDER, input=json.dumps(job), capture_output=True, text=True, timeout=50, check=False
    )
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen
