"""Annotations as text, the same on every Python."""

from __future__ import annotations

import pytest

from diff.annotation_text import type_text


@pytest.mark.parametrize(
    ("annotation", "text"),
    [
        (int | None, "int | None"),
        ("Optional[int]", "int | None"),
        ("Union[int, 'str']", "int | 'str'"),
        ("typing.Literal['a', 'b']", "Literal['a', 'b']"),
        ('Literal["a"]', "Literal['a']"),
        ("collections.abc.Mapping[str, typing.Any]", "Mapping[str, Any]"),
        (None, "None"),
        ("baseten_messages_client._generated.models.text_block.TextBlock", "models.TextBlock"),
    ],
)
def test_a_type_is_written_the_same_on_every_python(annotation: object, text: str) -> None:
    assert type_text(annotation) == text
