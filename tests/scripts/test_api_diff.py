"""`make api-diff`: the command in a repository."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import api_diff
from diff import acknowledged, edition
from schema import trial
from schema.paths import ROOT, SCHEMA, SURFACE

from ..schema_changes.project import needs_node

FACTS = "Client.send(): function, str\nClient.send(text): any, str\n"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git repository with one commit of this project's files."""
    for path in edition.FILES:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes((ROOT / path).read_bytes())
    (tmp_path / SURFACE).write_text(FACTS, encoding="utf-8")
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.invalid", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", "."], [*identity, "commit", "-q", "-m", "first"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True, capture_output=True)
    monkeypatch.setattr(edition, "surface_of", lambda root: (root / SURFACE).read_text("utf-8"))
    return tmp_path


def test_the_command_compares_the_working_tree_with_a_commit(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert api_diff.main(["--base", "HEAD"], repository) == 0
    assert "**API changes: none**" in capsys.readouterr().out
    (repository / SURFACE).write_text(FACTS + "Client.more(): function, int\n", encoding="utf-8")
    assert api_diff.main(["--base", "HEAD", "--fail-on", "breaking"], repository) == 0
    assert "**API changes: compatible**" in capsys.readouterr().out
    (repository / SURFACE).write_text("Client.send(): function, str\n", encoding="utf-8")
    assert api_diff.main(["--base", "HEAD"], repository) == 0
    assert "**API changes: breaking**" in capsys.readouterr().out
    assert api_diff.main(["--base", "HEAD", "--fail-on", "breaking"], repository) == 1


def test_the_report_exists_in_every_form(repository: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (repository / SURFACE).write_text("Client.send(): function, str\n", encoding="utf-8")
    page, text = tmp_path / "report.html", tmp_path / "report.md"
    arguments = ["--base", "HEAD", "--html", str(page), "--markdown", str(text)]
    assert api_diff.main([*arguments, "--format", "json"], repository) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["verdict"] == "breaking"
    assert [finding["place"] for finding in data["findings"]] == ["Client.send(text)"]
    assert "**API changes: breaking**" in text.read_text("utf-8")
    assert "<!doctype html>" in page.read_text("utf-8")
    assert api_diff.main(["--base", "HEAD", "--format", "github"], repository) == 0
    assert capsys.readouterr().out.startswith("::error file=api-surface.txt,line=1,title=argument-removed ")


def test_an_acknowledged_finding_passes(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / SURFACE).write_text("Client.send(): function, str\n", encoding="utf-8")
    assert api_diff.main(["--base", "HEAD", "--format", "json", "--fail-on", "breaking"], repository) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    entry = {"fingerprint": finding["fingerprint"], "rule": finding["rule"], "reason": "Nobody passes it."}
    (repository / acknowledged.FILE).write_text(json.dumps({"acknowledged": [entry]}), encoding="utf-8")
    assert api_diff.main(["--base", "HEAD", "--fail-on", "breaking"], repository) == 0
    assert "**Acknowledged**: Nobody passes it." in capsys.readouterr().out


@pytest.mark.parametrize("base", ["no-such-ref", "--help", "", "HEAD:openapi.yaml"])
def test_a_base_that_names_no_commit_is_an_error(
    base: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert api_diff.main([f"--base={base}"], repository) == 2
    assert f"error: BASE={base}: there is no such commit" in capsys.readouterr().err


def test_a_base_without_a_surface_gives_the_schema_part(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    subprocess.run(["git", "rm", "-q", "--cached", "api-surface.txt"], cwd=repository, check=True)
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.invalid", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, "commit", "-q", "-m", "second"], cwd=repository, check=True)
    assert api_diff.main(["--base", "HEAD"], repository) == 0
    assert "the Python surface: api-surface.txt is missing on one side" in capsys.readouterr().out
    assert api_diff.main(["--base", "HEAD", "--fail-on", "breaking"], repository) == 1


def test_a_package_that_cannot_be_imported_leaves_no_verdict(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def surface_of(_: Path) -> str:
        raise ImportError("baseten_messages_client cannot be imported: SyntaxError\nTraceback")

    monkeypatch.setattr(edition, "surface_of", surface_of)
    assert api_diff.main(["--base", "HEAD"], repository) == 0
    text = capsys.readouterr().out
    assert "**API changes: incomplete**" in text
    assert "the Python surface. baseten_messages_client cannot be imported: SyntaxError" in text
    assert "Traceback" not in text
    assert api_diff.main(["--base", "HEAD", "--fail-on", "breaking"], repository) == 1


def change_schema(repository: Path) -> None:
    text = (repository / SCHEMA).read_text(encoding="utf-8")
    (repository / SCHEMA).write_text(re.sub("\n  version: .*", "\n  version: 99.0.0", text, count=1), encoding="utf-8")


@needs_node
def test_a_client_that_does_not_work_with_a_changed_schema_is_reported(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    program = "print('client.py:1: error: no such field'); raise SystemExit(1)"
    monkeypatch.setattr(trial, "commands", lambda folder: {trial.TYPES: [sys.executable, "-c", program]})
    arguments = ["--base", "HEAD", "--format", "json"]
    assert api_diff.main(arguments, repository) == 0
    assert json.loads(capsys.readouterr().out)["client_failures"] == []
    change_schema(repository)
    assert api_diff.main([*arguments, "--fail-on", "breaking"], repository) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["client_failures"] == ["mypy: client.py:1: error: no such field"]
    assert data["verdict"] == "breaking"


@needs_node
def test_a_client_that_cannot_be_tried_leaves_no_verdict(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "commands", lambda folder: {"x": [sys.executable, "-c", "import time; time.sleep(60)"]})
    monkeypatch.setattr(trial, "SECONDS", 0.1)
    change_schema(repository)
    assert api_diff.main(["--base", "HEAD"], repository) == 0
    assert "> **Not compared:** the client. x takes longer than 0.1 seconds" in capsys.readouterr().out
