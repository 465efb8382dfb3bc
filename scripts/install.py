"""Install what the targets of the Makefile need. Each step prints one line: what it installed, and how long it took.

    python scripts/install.py packages requirements/dev.txt .venv    install a lock into a virtual environment
    python scripts/install.py project .venv                          install this project there, editable
    python scripts/install.py node scripts/node                      install the Node packages of a folder

What pip and npm print is shown only when they fail. This script needs the standard library only, since it runs before
anything is installed.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path

from node import programs
from schema.paths import ROOT

OLDEST_PYTHON = (3, 11)


class InstallError(Exception):
    """A step failed; the message holds the command and everything that it printed."""


def run(command: list[str], folder: Path = ROOT) -> None:
    """Run a command, and show what it prints only if it fails."""
    # pip must neither ask questions nor mention newer versions of itself.
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    done = subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        raise InstallError(f"{done.stdout.rstrip()}\nerror: this command failed: {shlex.join(command)}")


def install_packages(lock: str, folder: str) -> str:
    """Install exactly the packages of a lock. The environment is created if it does not exist.

    The lock is complete, so pip need not resolve anything (`--no-deps`). If pip resolved, it would also consider newer
    releases of a package that another one requires with an extra (`coverage[toml]`), find no hash for them in the lock,
    and refuse to install.
    """
    python = _python(folder)
    if not python.exists():
        run([sys.executable, "-m", "venv", folder])
    run([str(python), "-m", "pip", "install", "--no-deps", "--require-hashes", "--requirement", lock])
    run([str(python), "-m", "pip", "check"])
    count = len(re.findall(r"^[a-z0-9]", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))
    return f"{lock}: {count} packages in {folder}"


def install_project(folder: str) -> str:
    """Install this project in editable form, so that the examples can be run by hand."""
    options = ["--no-deps", "--no-build-isolation", "--editable"]
    run([str(_python(folder)), "-m", "pip", "install", *options, "."])
    return f"baseten-messages-client: editable in {folder}"


def install_node(folder: str) -> str:
    """Install the Node packages that the `package-lock.json` of a folder pins."""
    # The packages' own scripts do not run, so that exactly what the lock's digests name is installed.
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    options += ["--fetch-retries=1", "--fetch-timeout=30000"]  # Without a network, this must fail soon.
    run([*programs.npm(), "ci", *options], ROOT / folder)
    return f"{folder}/package-lock.json: Node packages in {folder}"


def _python(folder: str) -> Path:
    """Return the interpreter of a virtual environment."""
    scripts = "Scripts/python.exe" if sys.platform == "win32" else "bin/python"
    return ROOT / folder / scripts


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    steps = parser.add_subparsers(dest="step", required=True)
    packages = steps.add_parser("packages", help="install a lock into a virtual environment")
    packages.add_argument("lock")
    packages.add_argument("folder")
    packages.set_defaults(install=lambda options: install_packages(options.lock, options.folder))
    project = steps.add_parser("project", help="install this project, editable")
    project.add_argument("folder")
    project.set_defaults(install=lambda options: install_project(options.folder))
    node = steps.add_parser("node", help="install the Node packages of a folder")
    node.add_argument("folder")
    node.set_defaults(install=lambda options: install_node(options.folder))
    options = parser.parse_args(arguments)
    if sys.version_info < OLDEST_PYTHON:
        print(f"error: Python 3.11 or later is needed, this is {sys.version.split()[0]}; set PYTHON=", file=sys.stderr)
        return 1
    started = time.monotonic()
    try:
        summary = options.install(options)
    except (InstallError, programs.NoNodeError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{summary} ({time.monotonic() - started:.0f} s)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
