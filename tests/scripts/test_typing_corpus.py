"""The runner of `tests/typing`: which lines a mark covers, and how findings are judged and read."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent

import pytest

import types_all
from typing_corpus.checkers import GATING, REPORTED, Checker
from typing_corpus.programs import CorpusError, Finding, Program, read_program, statement_around

CHECKERS = {checker.name: checker for checker in (*GATING, *REPORTED)}

SOURCE = dedent(
    """\
    import models


    @decorate(
        1,
    )
    def ask(
        client: Client,
    ) -> str:
        answer = client.create(
            model="m",
        )
        with client.stream(
            model="m",
        ) as stream:
            print(stream)
        match answer:
            case models.Text(
                text=text,
            ):
                return text
            case _:
                pass
        try:
            return answer
        except Wrong as error:
            raise error
    """
)


@pytest.mark.parametrize(
    ("line", "first", "last"),
    [
        pytest.param(1, 1, 1, id="a statement on one line"),
        pytest.param(8, 4, 9, id="a function without its body, with its decorators"),
        pytest.param(5, 4, 9, id="an argument of a decorator"),
        pytest.param(11, 10, 12, id="an argument of a call"),
        pytest.param(13, 13, 15, id="a context manager without the body"),
        pytest.param(16, 16, 16, id="a statement in a body"),
        pytest.param(17, 17, 17, id="the subject of a match"),
        pytest.param(19, 18, 20, id="a pattern without the body"),
        pytest.param(26, 26, 26, id="the classes of an except clause"),
    ],
)
def test_a_mark_covers_its_statement(line: int, first: int, last: int) -> None:
    assert statement_around(SOURCE, line) == range(first, last + 1)


@pytest.mark.parametrize(
    ("file", "source"),
    [
        pytest.param("right/a.py", "print(1)  # error: no\n", id="a mark in a right program"),
        pytest.param("wrong/a.py", "print(1)\n", id="no mark in a wrong program"),
        pytest.param("wrong/a.py", "print(1)  # error: a\nprint(2)  # error: b\n", id="two marks"),
        pytest.param("wrong/a.py", "# error: a\n\nprint(1)\n", id="a mark outside of the statements"),
    ],
)
def test_a_program_that_breaks_the_rules_is_refused(file: str, source: str) -> None:
    with pytest.raises(CorpusError):
        read_program(source, file)


@pytest.mark.parametrize(
    ("file", "lines", "complaint"),
    [
        pytest.param("right/a.py", [], None, id="right, and nothing is reported"),
        pytest.param("right/a.py", [1], "right/a.py:1: no", id="right, and something is reported"),
        pytest.param("wrong/a.py", [2], None, id="wrong, and it is reported at the mark"),
        pytest.param("wrong/a.py", [2, 2], None, id="wrong, and it is reported twice"),
        pytest.param("wrong/a.py", [], "wrong/a.py:2: no error is reported", id="wrong, and nothing is reported"),
        pytest.param("wrong/a.py", [2, 4], "wrong/a.py:4: no", id="wrong, and something else is reported too"),
    ],
)
def test_findings_are_judged(file: str, lines: list[int], complaint: str | None) -> None:
    program = Program(file, range(2, 3) if file.startswith("wrong") else range(0))
    findings = [Finding(file, line, "no") for line in lines]
    assert program.complaint([*findings, Finding("right/other.py", 9, "other")]) == complaint


PYRIGHT = {"file": "right/a.py", "severity": "error", "message": "No", "rule": "bad", "range": {"start": {"line": 2}}}
PYREFLY = {"path": "right/a.py", "severity": "error", "description": "No", "name": "bad", "line": 3}
TY = {
    "severity": "major",
    "description": "No",
    "check_name": "bad",
    "location": {"path": "right/a.py", "positions": {"begin": {"line": 3}}},
}
MYPY = {"file": "right/a.py", "severity": "error", "message": "No", "code": "bad", "line": 3}


@pytest.mark.parametrize(
    ("checker", "output"),
    [
        pytest.param("mypy", f"{json.dumps(MYPY)}\n{json.dumps({**MYPY, 'severity': 'note'})}\n", id="mypy"),
        pytest.param(
            "pyright",
            json.dumps({"generalDiagnostics": [PYRIGHT, {**PYRIGHT, "severity": "warning"}]}),
            id="pyright",
        ),
        pytest.param("ty", json.dumps([TY, {**TY, "severity": "minor"}]), id="ty"),
        pytest.param("pyrefly", json.dumps({"errors": [PYREFLY, {**PYREFLY, "severity": "warn"}]}), id="pyrefly"),
    ],
)
def test_only_the_errors_in_an_output_are_read(checker: str, output: str) -> None:
    assert list(CHECKERS[checker].read(output)) == [Finding("right/a.py", 3, "No [bad]")]


def test_the_report_counts_and_names_what_is_judged_differently(monkeypatch: pytest.MonkeyPatch) -> None:
    programs = [Program("right/a.py", range(0)), Program("right/b.py", range(0)), Program("wrong/c.py", range(1, 2))]
    monkeypatch.setattr(types_all, "read_programs", lambda: programs)
    results: dict[str, dict[Program, str] | Exception] = {
        "ty": {programs[1]: "right/b.py:1: no"},
        "pyrefly": {},
        "other": RuntimeError("crashed"),
    }
    assert list(types_all.report(results, verbose=False)) == [
        "checker       right programs pass   wrong programs are caught",
        "ty            1 of 2                1 of 1",
        "pyrefly       2 of 2                1 of 1",
        "other         failed: crashed",
        "\nty judges differently:",
        "  right/b.py",
    ]
    assert list(types_all.report(results, verbose=True))[-1] == "  right/b.py:1: no"


def test_a_checker_that_cannot_run_is_an_error(tmp_path: Path) -> None:
    missing = Checker("missing", lambda _: [], lambda _: iter(()))
    with pytest.raises(OSError, match="missing"):
        types_all.judge(missing, tmp_path, tmp_path)
