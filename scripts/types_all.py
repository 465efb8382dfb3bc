"""Report how the type checkers that do not gate judge the programs of `tests/typing`.

    python scripts/types_all.py .venv-types

For each checker: how many right programs it accepts, how many wrong ones it catches, and the names of the others. With
`--verbose`, also what it reports about them. A failing checker is a line of the report: this command always succeeds.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap

from schema.paths import ROOT
from typing_corpus.checkers import REPORTED, Checker, run
from typing_corpus.programs import Program, read_programs
from typing_corpus.results import lock_environment


def judge(checker: Checker, environment: Path, tools: Path) -> dict[Program, str]:
    """Return the programs that a checker judges differently, and how."""
    findings = list(checker.read(run(checker.command(environment, tools), environment)))
    complaints = ((program, program.complaint(findings)) for program in read_programs())
    return {program: complaint for program, complaint in complaints if complaint is not None}


def report(results: dict[str, dict[Program, str] | Exception], verbose: bool) -> Iterator[str]:
    """Yield the lines of the report."""
    programs = read_programs()
    wrong = sum(1 for program in programs if program.lines)
    yield f"{'checker':14}{'right programs pass':22}wrong programs are caught"
    for name, misses in results.items():
        if isinstance(misses, Exception):
            yield f"{name:14}failed: {misses}"
            continue
        missed = sum(1 for program in misses if program.lines)
        right = len(programs) - wrong
        yield f"{name:14}{f'{right - len(misses) + missed} of {right}':22}{wrong - missed} of {wrong}"
    for name, misses in results.items():
        if isinstance(misses, dict) and misses:
            yield f"\n{name} judges differently:"
            if verbose:
                yield from (f"  {line}" for complaint in misses.values() for line in complaint.splitlines())
            else:
                yield from wrap(
                    ", ".join(program.file for program in misses), 118, initial_indent="  ", subsequent_indent="  "
                )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tools", type=Path, help="the virtual environment with the checkers")
    parser.add_argument("--verbose", action="store_true", help="also show what the checkers report")
    options = parser.parse_args(arguments)
    results: dict[str, dict[Program, str] | Exception] = {}
    with lock_environment() as environment:
        for checker in REPORTED:
            try:
                results[checker.name] = judge(checker, environment, ROOT / options.tools)
            except (RuntimeError, OSError, ValueError, LookupError) as error:
                results[checker.name] = error
    print("\n".join(report(results, options.verbose)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
