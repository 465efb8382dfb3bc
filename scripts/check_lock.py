"""Check that a lock is complete: that it holds every requirement of every package in it, extras included.

    python scripts/check_lock.py requirements/dev.txt .venv

Locks are installed with `pip install --no-deps`, so a package that is missing from the lock would be missing at run
time. `pip check` does not notice that in all cases: it ignores extras, and knows only this machine's Python and system.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ENVIRONMENTS = [
    {
        "python_version": version,
        "python_full_version": f"{version}.0",
        "sys_platform": system,
        "platform_system": {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}[system],
        "os_name": "nt" if system == "win32" else "posix",
    }
    for version in ("3.11", "3.12", "3.13", "3.14")
    for system in ("linux", "darwin", "win32")
]


def read_lock(text: str) -> dict[str, Requirement]:
    """Return the packages of a lock by name."""
    lines = re.findall(r"^([a-z0-9][^#\\\n]*)", text, re.MULTILINE)
    return {canonicalize_name(found.name): found for found in map(Requirement, lines)}


def missing(lock: dict[str, Requirement], installed: dict[str, Distribution]) -> Iterator[str]:
    """Yield a sentence for each requirement that the lock lacks in a supported environment."""
    for name, package in lock.items():
        if name not in installed:
            continue  # It is for another system, so its requirements are unknown here.
        for text in installed[name].requires or ():
            requirement = Requirement(text)
            needed = [e for e in ENVIRONMENTS if _applies(package, e) and _applies(requirement, e, package.extras)]
            if not all(_holds(lock, requirement, environment) for environment in needed):
                yield f"{package.name} {package.specifier} requires {text}, which is not in the lock"


def _applies(requirement: Requirement, environment: dict[str, str], extras: set[str] | None = None) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({**environment, "extra": extra}) for extra in {"", *(extras or ())})


def _holds(lock: dict[str, Requirement], requirement: Requirement, environment: dict[str, str]) -> bool:
    found = lock.get(canonicalize_name(requirement.name))
    if found is None or not _applies(found, environment) or not requirement.extras <= found.extras:
        return False
    (pin,) = found.specifier
    return requirement.specifier.contains(pin.version, prereleases=True)


def installed_in(folder: Path) -> dict[str, Distribution]:
    """Return the packages that are installed in a virtual environment, by name."""
    (packages,) = [*folder.glob("lib/python3.*/site-packages"), *folder.glob("Lib/site-packages")]
    return {canonicalize_name(found.name): found for found in distributions(path=[str(packages)])}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lock", type=Path)
    parser.add_argument("folder", type=Path, help="a virtual environment in which the lock is installed")
    options = parser.parse_args(arguments)
    problems = list(missing(read_lock(options.lock.read_text(encoding="utf-8")), installed_in(options.folder)))
    for problem in problems:
        print(f"error: {options.lock}: {problem}: run `make lock`", file=sys.stderr)
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
