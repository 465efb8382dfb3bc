"""Report what the working tree changes for callers, compared with a git revision.

python scripts/api_diff.py --base main                      print the report as Markdown
python scripts/api_diff.py --base main --format json        as JSON; `github` prints annotations of GitHub
python scripts/api_diff.py --base main --html report.html   also write the report as a page; `--markdown` as Markdown
python scripts/api_diff.py --base main --fail-on breaking   exit with 1 when callers break, or a part fails
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from diff import callers
from diff.annotations import github_commands
from diff.compare import compare
from diff.edition import DiffError, Edition, committed, present
from diff.html_page import html_page
from diff.report import Report
from schema.paths import ROOT
from schema.trial import failures


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", required=True, help="the git revision to compare with")
    parser.add_argument("--format", choices=["", "markdown", "json", "github"], default="", help="what to print")
    parser.add_argument("--html", default="", metavar="FILE", help="also write the report as one page")
    parser.add_argument("--markdown", default="", metavar="FILE", help="also write the report as Markdown")
    parser.add_argument("--fail-on", choices=["", "breaking"], default="", help="exit with 1 on such a verdict")
    options = parser.parse_args(arguments)
    try:
        new, not_compared = _working_tree(root)
        old = committed(options.base, root)
        report = compare(old, new, not_compared, lambda: callers.check(options.base, root), lambda: failures(root))
    except DiffError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(_text(report, options.format, new), end="")
    for name, write in ((options.html, html_page), (options.markdown, Report.markdown)):
        if name:
            Path(name).write_text(write(report), encoding="utf-8")
    return int(bool(options.fail_on) and report.verdict in (options.fail_on, "incomplete"))


def _working_tree(root: Path) -> tuple[Edition, list[str]]:
    """Return the state of the working tree, and the parts of it that cannot be read."""
    try:
        return present(root), []
    except ImportError as error:
        return present(root, importable=False), [f"the Python surface. {str(error).splitlines()[0]}"]


def _text(report: Report, form: str, new: Edition) -> str:
    """Return the report in the form that is asked for."""
    if form == "json":
        return json.dumps(report.data(), indent=2, ensure_ascii=False) + "\n"
    return github_commands(report, new.schema_text, new.surface) if form == "github" else report.markdown()


if __name__ == "__main__":
    sys.exit(main())
