"""Every change of the corpus: updated, generated, imported, reported, and the client still works where it should."""

from __future__ import annotations

from pathlib import Path

import pytest

from schema.paths import OVERLAY, ROOT

from . import baseline
from .corpus import ROWS, Row, edited
from .project import CONVERSATION, Project, needs_node, spare_what_is_known


def test_the_overlay_of_the_baseline_is_the_one_of_the_project_until_an_update() -> None:
    if baseline.is_the_projects_edition():
        copied, present = baseline.FOLDER / OVERLAY, ROOT / OVERLAY
        assert copied.read_text(encoding="utf-8") == present.read_text(encoding="utf-8"), f"copy {OVERLAY} to {copied}"


@needs_node
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_change_is_taken_over_and_judged(row: Row, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "project"
    root.mkdir()
    project = Project(root)
    spare_what_is_known(monkeypatch, root)
    report = project.update(edited(*row.edits))
    assert f"**API changes: {row.verdict}**" in report
    for words in row.says:
        assert words in report
    if row.verdict == "compatible":
        # The scripted replies of the server know no new required field, unlike the service that requires it.
        project.run(CONVERSATION.replace("required = {}", f"required = {row.required!r}"))
