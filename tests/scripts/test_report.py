"""The report as Markdown: short, safe, and clear."""

from __future__ import annotations

from diff.changes import Change
from diff.report import Report


def test_foreign_text_is_neither_markdown_nor_html_nor_a_mention() -> None:
    nasty = "a | b ` c <script> @someone\n# d"
    change = Change(nasty, nasty, nasty, True, note=nasty)
    text = Report("1.0.0", python=[change], overlay=[nasty], descriptions={nasty: nasty}).markdown()
    table = [line for line in text.splitlines() if line.startswith("| **yes**")]
    assert len(table) == 1
    assert "`a \\| b ' c <script> @someone # d`" in table[0]
    assert "a \\| b ` c &lt;script> &#64;someone # d |" in table[0]
    assert "\n# d" not in text


def test_a_report_stays_short_enough_for_a_comment() -> None:
    change = Change("place" * 50, "old" * 200, "new" * 200, False, note="why " * 10)
    text = Report(
        "1.0.0", python=[change] * 5000, descriptions={f"place{i}": "text" * 100 for i in range(5000)}
    ).markdown()
    assert "… and 4850 more." in text
    assert len(text) < 2 * 65_536


def test_a_report_without_changes_is_one_line() -> None:
    _, head = Report("1.0.0").markdown().split("\n\n")
    assert head == "**API changes: none**, no release needed. Nothing that a caller could notice.\n"
