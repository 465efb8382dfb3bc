"""The word list of `make lint`: it finds the phrases, across lines too, and leaves plain English alone."""

from __future__ import annotations

from pathlib import Path

import pytest

import check_prose


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("That is no message.", "is no message"),
        ("a text that is none", "is none"),
        ("Mends what it can.", "Mends"),
        ("It stands in a list.", "stands in"),
        ("a folder of its own", "of its own"),
        ("Besides, it waits.", "Besides"),
        ("for ever", "for ever"),
        ("a list, or the like of it", "the like of it"),
        ("what it made of them", "what it made of"),
        ("That is not its business.", "its business"),
        ("said twice", "said twice"),
        ("two seconds behind", "seconds behind"),
        ("It wants its type said.", "wants its type said"),
        ("told apart", "told apart"),
        ("They normalise it.", "normalise"),
    ],
)
def test_a_phrase_of_the_list_is_found(text: str, phrase: str) -> None:
    ((line, found, better),) = check_prose.findings(f"\n{text}\n")
    assert (line, found) == (2, phrase)
    assert better


@pytest.mark.parametrize("gap", ["\n", "\n    ", "\n# ", "\n    # "])
def test_a_phrase_is_found_where_a_line_breaks_it(gap: str) -> None:
    assert [found for _, found, _ in check_prose.findings(f"# What is{gap}no message.")] == ["is no message"]


@pytest.mark.parametrize(
    "text",
    [
        "There is no such file.",
        "It is no longer needed.",
        "if value is None:",
        "Amend it, as we recommend.",
        "the same for all",
        "a server behind a proxy",
        "an optimistic, normal set",
        "A folder of its own.  # prose: allow",
    ],
)
def test_plain_english_and_marked_lines_are_left_alone(text: str) -> None:
    assert list(check_prose.findings(text)) == []


def test_the_command_names_the_place_and_the_better_phrase(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_prose, "ROOT", tmp_path)
    (tmp_path / "good.md").write_text("Plain.\n", encoding="utf-8")
    (tmp_path / "bad.md").write_text("Plain.\nMend it.\n", encoding="utf-8")
    assert check_prose.main(["good.md"]) == 0
    assert check_prose.main(["good.md", "bad.md"]) == 1
    assert capsys.readouterr().err.startswith('bad.md:2: "Mend": write: fix, correct\n1 phrase')


def test_every_kind_of_tracked_prose_is_checked_and_generated_code_is_not() -> None:
    files = check_prose.tracked_files()
    assert {"README.md", "Makefile", "openapi-overlay.yaml", "scripts/install.py", ".github/workflows/ci.yml"} <= {
        *files
    }
    assert not [name for name in files if "_generated" in name]
