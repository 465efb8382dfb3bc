"""`make generate` and `make check`: reproducible, whole, and harmless when they fail."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

import generate
from schema.build import HEADER, check_openapi, load_yaml, patched
from schema.paths import ROOT

PARTS = ("requirements", "baseten_messages_client/_generated")
FILES = ("openapi.yaml", "openapi-overlay.yaml", "generator-config.yaml")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give a copy of what the pipeline reads and writes."""
    for part in PARTS:
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


@pytest.fixture
def run(project: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Run the script as on the command line, in this process: importing the generators takes longest."""

    def call(*arguments: str) -> Done:
        return Done(generate.main(list(arguments), project), *capfd.readouterr())

    return call


def snapshot(project: Path) -> dict[str, bytes]:
    folder = project / "baseten_messages_client" / "_generated"
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def change(project: Path, name: str, edit: Any) -> None:
    document = yaml.safe_load((project / name).read_text())
    edit(document)
    (project / name).write_text(yaml.safe_dump(document, sort_keys=False))


def test_generating_again_changes_no_byte_and_removes_what_is_stale(project: Path, run: Run) -> None:
    before = snapshot(project)
    (project / "baseten_messages_client/_generated/models/stale.py").write_text("x = 1\n")
    done = run()
    assert done.returncode == 0
    assert done.stderr == ""
    assert snapshot(project) == before
    assert [path.name for path in project.glob(".generate-*")] == []


def test_check_names_what_differs_and_writes_nothing(project: Path, run: Run) -> None:
    generated = project / "baseten_messages_client/_generated"
    (generated / "models/stale.py").write_text("x = 1\n")
    (generated / "py.typed").unlink()
    (generated / "params.py").write_text("# edited by hand\n")
    before = snapshot(project)
    done = run("--check")
    assert done.returncode == 1
    assert "stale: baseten_messages_client/_generated/models/stale.py: no longer generated" in done.stderr
    assert "py.typed: missing" in done.stderr
    assert "params.py: differs" in done.stderr
    assert "run `make generate`" in done.stderr
    assert snapshot(project) == before


def test_a_schema_that_drops_a_part_leaves_no_module_of_it(project: Path, run: Run) -> None:
    def drop(overlay: dict[str, Any]) -> None:
        overlay["actions"].append({"target": "$.components.schemas.ErrorResponse", "remove": True})

    change(project, "openapi-overlay.yaml", drop)
    assert run().returncode == 0
    assert not (project / "baseten_messages_client/_generated/models/error_response.py").exists()


def test_an_overlay_action_that_matches_nothing_is_a_warning(project: Path, run: Run) -> None:
    change(project, "openapi-overlay.yaml", lambda o: o["actions"].append({"target": "$.nothing", "remove": True}))
    done = run()
    assert done.returncode == 0
    assert done.stderr.startswith("warning: overlay action ")
    assert "($.nothing) matches nothing" in done.stderr


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("openapi.yaml", "openapi: [", "cannot read openapi.yaml"),
        ("openapi.yaml", "- a list\n", "openapi.yaml must hold a mapping, not list"),
        ("openapi.yaml", "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n", "not a valid OpenAPI document"),
        ("openapi-overlay.yaml", "overlay: 1.1.0\n", "openapi-overlay.yaml: the overlay has no list of actions"),
        ("openapi-overlay.yaml", "actions: [{target: '$.a['}]", "overlay action 1 is malformed"),
        ("generator-config.yaml", "literal_enums: {}\n", "generator-config.yaml: "),
        ("openapi.yaml", None, "cannot read openapi.yaml"),
    ],
)
def test_a_broken_input_is_an_error_and_leaves_the_old_folder(
    project: Path, run: Run, name: str, content: str | None, told: str
) -> None:
    before = snapshot(project)
    if content is None:
        (project / name).unlink()
    else:
        (project / name).write_text(content)
    done = run()
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert snapshot(project) == before


def test_another_version_of_a_tool_is_an_error(project: Path, run: Run) -> None:
    pins = project / "requirements" / "generate.in"
    pins.write_text(pins.read_text().replace("ruff==", "ruff==0.0.1 # "))
    before = snapshot(project)
    done = run()
    assert done.returncode == 2
    assert "requirements/generate.in pins 0.0.1: run `make setup`" in done.stderr
    assert snapshot(project) == before


def test_what_the_generators_cannot_express_is_an_error(project: Path, run: Run) -> None:
    def add(document: dict[str, Any]) -> None:
        document["components"]["schemas"]["Usage"]["properties"]["input_tokens"] = {"$ref": "#/components/schemas/None"}

    before = snapshot(project)
    change(project, "openapi.yaml", add)
    done = run()
    assert done.returncode == 2
    assert snapshot(project) == before


def test_every_generated_file_says_so() -> None:
    folder = ROOT / "baseten_messages_client" / "_generated"
    assert all(path.read_text().startswith(HEADER) for path in folder.rglob("*.py"))
    record = json.loads((folder / "generated.json").read_text())
    assert record["command"] == "make generate"
    assert len(record["schema"]["sha256"]) == 64
    assert set(record["generators"]) == {"openapi-python-client", "datamodel-code-generator", "ruff"}


def test_the_schema_is_valid_and_every_overlay_action_matches() -> None:
    document, overlay = load_yaml(ROOT / "openapi.yaml"), load_yaml(ROOT / "openapi-overlay.yaml")
    check_openapi(document, "openapi.yaml")
    for purpose in ("", "models", "params"):
        assert patched(document, overlay, purpose)[1] == []
    assert all(action.get("description") for action in overlay["actions"])


def test_names_that_differ_only_in_case_have_one_order() -> None:
    twins = ["auto", "AUTO", "Auto", "other"]
    code = "import sys, jinja2; from schema.models import _stable_sort; e = jinja2.Environment(); "
    code += "print(_stable_sort(e, set(sys.argv[1:])))"
    seen = set()
    for seed in range(4):
        environment = {**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": str(ROOT / "scripts")}
        command = [sys.executable, "-c", code, *twins]
        seen.add(subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout)
    assert len(seen) == 1
