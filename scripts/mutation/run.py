"""Runs mutmut for one group of modules, in a copy of the project, and reads its results."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schema.paths import PACKAGE, ROOT

from .survivors import Mutant, read_diff

FOLDER = Path(__file__).parent
COPIED = (PACKAGE, "scripts", "tests", "openapi.yaml", "openapi-overlay.yaml", "pyproject.toml")
NOTICED = ("killed", "timeout")
_NAME = re.compile(rf"{PACKAGE}\.(?P<module>[\w.]+)\.(?P<function>x\w+?)__mutmut_\d+")


class RunError(Exception):
    """mutmut failed; the message holds the end of its output."""


@dataclass(frozen=True)
class Group:
    """Modules to change, as paths in the package, and the tests that must notice it, as paths in `tests/`."""

    name: str
    modules: list[str]
    tests: list[str]


@dataclass(frozen=True)
class Result:
    """How many mutants have each status, and the mutants that no test noticed."""

    statuses: Counter[str]
    survivors: list[Mutant]

    @property
    def noticed(self) -> int:
        """How many mutants the tests noticed. A change that makes a test hang is noticed too."""
        return sum(self.statuses[status] for status in NOTICED)

    @property
    def score(self) -> float:
        """The share of the mutants that the tests noticed, in percent."""
        return 100 * self.noticed / max(1, self.statuses.total())


def read_groups() -> tuple[list[Group], dict[str, Any]]:
    """Return the groups and the options of mutmut."""
    data = tomllib.loads((FOLDER / "groups.toml").read_text(encoding="utf-8"))
    return [Group(name, **fields) for name, fields in data["groups"].items()], data["mutmut"]


def run_group(group: Group, options: dict[str, Any], folder: Path, processes: int) -> Result:
    """Test all mutants of a group.

    Args:
        group: The modules and their tests.
        options: Options of mutmut.
        folder: Folder for the copy of the project. What was in it is removed.
        processes: How many mutants to test at a time.

    Raises:
        RunError: mutmut failed, for example because a test fails without any change.
    """
    _copy_project(folder)
    _configure(folder, group, options)
    _mutmut(folder, "run", "--max-children", str(processes))
    statuses: Counter[str] = Counter()
    survivors: list[Mutant] = []
    for line in _mutmut(folder, "results", "--all", "true").splitlines():
        name, _, status = line.strip().partition(": ")
        statuses[status] += 1
        if status not in NOTICED:
            survivors.append(read_diff(*read_name(name), _mutmut(folder, "show", name)))
    if statuses["timeout"] > statuses.total() / 4:  # mutmut also says "timeout" if the tests cannot run at all.
        raise RunError(f"{group.name}: {statuses['timeout']} of {statuses.total()} mutants timed out")
    return Result(statuses, survivors)


def read_name(name: str) -> tuple[str, str]:
    """Return the module and the function in mutmut's name of a mutant."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise RunError(f"mutmut named a mutant in an unknown form: {name}")
    # mutmut writes `x_function`, and `xǁClassǁmethod`.
    function = match["function"].removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
    return match["module"].replace(".", "/") + ".py", function


def _copy_project(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in COPIED:
        if (ROOT / name).is_dir():
            skipped = shutil.ignore_patterns("__pycache__", "node_modules")
            shutil.copytree(ROOT / name, folder / name, ignore=skipped)
        else:
            shutil.copy(ROOT / name, folder / name)
    shutil.copy(FOLDER / "conftest.py", folder / "conftest.py")


def _configure(folder: Path, group: Group, options: dict[str, Any]) -> None:
    """Add the options to the copy of `pyproject.toml`, which is the only place where mutmut reads them."""
    table = {
        **options,
        "only_mutate": [f"{PACKAGE}/{module}" for module in group.modules],
        "pytest_add_cli_args_test_selection": [f"tests/{test}" for test in group.tests],
    }
    # JSON writes texts, numbers and lists in the same way as TOML.
    lines = ["", "[tool.mutmut]", *(f"{key} = {json.dumps(value)}" for key, value in table.items())]
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def _mutmut(folder: Path, *arguments: str) -> str:
    program = str(Path(sys.executable).with_name("mutmut"))
    done = subprocess.run(
        [program, *arguments], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        # The progress is drawn over itself.
        lines = [line for line in done.stdout.replace("\r", "\n").splitlines() if line and not re.match("[⠀-⣿]", line)]
        raise RunError("\n".join([*lines[-60:], f"mutmut {arguments[0]} failed"]))
    return done.stdout
