"""Report what the working tree changes for callers, compared with a git revision, as Markdown on standard output.

python scripts/api_diff.py --base main                      print the report
python scripts/api_diff.py --base main --fail-on breaking   exit with 1 when callers break, or a part fails
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from diff.compare import compare
from diff.edition import DiffError, Edition, committed, present
from schema.paths import ROOT


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", required=True, help="the git revision to compare with")
    parser.add_argument("--fail-on", choices=["", "breaking"], default="", help="exit with 1 on such a verdict")
    options = parser.parse_args(arguments)
    try:
        report = compare(committed(options.base, root), *_working_tree(root))
    except DiffError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(report.markdown(), end="")
    return int(bool(options.fail_on) and report.verdict in (options.fail_on, "incomplete"))


def _working_tree(root: Path) -> tuple[Edition, list[str]]:
    """Return the state of the working tree, and the parts of it that cannot be read."""
    try:
        return present(root), []
    except ImportError as error:
        return present(root, importable=False), [f"the Python surface. {str(error).splitlines()[0]}"]


if __name__ == "__main__":
    sys.exit(main())
