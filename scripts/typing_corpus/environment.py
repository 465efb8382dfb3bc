"""A clean virtual environment with the built wheel and what it requires, and httpx2, which some programs use.

Nothing is downloaded: the requirements are copied from the environment that runs this, which has their locked versions.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from schema.paths import ROOT

CACHE = ROOT / ".pytest_cache" / "typing"
PROJECT = "baseten-messages-client"
_KEPT = 3
"""How many environments to keep, so that switching between branches is quick."""


def prepare_environment() -> Path:
    """Return the folder of the environment. It is made once for each state of the sources.

    The caller holds the lock of the cache.
    """
    folder = CACHE / digest(_sources(), sys.version)
    if folder.exists():
        os.utime(folder)
        return folder
    unfinished = CACHE / "unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    _run([sys.executable, "-m", "venv", "--without-pip", str(unfinished)])
    _install_wheel(unfinished)
    _copy_requirements(site_packages(unfinished))
    unfinished.rename(folder)
    for old in sorted(_environments(), key=lambda path: path.stat().st_mtime, reverse=True)[_KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
    return folder


def python(folder: Path) -> Path:
    """Return the interpreter of an environment."""
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def site_packages(folder: Path) -> Path:
    """Return the folder of an environment that holds the packages."""
    (found,) = [*folder.glob("lib/python3.*/site-packages"), *folder.glob("Lib/site-packages")]
    return found


def digest(files: Iterable[Path], *texts: str) -> str:
    """Return a digest of the names and the contents of files of this project, and of texts."""
    found = hashlib.sha256()
    for path in files:
        found.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    for text in texts:
        found.update(f"{text}\0".encode())
    return found.hexdigest()[:16]


def _environments() -> Iterator[Path]:
    return (path.parent for path in CACHE.glob("*/pyvenv.cfg"))


def _sources() -> list[Path]:
    """Return the files that decide what is in the environment."""
    package = (path for path in (ROOT / "baseten_messages_client").rglob("*") if path.is_file())
    others = ("pyproject.toml", "README.md", "requirements/dev.txt", "scripts/typing_corpus/environment.py")
    return [*sorted(path for path in package if path.suffix != ".pyc"), *(ROOT / name for name in others)]


def _install_wheel(folder: Path) -> None:
    wheels = folder / "wheel"
    _run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels)])
    (wheel,) = wheels.glob("*.whl")
    options = ["install", "--quiet", "--no-deps", "--no-index", "--no-compile", "--disable-pip-version-check"]
    _run([sys.executable, "-m", "pip", "--python", str(python(folder)), *options, str(wheel)])


def _copy_requirements(folder: Path) -> None:
    for package in _required():
        for file in package.files or ():
            if ".." not in file.parts and file.suffix != ".pyc":
                target = folder / file
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(str(file.locate()), target)


def _required() -> Iterator[Distribution]:
    """Yield the packages that this project needs at run time, with its extra `testing`, and those of httpx2."""
    waiting = [Requirement(f"{PROJECT}[testing]"), Requirement("httpx2")]
    seen: set[str] = set()
    while waiting:
        wanted = waiting.pop()
        found = distribution(wanted.name)
        if (name := canonicalize_name(wanted.name)) in seen:
            continue
        seen.add(name)
        if name != PROJECT:
            yield found
        for requirement in map(Requirement, found.requires or ()):
            extras = {"", *wanted.extras}
            if requirement.marker is None or any(requirement.marker.evaluate({"extra": extra}) for extra in extras):
                waiting.append(requirement)


def _run(command: list[str]) -> None:
    done = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False
    )
    if done.returncode:
        raise RuntimeError(f"this command failed: {command}\n{done.stdout}")
