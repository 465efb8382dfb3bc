"""Tokens as the local server counts them: words and runs of punctuation."""

import re

_PIECE = re.compile(r"\s*(?:\w+|[^\w\s]+)|\s+")


def split_tokens(text: str) -> list[str]:
    """Split a text into tokens. Each one includes the white space before it, so that no character is lost."""
    return _PIECE.findall(text)


def count_tokens(text: str) -> int:
    """Count the words and runs of punctuation in a text."""
    return sum(1 for piece in split_tokens(text) if not piece.isspace())


def first_tokens(text: str, limit: int) -> str:
    """Keep at most `limit` tokens of a text."""
    return "".join(split_tokens(text)[:limit])
