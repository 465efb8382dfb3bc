"""The locks: complete, pinned by version and digest, and in step with what the package declares."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from check_lock import installed_in, missing, read_lock

ROOT = Path(__file__).parent.parent
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def test_requirements_are_those_of_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = {*project["dependencies"], *project["optional-dependencies"]["testing"]}
    lines = (ROOT / "requirements" / "runtime.in").read_text().splitlines()
    assert {line for line in lines if not line.startswith("#")} == declared


def test_the_tests_have_what_each_extra_requires() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lock = read_lock((ROOT / "requirements" / "dev.txt").read_text()) | read_lock(
        (ROOT / "requirements" / "generate.txt").read_text()
    )
    for requirements in project["optional-dependencies"].values():
        for wanted in map(Requirement, requirements):
            (version,) = lock[wanted.name].specifier
            assert wanted.specifier.contains(version.version)


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_packages_are_locked_by_version_and_hash(path: Path) -> None:
    text = path.read_text()
    pinned = re.findall(r"^[a-z0-9][\w.\[\],-]*==\S+ .*\\$", text, re.MULTILINE)
    assert pinned
    assert len(pinned) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE))
    assert "://" not in re.sub(r"#.*", "", text)


@pytest.mark.parametrize("name", ["generate", "dev"])
def test_every_requirement_of_every_locked_package_is_in_the_lock(name: str) -> None:
    lock = read_lock((ROOT / "requirements" / f"{name}.txt").read_text())
    installed = installed_in(Path(sys.prefix))
    assert len(lock.keys() & installed.keys()) > len(lock) / 2
    assert not list(missing(lock, installed))


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_direct_requirement_is_locked(path: Path) -> None:
    lock = read_lock(path.read_text())
    for line in path.with_suffix(".in").read_text().splitlines():
        if line and line[0] not in "#-":
            wanted = Requirement(line)
            assert wanted.name.lower() in lock
            assert wanted.extras <= lock[wanted.name.lower()].extras


# The packages of other people do not all work with the newest releases that our tools use.
@pytest.mark.parametrize("path", [path for path in LOCKS if path.stem != "foreign"], ids=lambda path: path.name)
def test_a_package_has_the_same_version_in_every_lock(path: Path) -> None:
    tested = read_lock((ROOT / "requirements" / "dev.txt").read_text())
    lock = read_lock(path.read_text())
    assert [str(lock[name].specifier) for name in lock.keys() & tested] == [
        str(tested[name].specifier) for name in lock.keys() & tested
    ]


@pytest.mark.parametrize("place", ["scripts/node", "tests/foreign/node"])
def test_node_packages_are_locked_with_all_that_they_need(place: str) -> None:
    folder = ROOT / place
    wanted = json.loads((folder / "package.json").read_text())["dependencies"]
    packages = json.loads((folder / "package-lock.json").read_text())["packages"]
    own = packages.pop("")
    assert own["dependencies"] == wanted
    for name, package in packages.items():
        assert package["version"]
        assert package["integrity"].startswith("sha512-")
        assert "resolved" not in package, "a lock must not record the address of a registry"
        for dependency in package.get("dependencies", {}):
            nested = f"{name}/node_modules/{dependency}"
            assert nested in packages or f"node_modules/{dependency}" in packages
    for name, version in wanted.items():
        assert packages[f"node_modules/{name}"]["version"] == version
