"""Type-check callers against a changed package: the examples and the README of a git revision, or those at present.

`examples/`, the Python blocks of `README.md` and the right programs of the typing corpus are callers that once had no
errors. What no longer checks shows what a change does to code, and where.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from schema.paths import PACKAGE

from .changes import CallerLine

README = "README.md"
FOLDERS = ("examples", "tests/typing/right")
# It holds the blocks of the README a second time.
COPY = "tests/typing/right/readme.py"
ENDINGS = (".py", ".md", ".typed")
TIME_LIMIT = 300.0
OPTIONS = (
    "--config-file=",
    "--follow-imports=silent",
    "--explicit-package-bases",
    "--no-error-summary",
    "--no-pretty",
    "--no-color-output",
    "--hide-error-context",
    "--check-untyped-defs",
)


class CallersError(Exception):
    """The callers cannot be checked; the message holds the reason."""


def check(revision: str, root: Path) -> list[CallerLine]:
    """Return the lines of a revision's callers that check with its package, and no longer with the present one."""
    return _broken(lambda path: _committed(revision, root, path), root, root)


def check_present(root: Path, package: Path) -> list[CallerLine]:
    """Return the lines of the present callers that check with the present package, and no longer with another one.

    `package` is the folder that holds the other package.
    """
    return _broken(lambda path: _present(root, path), package, root)


def _broken(read: Callable[[str], dict[str, str]], package: Path, root: Path) -> list[CallerLine]:
    """Return the lines of callers that check with the package read with them, and no longer with another one."""
    sources = _sources(read)
    with tempfile.TemporaryDirectory() as folder:
        callers = Path(folder) / "callers"
        _write(callers, sources)
        found = _errors(callers, package, sources, root / ".mypy_cache" / "callers")
        if not found:
            return []
        # What did not check before either says nothing about the change.
        before = Path(folder) / "before"
        _write(before, read(PACKAGE))
        known = _errors(callers, before, sources, root / ".mypy_cache" / "callers-before")
    return [line for line in found if line not in known]


def _sources(read: Callable[[str], dict[str, str]]) -> dict[str, str]:
    """Return the programs by path. The README is a program whose lines have the numbers of the page."""
    programs = {
        path: text for folder in FOLDERS for path, text in read(folder).items() if path.endswith(".py") and path != COPY
    }
    page = read(README).get(README, "")
    return {**programs, README: program_of(page)} if page else programs


def program_of(page: str) -> str:
    """Return the Python blocks of a page, with empty lines in place of all other lines."""
    lines = []
    inside = False
    for line in page.splitlines():
        is_fence = line.strip().startswith("```")
        inside = not inside and line.strip() == "```python" if is_fence else inside
        lines.append("" if is_fence or not inside else line)
    return "\n".join(lines) + "\n"


def _committed(revision: str, root: Path, path: str) -> dict[str, str]:
    """Return the files of a revision at a path, with their texts."""
    names = _git(root, "ls-tree", "-r", "-z", "--name-only", revision, "--", path).split("\0")
    return {name: _git(root, "show", f"{revision}:{name}") for name in names if name.endswith(ENDINGS)}


def _present(root: Path, path: str) -> dict[str, str]:
    """Return the files of the working tree at a path, with their texts."""
    files = [root / path] if (root / path).is_file() else sorted((root / path).rglob("*"))
    return {
        file.relative_to(root).as_posix(): file.read_text(encoding="utf-8")
        for file in files
        if file.name.endswith(ENDINGS) and file.is_file()
    }


def _git(root: Path, *arguments: str) -> str:
    command = ["git", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=True).stdout


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        path = folder / _program_name(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _program_name(name: str) -> str:
    return "readme_page.py" if name == README else name


def _errors(callers: Path, package: Path, sources: Mapping[str, str], cache: Path) -> list[CallerLine]:
    """Return what mypy says of the callers with the package in a folder."""
    if not sources:
        return []
    names = {_program_name(name): name for name in sources}
    with tempfile.TemporaryDirectory() as folder:
        # Only the package: what else is in its folder must not be importable.
        (Path(folder) / PACKAGE).symlink_to(package.resolve() / PACKAGE, target_is_directory=True)
        environment = {**os.environ, "MYPYPATH": folder}
        command = [sys.executable, "-m", "mypy", *OPTIONS, f"--cache-dir={cache}", *names]
        done = subprocess.run(
            command,
            cwd=callers,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            timeout=TIME_LIMIT,
            check=False,
        )
    found = []
    for line in done.stdout.splitlines():
        error = re.fullmatch(r"(.+?):(\d+): error: (.*)", line)
        if error and error[1] in names:
            name = names[error[1]]
            found.append(CallerLine(name, int(error[2]), error[3], statement(sources[name], int(error[2]))))
    if done.returncode not in (0, 1) or (done.returncode == 1 and not found):
        raise CallersError(f"mypy failed: {(done.stderr or done.stdout).strip()[-500:]}")
    return found


def statement(source: str, number: int) -> str:
    """Return the lines of the call or expression that begins at a line, up to where its brackets close."""
    lines = source.splitlines()[number - 1 :]
    text, depth = "", 0
    for line in lines[:40]:
        text += line + "\n"
        depth += sum(line.count(sign) for sign in "([{") - sum(line.count(sign) for sign in ")]}")
        if depth <= 0:
            break
    return text
