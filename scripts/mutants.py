"""Test the tests: change the code in many small ways, and see whether the tests notice each change.

    python scripts/mutants.py                  test all groups of scripts/mutation/groups.toml
    python scripts/mutants.py --group decoder  test one group

Each change is a mutant. The output is a table, then each mutant that no test noticed and that has no judgement in
scripts/mutation/survivors.txt. The exit status is 1 if there is such a mutant, or if a score is too low.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

from mutation.run import FOLDER, Group, Result, RunError, read_groups, run_group
from mutation.survivors import Mutant, SurvivorsError, read_survivors
from schema.paths import ROOT

LOWEST_SCORE = 85
SURVIVORS = FOLDER / "survivors.txt"


def table(results: dict[str, Result]) -> str:
    """Return the results as lines of text. The last line is the total, if there are several groups."""
    rows = dict(results)
    if len(rows) > 1:
        total = sum((result.statuses for result in results.values()), Counter[str]())
        rows["total"] = Result(total, [mutant for result in results.values() for mutant in result.survivors])
    lines = [f"{'group':12} {'mutants':>8} {'killed':>8} {'survived':>9} {'timeout':>8} {'score':>8}"]
    for name, result in rows.items():
        killed, timeout = result.statuses["killed"], result.statuses["timeout"]
        survived = result.statuses.total() - result.noticed
        lines.append(f"{name:12} {result.statuses.total():8} {killed:8} {survived:9} {timeout:8} {result.score:7.1f}%")
    return "\n".join(lines)


def compare(
    groups: list[Group], results: dict[str, Result], judged: dict[Mutant, str]
) -> tuple[set[Mutant], set[Mutant]]:
    """Return the survivors that are not judged, and the judged mutants of these groups that did not survive."""
    modules = {module for group in groups for module in group.modules}
    survivors = {mutant for result in results.values() for mutant in result.survivors}
    return survivors - judged.keys(), {mutant for mutant in judged if mutant.module in modules} - survivors


def main(arguments: list[str] | None = None) -> int:
    known, settings = read_groups()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--group", choices=["", *(group.name for group in known)], default="", help="only this group")
    parser.add_argument("--processes", type=int, default=2, help="how many mutants to test at a time")
    parser.add_argument("--folder", type=Path, default=ROOT / ".mutants", help="where to put the copies of the project")
    options = parser.parse_args(arguments)
    groups = [group for group in known if options.group in ("", group.name)]
    results: dict[str, Result] = {}
    try:
        judged = read_survivors(SURVIVORS.read_text(encoding="utf-8"))
        for group in groups:
            started = time.monotonic()
            results[group.name] = run_group(group, settings, options.folder / group.name, options.processes)
            seconds = time.monotonic() - started
            print(f"{group.name}: {results[group.name].statuses.total()} mutants ({seconds:.0f} s)", flush=True)
    except (RunError, SurvivorsError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(f"\n{table(results)}")
    not_judged, gone = compare(groups, results, judged)
    for mutant in sorted(not_judged, key=str):
        print(f"\nnot judged in {SURVIVORS.relative_to(ROOT)}:\n{mutant}")
    for mutant in sorted(gone, key=str):
        print(f"\njudged, but not a survivor any more:\n{mutant}")
    low = [name for name, result in results.items() if result.score < LOWEST_SCORE]
    if low:
        print(f"\nerror: under {LOWEST_SCORE} %: {', '.join(low)}", file=sys.stderr)
    return int(bool(low or not_judged))


if __name__ == "__main__":
    sys.exit(main())
