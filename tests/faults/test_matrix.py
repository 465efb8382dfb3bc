"""Every fault at every moment, for every call of both clients, gives what the rules say and what the document shows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .expected_outcomes import PAIRS, expected
from .matrix import DOCUMENT, ROWS, FaultServer, Row, render, run_row, run_server


@pytest.fixture(scope="module")
def fault_server() -> Iterator[FaultServer]:
    with run_server() as server:
        yield server


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.title)
def test_a_fault_gives_what_the_rules_say(fault_server: FaultServer, row: Row) -> None:
    assert run_row(row, fault_server) == expected(row)


def test_the_document_shows_what_the_rules_say() -> None:
    assert PAIRS.keys() == set(ROWS)
    assert DOCUMENT.read_text(encoding="utf-8") == render({row: expected(row) for row in ROWS})
