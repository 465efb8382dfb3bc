"""Counting and cutting tokens."""

import pytest

from baseten_messages_client.testing._tokens import count_tokens, first_tokens, split_tokens


@pytest.mark.parametrize(
    ("text", "tokens"),
    [("", []), ("  ", ["  "]), ("Hello, world! ", ["Hello", ",", " world", "!", " "]), ("a...b", ["a", "...", "b"])],
)
def test_tokens_are_words_and_runs_of_punctuation(text: str, tokens: list[str]) -> None:
    assert split_tokens(text) == tokens
    assert "".join(tokens) == text
    assert count_tokens(text) == len([token for token in tokens if token.strip()])


def test_first_tokens_keeps_the_space_between() -> None:
    assert first_tokens("Hello,  world!", 3) == "Hello,  world"
