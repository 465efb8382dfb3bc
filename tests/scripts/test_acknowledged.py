"""Findings that a reviewer has accepted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from diff import acknowledged
from diff.acknowledged import AcknowledgementError
from diff.changes import CallerLine, Change
from diff.compare import acknowledge
from diff.edition import Edition
from diff.report import Report

CHANGE = Change("A.b", "integer", "", True, "request", "calls with it fail", "field-removed")


def entry(change: Change = CHANGE, reason: str = "Nobody sends it.") -> str:
    return f"  - fingerprint: '{change.fingerprint}'\n    rule: {change.rule}\n    reason: {reason}\n"


def report(text: str, *changes: Change) -> Report:
    result = Report("0.1.0", schema=list(changes or [CHANGE]))
    acknowledge(result, Edition({}, {}, {}, "", "0.1.0", acknowledged=text))
    return result


def test_an_acknowledged_finding_keeps_its_row_and_does_not_raise_the_verdict() -> None:
    assert report("").verdict == "breaking"
    found = report(f"acknowledged:\n{entry()}")
    assert found.verdict == "compatible"
    text = found.markdown()
    assert "| 1 | request | `A.b` | removed, was `integer` |" in text
    assert "**Acknowledged**: Nobody sends it." in text
    assert "release as 0.1.1 (now 0.1.0). Callers need not do anything. Acknowledged: 1." in text


def test_another_finding_still_raises_the_verdict() -> None:
    other = replace(CHANGE, place="A.c")
    assert report(f"acknowledged:\n{entry()}", CHANGE, other).verdict == "breaking"


@pytest.mark.parametrize(
    "changed",
    [
        replace(CHANGE, old="string"),
        replace(CHANGE, new="string"),
        replace(CHANGE, rule="type-changed"),
        replace(CHANGE, effects=(replace(CHANGE, place="models.A.b"),)),
    ],
)
def test_a_finding_that_means_more_than_was_accepted_is_another_finding(changed: Change) -> None:
    found = report(f"acknowledged:\n{entry()}", changed)
    assert found.verdict == "breaking"
    assert found.stale == [f"{CHANGE.fingerprint} (field-removed): Nobody sends it."]


def test_a_fingerprint_does_not_depend_on_wording() -> None:
    assert (
        replace(CHANGE, note="other", call=("a", "b"), callers=(CallerLine("c", 1, "m"),)).fingerprint
        == CHANGE.fingerprint
    )


def test_stale_entries_are_named() -> None:
    found = report(f"acknowledged:\n{entry(replace(CHANGE, place='Gone'))}")
    assert "### Acknowledged, but not found: remove them from `api-changes.yaml`" in found.markdown()
    assert found.verdict == "breaking"


@pytest.mark.parametrize(
    "text",
    [
        "acknowledged: [{fingerprint: '1', rule: field-removed}]",
        "acknowledged: [{fingerprint: '1', reason: why}]",
        "acknowledged: [just text]",
        "acknowledged: 1",
        "- a list",
        "a: [",
    ],
)
def test_a_file_that_cannot_be_read_leaves_no_verdict(text: str) -> None:
    with pytest.raises(AcknowledgementError):
        acknowledged.read(text)
    found = report(text)
    assert found.verdict == "incomplete"
    assert found.not_compared[0].startswith("the acknowledgements. api-changes.yaml")


def test_without_a_file_nothing_is_acknowledged() -> None:
    assert acknowledged.read("") == []
    assert acknowledged.read("# Nothing yet.\nacknowledged: []\n") == []
