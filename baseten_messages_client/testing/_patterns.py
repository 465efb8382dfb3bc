"""A string that matches a simple regular expression."""

import re
from collections.abc import Iterator

_CLASSES = {"d": "0", "w": "a", "s": " ", "D": "a", "W": "-", "S": "a"}
_CONTROLS = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v"}
_PRINTABLE = [chr(code) for code in range(ord(" "), ord("~") + 1)]
_LONGEST = 10_000


class UnsupportedPatternError(Exception):
    """The expression uses something that this module does not read, such as a look-ahead."""


def matching_strings(pattern: str, longest: int) -> Iterator[str]:
    """Make strings that should match, with more and more repetitions; the caller checks them.

    Args:
        pattern: A regular expression of literals, classes, groups, alternatives, repetitions and anchors.
        longest: How many repetitions to add at most, beyond those that the expression asks for.

    Yields:
        Candidates, the shortest first; none for an expression that this module cannot read.
    """
    for extra in range(longest + 1):
        try:
            yield _Sampler(pattern, extra).sample()
        except UnsupportedPatternError:
            return


class _Sampler:
    """Reads an expression from left to right and writes a match of it.

    Args:
        pattern: The regular expression.
        extra: Repetitions to add where the expression allows more than it asks for.
    """

    def __init__(self, pattern: str, extra: int) -> None:
        self._rest = pattern
        self._extra = extra

    def sample(self) -> str:
        """Write a match of the whole expression."""
        text = self._alternatives()
        if self._rest:
            raise UnsupportedPatternError(self._rest)
        return text

    def _take(self, pattern: str) -> re.Match[str] | None:
        """Take a token off the front of what is left to read."""
        match = re.match(pattern, self._rest, re.DOTALL)
        if match:
            self._rest = self._rest[match.end() :]
        return match

    def _alternatives(self) -> str:
        """Read alternatives; the first one is as good as any."""
        first = self._sequence()
        while self._take(r"\|"):
            self._sequence()
        return first

    def _sequence(self) -> str:
        """Read parts up to the end of the group."""
        text = ""
        while self._rest and self._rest[0] not in "|)":
            text += self._repeated(self._atom())
        return text

    def _atom(self) -> str:
        """Read one part: an anchor, a group, a class or a character."""
        if self._take(r"[\^$]"):
            return ""
        if self._take(r"\((\?:|\?P?<\w+>|(?!\?))"):
            text = self._alternatives()
            if not self._take(r"\)"):
                raise UnsupportedPatternError("unclosed group")
            return text
        if self._take(r"\["):
            return self._character_class()
        if self._take(r"\."):
            return "a"
        if match := self._take(r"\\(.)"):
            return self._escape(match[1])
        if match := self._take(r"[^(*+?{]"):
            return match[0]
        raise UnsupportedPatternError(self._rest)

    def _escape(self, letter: str) -> str:
        """Give a character for what follows a backslash."""
        known = _CLASSES | _CONTROLS
        if letter.isalnum() and letter not in known:
            raise UnsupportedPatternError(f"\\{letter}")
        return known.get(letter, letter)

    def _character_class(self) -> str:
        """Read a class such as `[a-z0-9_]` and give its first printable member."""
        match = self._take(r"(?:\^?\]?(?:\\.|[^\]\\])*)\]")
        if not match:
            raise UnsupportedPatternError("unclosed class")
        try:
            member = re.compile("[" + match[0])
        except re.error as error:
            raise UnsupportedPatternError(str(error)) from None
        # A letter reads better than the punctuation that comes first in ASCII.
        for character in sorted(_PRINTABLE, key=lambda character: not character.isalnum()):
            if member.fullmatch(character):
                return character
        raise UnsupportedPatternError(match[0])

    def _repeated(self, text: str) -> str:
        """Read what follows a part, such as `{2,4}`, and repeat the part."""
        least, most = 1, 1
        if match := self._take(r"([*+?])[?+]?"):
            least, most = {"*": (0, _LONGEST), "+": (1, _LONGEST), "?": (0, 1)}[match[1]]
        elif match := self._take(r"\{(\d+)(,(\d*))?\}\??"):
            least = int(match[1])
            most = int(match[3] or _LONGEST) if match[2] else least
        times = min(least + self._extra, most)
        if times * len(text) > _LONGEST:
            raise UnsupportedPatternError("too long")
        return text * times
