"""The line of the test run that says how many programs run with this package."""

from __future__ import annotations

from collections.abc import Iterable

PORTED_TEST = "test_a_ported_program_prints_what_the_original_prints["
ORIGINAL_TEST = "test_the_original_program_runs["


def summary(passed: Iterable[str], others: Iterable[str]) -> list[str]:
    """Return the lines to print. Programs that were not selected are not counted.

    Args:
        passed: The names of the tests that passed.
        others: The names of the tests that failed, as expected or not.
    """
    passed, others = list(passed), list(others)
    lines = []
    for test, place in (PORTED_TEST, "with this package"), (ORIGINAL_TEST, "with the SDK"):
        running, failing = (sum(test in name for name in names) for names in (passed, others))
        if running + failing:
            lines.append(f"{running} of {running + failing} programs written for the SDK run {place}")
    return lines
