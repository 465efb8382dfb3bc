"""Check that comments, docstrings, messages and pages are in plain English, by the list in `phrases.txt`.

    python scripts/check_prose.py              check every tracked file
    python scripts/check_prose.py README.md    check these files

Each finding is one line: the file, the line, the phrase, and what to write instead. A line with `prose: allow` in a
comment is not checked.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from schema.paths import ROOT

FILES = ("*.py", "*.md", "*.yaml", "*.yml", "*.toml", "*.in", "*.mjs", "Makefile")
SKIPPED = ("/_generated/", "tests/scripts/test_check_prose.py")
ALLOW = "prose: allow"
PHRASES = Path(__file__).with_name("phrases.txt").read_text(encoding="utf-8")
BETTER = dict(line.split(" => ") for line in PHRASES.splitlines() if " => " in line)
GAP = r"[\s#]+"  # Between two words: spaces, or the end of a line and the start of a comment.
PATTERNS = [
    (re.compile(rf"\b(?:{phrase.replace(' ', GAP)})\b", re.IGNORECASE), better) for phrase, better in BETTER.items()
]


def findings(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the number of the line, the phrase that was found, and what to write instead."""
    lines = text.splitlines()
    for pattern, better in PATTERNS:
        for match in pattern.finditer(text):
            number = text.count("\n", 0, match.start()) + 1
            if ALLOW not in lines[number - 1]:
                yield number, " ".join(match[0].replace("#", " ").split()), better


def tracked_files() -> list[str]:
    """Return the tracked files that hold prose, relative to the project."""
    command = ["git", "ls-files", "-z", "--", *FILES]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout
    return [name for name in listed.split("\0") if name and not any(skipped in name for skipped in SKIPPED)]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", help="files to check, in place of all tracked ones")
    options = parser.parse_args(arguments)
    found = 0
    for name in options.files or tracked_files():
        for number, phrase, better in sorted(findings((ROOT / name).read_text(encoding="utf-8"))):
            print(f'{name}:{number}: "{phrase}": write: {better}', file=sys.stderr)
            found += 1
    if found:
        print(f"{found} phrases to reword, or to mark with `{ALLOW}` in a comment on their line", file=sys.stderr)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
