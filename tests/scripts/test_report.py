"""The report as Markdown: short, safe, and clear."""

from __future__ import annotations

from diff.changes import Change
from diff.markdown import LIMIT
from diff.report import Report

NASTY = "a | b ` c <script> @someone [here](https://example.com)\n# d"


def test_foreign_text_is_neither_markdown_nor_html_nor_a_mention() -> None:
    change = Change(NASTY, NASTY, NASTY, True, note=NASTY)
    text = Report("1.0.0", python=[change], overlay=[NASTY], descriptions={NASTY: NASTY}, stale=[NASTY]).markdown()
    table = [line for line in text.splitlines() if line.startswith("| 1 |")]
    assert len(table) == 1
    assert "`a \\| b ' c <script> @someone [here](https://example.com) # d`" in table[0]
    assert "a \\| b ' c &lt;script> &#64;someone &#91;here](https:&#47;/example.com) # d |" in table[0]
    assert "\n# d" not in text


def test_what_a_note_quotes_stays_quoted() -> None:
    change = Change("servers", "a", "b", False, note="`DEFAULT_BASE_URL` is <b> `https://example.com`")
    text = Report("1.0.0", schema=[change]).markdown()
    assert "| `DEFAULT_BASE_URL` is &lt;b> `https://example.com` |" in text


def test_the_lines_of_a_call_cannot_end_their_block() -> None:
    change = Change("A.b", "a", "b", True, call=("f('```')", "g()"))
    text = Report("1.0.0", schema=[change]).markdown()
    assert text.count("```") == 2
    assert "`" not in text.partition("```python")[2].partition("```")[0]


def test_a_long_report_keeps_the_verdict_what_breaks_and_the_overlay_and_says_that_it_is_cut() -> None:
    harmless = Change("place" * 20, "old" * 40, "new" * 40, False, note="why " * 10)
    harmful = [Change(f"Broken.field{i}", "str", "int", True, note="it takes less") for i in range(50)]
    text = Report(
        "1.0.0",
        schema=[harmless] * 3000,
        python=[*[harmless] * 3000, *harmful],
        overlay=["overlay action 7 matches nothing"],
        descriptions={f"place{i}": "text" * 100 for i in range(5000)},
    ).markdown()
    assert len(text.encode()) <= LIMIT
    assert "**API changes: breaking**" in text
    assert "This report is cut" in text
    assert "overlay action 7 matches nothing" in text
    assert all(f"`Broken.field{i}`" in text for i in range(50))
    assert " more." in text


def test_even_what_breaks_is_cut_when_it_is_too_long() -> None:
    harmful = [Change(f"Broken.field{i}", "ä" * 90, "ö" * 90, True) for i in range(5000)]
    notes = ["stale", *["long " * 400] * 300]
    text = Report("1.0.0", schema=harmful, overlay=notes, not_compared=["why " * 1000]).markdown()
    assert len(text.encode()) <= LIMIT
    assert "more that break callers: the report is cut here" in text
    assert "This report is cut" in text
    assert "- stale" in text


def test_a_report_without_changes_is_one_line() -> None:
    _, head = Report("1.0.0").markdown().split("\n\n")
    assert head == "**API changes: none**, no release needed. Nothing that a caller could notice.\n"


def test_each_breaking_row_has_one_next_step_its_rule_and_its_fingerprint() -> None:
    change = Change("A.b", "integer", "", True, "request", "calls with it fail", "field-removed")
    text = Report("1.0.0", schema=[change]).markdown()
    assert (
        "| 1 | request | `A.b` | removed, was `integer` | calls with it fail | Keep the field with an overlay action "
        f"if the service still has it; otherwise raise the version. `field-removed` `{change.fingerprint}` |"
    ) in text


def test_a_long_union_shows_only_what_it_gains_and_loses() -> None:
    old = "type, " + " | ".join(f"models.Block{i}" for i in range(8))
    change = Change("models.Block", old, f"{old.replace('models.Block3 | ', '')} | models.New", False)
    assert "| gains `models.New` loses `models.Block3` |" in Report("1.0.0", python=[change]).markdown()


def test_the_data_holds_all_that_a_program_needs() -> None:
    effect = Change("models.A.b", "field, int", "", True, rule="name-removed")
    change = Change("A.b", "integer", "", True, "request", "calls fail", "field-removed", "/a/b", effects=(effect,))
    data = Report("0.1.0", schema=[change]).data()
    assert (data["verdict"], data["next_version"]) == ("breaking", "0.2.0")
    (finding,) = data["findings"]
    assert finding["rule"] == "field-removed"
    assert finding["fingerprint"] == change.fingerprint
    assert (finding["before"], finding["after"]) == ("integer", None)
    assert finding["python"][0]["place"] == "models.A.b"


def test_what_fails_of_the_client_ends_the_report_is_never_cut_and_breaks_callers() -> None:
    harmless = Change("place" * 20, "old" * 40, "new" * 40, False)
    report = Report("0.1.0", schema=[harmless] * 3000, client_failures=["mypy: a.py:1: error: no [b]"] * 3)
    text = report.markdown()
    assert report.verdict == "breaking"
    assert len(text.encode()) <= LIMIT
    assert text.endswith(
        "### The client does not work with this edition: change its code too\n\n"
        + "- mypy: a.py:1: error: no &#91;b]\n" * 3
    )
    assert report.data()["client_failures"] == report.client_failures


def test_half_a_comparison_has_no_verdict_even_if_the_client_fails() -> None:
    assert Report("0.1.0", not_compared=["the callers"], client_failures=["mypy"]).verdict == "incomplete"
