"""Every change of the corpus: updated, checked, reported, and the client still works where it should."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from schema.errors import GenerateError, OverlayError, SchemaError
from schema.paths import OVERLAY, ROOT

from . import baseline
from .corpus import ROWS, Row, edited
from .names import NAMES
from .project import Project, needs_node, spare_what_is_known
from .same_meaning import SAME
from .structures import STRUCTURES

ERRORS = (GenerateError, OverlayError, SchemaError)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    root = tmp_path / "project"
    root.mkdir()
    return Project(root)


def test_the_overlay_of_the_baseline_is_the_one_of_the_project_until_an_update() -> None:
    if baseline.is_the_projects_edition():
        copied, present = baseline.FOLDER / OVERLAY, ROOT / OVERLAY
        assert copied.read_text(encoding="utf-8") == present.read_text(encoding="utf-8"), f"copy {OVERLAY} to {copied}"


# Each row generates the code and compares it, so only some of them run with every change. The others are slow tests,
# which also check the types of the package. `make test-all` has the types of the first ones checked too.
ALL_TYPES = bool(os.environ.get("ALL_TYPES"))
CHANGES = [
    pytest.param(
        row, row.types or ALL_TYPES or bool(number % 4), id=row.name, marks=[pytest.mark.slow] * (number % 4 > 0)
    )
    for number, row in enumerate([*ROWS, *STRUCTURES, *NAMES])
]


@needs_node
@pytest.mark.parametrize(("row", "types"), CHANGES)
def test_a_change_is_taken_over_and_judged(
    row: Row, types: bool, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    spare_what_is_known(monkeypatch, project.root, types=types)
    document, said = edited(*row.edits), ""
    if row.pasted or row.verdict == "refused":
        said = refusal(project, document)
    if row.pasted:
        project.paste("\n".join(said.splitlines()[1:]))
    if row.verdict != "refused":
        report = project.update(document)
        assert f"**API changes: {row.verdict}**" in report
        said += report
    for words in row.says:
        assert words in said


def refusal(project: Project, document: dict[str, Any]) -> str:
    before = project.state()
    with pytest.raises(ERRORS) as caught:
        project.update(document)
    assert project.state() == before
    said = str(caught.value)
    assert len(said.splitlines()) <= 4  # And one that says that nothing was changed.
    assert len(said) < 700
    return said


@pytest.mark.parametrize("document", SAME.values(), ids=SAME)
def test_an_edit_that_means_the_same_changes_nothing(
    document: dict[str, Any], project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    spare_what_is_known(monkeypatch, project.root)
    before = project.state()
    assert project.update(document) == ""
    assert project.state() == before
