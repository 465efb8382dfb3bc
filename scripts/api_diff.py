"""Report what the working tree changes for callers, compared with a git revision, as Markdown on standard output.

python scripts/api_diff.py --base main                      print the report
python scripts/api_diff.py --base main --fail-on breaking   the same, and exit with 1 when a change breaks callers
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from diff.compare import compare
from diff.edition import DiffError, committed, present
from schema.paths import ROOT


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", required=True, help="the git revision to compare with")
    parser.add_argument("--fail-on", choices=["", "breaking"], default="", help="exit with 1 on such a verdict")
    options = parser.parse_args(arguments)
    try:
        report = compare(committed(options.base, root), present(root))
    except (DiffError, ImportError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(report.markdown(), end="")
    return int(bool(options.fail_on) and report.verdict == options.fail_on)


if __name__ == "__main__":
    sys.exit(main())
