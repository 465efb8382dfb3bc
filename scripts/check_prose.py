"""Check that comments, docstrings, messages and pages are in plain English, by a list of phrases to avoid.

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

from schema.paths import ROOT

FILES = ("*.py", "*.md", "*.yaml", "*.yml", "*.toml", "*.in", "*.mjs", "Makefile")
# Generated code, and the two files that must hold the phrases.
SKIPPED = ("/_generated/", "scripts/check_prose.py", "tests/scripts/test_check_prose.py")
ALLOW = "prose: allow"
# A phrase, as a regular expression in which a space also stands for the end of a line, and what to write instead.
PHRASES = {
    r"(?<!there\s)(?:is|are|was|were) no (?!longer|more|such)\w+": "is not a …, has no …",
    r"(?:is|are|was|were) (?-i:none)": "is not …, does not have one",
    r"mend(?:s|ed|ing)?": "fix, correct",
    r"(?:stand|stands|stood|standing) in": "is in, is at",
    r"of (?:its|their|our|your) own": "its own …, a separate …",
    r"besides": "also, as well as, apart from",
    r"aside": "apart, separately",
    r"for ever": "without end",
    r"the likes?(?: of (?:it|them))?": "such …, similar …",
    r"what \w+ (?:make|makes|made) of": "how … understood, what … returned",
    r"(?:its|their|our|nobody's) business": "… handles, … is responsible for",
    r"said (?:once|twice)": "repeated, in one place",
    r"(?:seconds?|minutes?|hours?|events?) behind": "… after",
    r"wants? (?:its|their) \w+ said": "needs its …",
    r"set by itself": "set automatically",
    r"alike": "the same, equally, both",
    r"words? for": "name of, term for",
    r"(?:tell|tells|told|telling) (?:\w+ )?apart": "distinguish",
    r"all the same": "anyway",
    r"(?:there|where)(?:of|in|upon)": "of it, in which, …",
    r"\w*(?:normal|serial|initial|recogn|summar|synchron|optim)is(?:e|ed|es|er|ers|ing|ation|able)": "-ize",
    r"behaviours?": "behavior",
}
GAP = r"[\s#]+"
PATTERNS = {re.compile(rf"\b(?:{phrase.replace(' ', GAP)})\b", re.IGNORECASE): phrase for phrase in PHRASES}


def findings(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the number of the line, the phrase that was found, and what to write instead."""
    lines = text.splitlines()
    for pattern, phrase in PATTERNS.items():
        for match in pattern.finditer(text):
            number = text.count("\n", 0, match.start()) + 1
            if ALLOW not in lines[number - 1]:
                yield number, " ".join(match[0].replace("#", " ").split()), PHRASES[phrase]


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
