"""The programs of the corpus, and the judgment of what a checker reports about one of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from schema.paths import ROOT

FOLDER = ROOT / "tests" / "typing"
_MARK = re.compile(r"# error: \S")


class CorpusError(Exception):
    """A program of the corpus does not follow the rules; the message names it."""


@dataclass(frozen=True)
class Finding:
    """An error that a checker reports.

    Attributes:
        file: Path of the program, relative to the corpus, such as `right/chat.py`.
        line: Number of the line.
        text: The rule and the message.
    """

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


@dataclass(frozen=True)
class Program:
    """A file of the corpus.

    Attributes:
        file: Path of the program, relative to the corpus.
        lines: The lines on which an error must be reported. Empty if the program is right.
    """

    file: str
    lines: range

    @property
    def name(self) -> str:
        """The name without the folder and the suffix."""
        return Path(self.file).stem

    def complaint(self, findings: Iterable[Finding]) -> str | None:
        """Return what is wrong with the findings of one checker, or None if they are as expected."""
        mine = [finding for finding in findings if finding.file == self.file]
        elsewhere = [finding for finding in mine if finding.line not in self.lines]
        if elsewhere:
            return "\n".join(map(str, elsewhere))
        if self.lines and not mine:
            return f"{self.file}:{self.lines.start}: no error is reported"
        return None


def read_programs(folder: Path = FOLDER) -> list[Program]:
    """Return the programs of the corpus, the right ones first, in order of their names.

    Raises:
        CorpusError: A wrong program does not have exactly one mark, or a right program has one.
    """
    return [
        read_program(path.read_text(encoding="utf-8"), path.relative_to(folder).as_posix())
        for path in [*sorted(folder.glob("right/*.py")), *sorted(folder.glob("wrong/*.py"))]
    ]


def read_program(source: str, file: str) -> Program:
    """Return the program with this source."""
    marks = [number for number, line in enumerate(source.splitlines(), start=1) if _MARK.search(line)]
    if len(marks) != file.startswith("wrong/"):
        raise CorpusError(f"{file}: a wrong program has one mark `# error: …`, a right program has no mark")
    return Program(file, statement_around(source, marks[0]) if marks else range(0))


def statement_around(source: str, line: int) -> range:
    """Return the lines of the innermost statement that has this line.

    Of a statement with a body, only the part before the body counts: `with …:`, `def …:`, `case …:`. The checkers
    report a wrong argument at the start of the call or at the argument, so the line alone would be too strict.
    """
    around = [lines for lines in _statements(ast.parse(source)) if line in lines]
    if not around:
        raise CorpusError(f"line {line} is not in a statement")
    return min(around, key=len)


def _statements(tree: ast.AST) -> Iterator[range]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.stmt, ast.excepthandler)):
            start, end = _first_line(node), node.end_lineno or node.lineno
        elif isinstance(node, ast.match_case):
            start, end = node.pattern.lineno, node.body[-1].end_lineno or node.pattern.lineno
        else:
            continue
        if isinstance(node, ast.Match):
            end = node.cases[0].pattern.lineno - 1
        elif body := getattr(node, "body", None):
            end = max(start, _first_line(body[0]) - 1)
        yield range(start, end + 1)


def _first_line(node: ast.stmt | ast.excepthandler) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])
