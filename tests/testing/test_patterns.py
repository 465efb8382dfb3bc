"""Strings made for regular expressions."""

import re

import pytest

from baseten_messages_client.testing._patterns import matching_strings


@pytest.mark.parametrize(
    "pattern",
    [
        "abc", "^abc$", "a|b", "^(a|b)c$", "^(?:ab){2}$", "^(?P<n>a)$", r"^\d{3}$", r"^\w+@\w+\.com$",
        r"^\S\s\D\W$", r"^[^a-z]$", r"^[\]a]$", r"^[]b]$", "^[A-Z]{2,4}$", "^a{2,}$", "^.*x?$", r"^\t\n\.$", "^a+?b*?$",
        "^#[0-9a-fA-F]{6}$", r"^\+?[1-9]\d{1,14}$", "", "(?!a)", r"\bword", r"(a)\1", "a{1,2}", "[^ -~]",
    ],
)  # fmt: skip
def test_strings_match_their_pattern(pattern: str) -> None:
    text = next(matching_strings(pattern, 0))
    assert re.search(pattern, text)


def test_later_strings_have_more_repetitions() -> None:
    assert list(matching_strings("^a*b{2}$", 2)) == ["bb", "abb", "aabb"]


@pytest.mark.parametrize("pattern", ["(a", "a)", "[a", "[z-a]", "*", "^(?<n>a)$", "a{1}{2}", "(?>a)"])
def test_patterns_that_are_not_supported(pattern: str) -> None:
    assert list(matching_strings(pattern, 2)) == []
