"""The type checkers: their commands, and how to read what they print."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .environment import PROJECT, python
from .programs import FOLDER, Finding

PACKAGE = PROJECT.replace("-", "_")
PYTHON_VERSION = "3.11"
"""The oldest supported Python, so that all machines check the same."""
_PROGRAMS = ["right", "wrong"]


@dataclass(frozen=True)
class Checker:
    """A type checker.

    Attributes:
        name: Its name.
        arguments: Return the arguments of the command for an environment.
        read: Return the errors in its output.
        module: Whether it is started as a module of the Python environment, and not as a program.
    """

    name: str
    arguments: Callable[[Path], list[str]]
    read: Callable[[str], Iterator[Finding]]
    module: bool = False

    def command(self, environment: Path, tools: Path) -> list[str]:
        """Return the command that checks all programs of the corpus.

        Args:
            environment: The environment with the package.
            tools: The environment with the checker.
        """
        start = [str(python(tools)), "-m", self.name] if self.module else [str(python(tools).parent / self.name)]
        return [*start, *self.arguments(environment)]


def run(command: list[str], environment: Path) -> str:
    """Run a checker in the folder of the corpus, and return what it prints.

    Args:
        command: The command.
        environment: The environment with the package.

    Raises:
        RuntimeError: The checker failed for another reason than errors in the programs.
    """
    hidden = {"MYPYPATH", "PYTHONPATH", "VIRTUAL_ENV"}  # They would show other packages to the checker.
    variables = {name: value for name, value in os.environ.items() if name not in hidden}
    variables["PYRIGHT_PYTHON_IGNORE_WARNINGS"] = "1"
    # `pyright --verifytypes` ignores `--pythonpath` and looks for the package of the first Python in the path.
    variables["PATH"] = os.pathsep.join([str(python(environment).parent), variables.get("PATH", "")])
    done = subprocess.run(command, cwd=FOLDER, env=variables, capture_output=True, encoding="utf-8", check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"this command failed: {command}\n{done.stdout}{done.stderr}")
    return done.stdout


def verify_types_command() -> list[str]:
    """Return the command with which pyright measures how much of the package is typed."""
    return [sys.executable, "-m", "pyright", "--verifytypes", PACKAGE, "--ignoreexternal", "--outputjson"]


def _mypy_arguments(environment: Path) -> list[str]:
    return [
        "--strict",
        "--config-file=",  # The project's settings are for the project's sources.
        f"--python-executable={python(environment)}",
        f"--python-version={PYTHON_VERSION}",
        f"--cache-dir={environment / 'mypy'}",
        "--explicit-package-bases",
        "--no-error-summary",
        "--output=json",
        *_PROGRAMS,
    ]


def _read_mypy(output: str) -> Iterator[Finding]:
    for found in map(json.loads, output.splitlines()):
        if found["severity"] == "error":
            yield Finding(Path(found["file"]).as_posix(), found["line"], f"{found['message']} [{found['code']}]")


def _pyright_arguments(environment: Path) -> list[str]:
    return ["--pythonpath", str(python(environment)), "--project", "pyrightconfig.json", "--outputjson"]


def _read_pyright(output: str) -> Iterator[Finding]:
    for found in json.loads(output)["generalDiagnostics"]:
        if found["severity"] == "error":
            line = found["range"]["start"]["line"] + 1
            yield Finding(_relative(found["file"]), line, f"{found['message']} [{found.get('rule', 'syntax')}]")


def _ty_arguments(environment: Path) -> list[str]:
    options = [f"--python={environment}", f"--python-version={PYTHON_VERSION}", "--output-format=gitlab"]
    return ["check", *options, *_PROGRAMS]


def _read_ty(output: str) -> Iterator[Finding]:
    for found in json.loads(output):
        if found["severity"] in ("major", "critical"):
            place: dict[str, Any] = found["location"]
            line = place["positions"]["begin"]["line"]
            yield Finding(_relative(place["path"]), line, f"{found['description']} [{found['check_name']}]")


def _pyrefly_arguments(environment: Path) -> list[str]:
    options = [f"--python-interpreter-path={python(environment)}", f"--python-version={PYTHON_VERSION}"]
    options += ["--search-path=.", "--disable-search-path-heuristics=true", "--output-format=json", "--summary=none"]
    return ["check", *options, *_PROGRAMS]


def _read_pyrefly(output: str) -> Iterator[Finding]:
    for found in json.loads(output)["errors"]:
        if found["severity"] == "error":
            yield Finding(_relative(found["path"]), found["line"], f"{found['description']} [{found['name']}]")


def _relative(path: str) -> str:
    return (FOLDER / path).relative_to(FOLDER).as_posix()


MYPY = Checker("mypy", _mypy_arguments, _read_mypy, module=True)
PYRIGHT = Checker("pyright", _pyright_arguments, _read_pyright, module=True)
GATING = (MYPY, PYRIGHT)
"""The checkers that must agree with the corpus."""
REPORTED = (
    Checker("ty", _ty_arguments, _read_ty),
    Checker("pyrefly", _pyrefly_arguments, _read_pyrefly),
    Checker("basedpyright", _pyright_arguments, _read_pyright),
)
"""The checkers whose results `make types-all` reports."""
