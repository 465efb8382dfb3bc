"""A process that has imported the libraries of the package, and forks for each package that is tried.

Importing them takes longer than what is tried: the surface of a package, or its conversation with a local server.
"""

from __future__ import annotations

import atexit
import functools
import importlib
import json
import os
import subprocess
import sys
import traceback
from pathlib import Path

SCRIPTS = Path(__file__).parents[2] / "scripts"
LIBRARIES = ("attr", "dateutil.parser", "msgspec", "httpx", "stamina", "docstring_parser", "jsonschema", "h11", "rstr")


def run(task: str, folder: Path) -> str:
    """Return what a task prints about the package in a folder.

    Raises:
        ImportError: The task failed; the message is the last line of its traceback.
    """
    server = _server()
    assert server.stdin is not None
    assert server.stdout is not None
    server.stdin.write(json.dumps([task, str(folder)]) + "\n")
    server.stdin.flush()
    is_good, said = json.loads(server.stdout.readline())
    if not is_good:
        raise ImportError(said)
    return str(said)


@functools.cache
def _server() -> subprocess.Popen[str]:
    command = [sys.executable, "-B", "-X", "utf8", __file__]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
    atexit.register(server.kill)
    return server


def _serve() -> None:
    """Answer each line of the standard input from a fork, one after the other."""
    sys.path[0] = str(SCRIPTS)
    for name in LIBRARIES:
        importlib.import_module(name)
    for line in sys.stdin:
        task, folder = json.loads(line)
        child = os.fork()
        if not child:
            _answer(task, folder)
            os._exit(0)
        os.waitpid(child, 0)


def _answer(task: str, folder: str) -> None:
    sys.path.insert(0, folder)
    output = sys.stdout
    try:
        if task == "surface":
            said = importlib.import_module("diff.surface_reader").describe()
        else:
            said = importlib.import_module("conversation").outcome(Path(folder))
        print(json.dumps([True, said]), file=output, flush=True)
    except BaseException as error:
        last = traceback.format_exception_only(error)[-1].strip()
        print(json.dumps([False, f"baseten_messages_client cannot be imported: {last}"]), file=output, flush=True)


if __name__ == "__main__":
    _serve()
