"""The corpus under mypy and pyright: right programs have no errors, and wrong programs have theirs (see README.md)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from schema.paths import ROOT
from typing_corpus.checkers import GATING, Checker
from typing_corpus.programs import FOLDER, Program, read_programs
from typing_corpus.results import Results, check_corpus

PROGRAMS = read_programs()
RIGHT = [program for program in PROGRAMS if not program.lines]
WRONG = [program for program in PROGRAMS if program.lines]

# The first test of each process waits for the checkers.
pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="session")
def results() -> Results:
    return check_corpus()


@pytest.mark.parametrize("checker", GATING, ids=lambda checker: checker.name)
@pytest.mark.parametrize("program", RIGHT, ids=lambda program: program.name)
def test_a_right_program_has_no_errors(results: Results, program: Program, checker: Checker) -> None:
    complaint = program.complaint(results.findings[checker.name])
    assert complaint is None, complaint


@pytest.mark.parametrize("checker", GATING, ids=lambda checker: checker.name)
@pytest.mark.parametrize("program", WRONG, ids=lambda program: program.name)
def test_a_wrong_program_has_errors_in_the_marked_statement_only(
    results: Results, program: Program, checker: Checker
) -> None:
    complaint = program.complaint(results.findings[checker.name])
    assert complaint is None, complaint


def test_every_error_is_in_a_program(results: Results) -> None:
    files = {program.file for program in PROGRAMS}
    elsewhere = [found for findings in results.findings.values() for found in findings if found.file not in files]
    assert not elsewhere, "\n".join(map(str, elsewhere))


def test_every_public_name_has_a_known_type(results: Results) -> None:
    completeness = results.verified["typeCompleteness"]
    problems = {
        f"{symbol['name']}: {problem['message']}"
        for symbol in completeness["symbols"]
        if symbol["isTypeAmbiguous"] or not symbol["isTypeKnown"]
        for problem in symbol["diagnostics"]
    }
    assert completeness["completenessScore"] == 1, "\n".join(sorted(problems))


def test_the_package_that_is_checked_is_the_built_wheel(results: Results) -> None:
    folder = Path(results.verified["typeCompleteness"]["packageRootDirectory"])
    assert folder.is_relative_to(results.environment)
    assert (folder / "py.typed").is_file()


def test_the_code_in_the_readme_is_a_right_program() -> None:
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    program = (FOLDER / "right" / "readme.py").read_text(encoding="utf-8")
    assert len(blocks) > 5
    assert program == "\n\n".join(blocks), "copy the code blocks of README.md into right/readme.py"


def test_there_are_programs_of_both_sorts() -> None:
    assert min(len(RIGHT), len(WRONG)) >= 65
