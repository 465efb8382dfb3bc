"""The steps of `make setup`: one line each, everything that failed is shown, and nothing has to be there before."""

from __future__ import annotations

import subprocess
import sys

import pytest

import install
from schema.paths import ROOT


def test_the_script_runs_on_the_standard_library_alone() -> None:
    command = [sys.executable, "-S", "scripts/install.py", "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_step_that_works_is_one_line(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(install, "install_project", lambda folder: f"editable in {folder}")
    assert install.main(["project", ".venv"]) == 0
    out, err = capfd.readouterr()
    assert out == "editable in .venv (0 s)\n"
    assert err == ""


def test_a_step_that_fails_shows_the_command_and_what_it_printed(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    code = "import sys; print('said'); print('why', file=sys.stderr); sys.exit(3)"
    monkeypatch.setattr(install, "install_node", lambda folder: install.run([sys.executable, "-c", code]))
    assert install.main(["node", "scripts/node"]) == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert "said" in err
    assert "why" in err
    assert "error: this command failed: " in err


def test_a_step_that_works_prints_nothing_of_its_command(capfd: pytest.CaptureFixture[str]) -> None:
    install.run([sys.executable, "-c", "print('chatter')"])
    assert capfd.readouterr() == ("", "")
