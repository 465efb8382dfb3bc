"""Write `api-surface.txt`: everything that a caller of the package can name, one fact a line, for readable diffs.

    python scripts/surface.py           rewrite the file
    python scripts/surface.py --check   write nothing; exit with 1 when it is stale

`diff/surface_reader.py` says what counts as a fact.
"""

from __future__ import annotations

import argparse
import difflib
import sys

from diff.surface_reader import surface_of
from schema.paths import ROOT, SURFACE


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="fail when the file is stale instead of writing it")
    options = parser.parse_args(arguments)
    try:
        fresh = surface_of(ROOT)
    except ImportError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    path = ROOT / SURFACE
    if not options.check:
        path.write_text(fresh, encoding="utf-8")
        return 0
    present = path.read_text(encoding="utf-8") if path.exists() else ""
    changes = list(difflib.unified_diff(present.splitlines(), fresh.splitlines(), lineterm="", n=0))
    for line in changes[2:]:  # After the two lines that name the files.
        if line[0] in "+-":
            print(f"stale: {SURFACE}: {line}", file=sys.stderr)
    if fresh != present:
        print("run `make generate` and commit what it writes", file=sys.stderr)
    return int(fresh != present)


if __name__ == "__main__":
    sys.exit(main())
