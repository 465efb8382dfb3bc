"""A string that matches a regular expression."""

import re
from collections.abc import Iterator
from contextlib import suppress
from random import Random
from typing import Any

_MOST_REPETITIONS = 1000


class _Plain(Random):
    """Makes the plainest choice instead of a random one, so that the string is short, readable and always the same.

    Args:
        extra: Repetitions to add where the expression allows more than it asks for.
    """

    def __init__(self, extra: int) -> None:
        super().__init__(0)
        self._extra = extra

    def choice(self, seq: Any) -> Any:
        """Choose the first alternative of an expression, or the most readable character of a class."""
        if not all(isinstance(item, str) for item in seq):
            return seq[0]
        return min(seq, key=lambda character: (not character.isalnum(), not character.isprintable(), character))

    def randint(self, a: int, b: int) -> int:
        """Choose how often to repeat something."""
        return min(a + self._extra, max(a, b), _MOST_REPETITIONS)


def matching_strings(pattern: str, most_extra: int) -> Iterator[str]:
    """Make strings that should match; the caller must check them, since assertions such as `(?!a)` are ignored.

    Args:
        pattern: A regular expression.
        most_extra: How many repetitions to add at most, beyond those that the expression asks for.

    Yields:
        Candidates, the shortest first. There are none for an expression that `rstr` cannot read.
    """
    from rstr import Rstr

    with suppress(re.error, LookupError):
        for extra in range(most_extra + 1):
            yield Rstr(_Plain(extra)).xeger(pattern)
