"""Annotations as text: which type takes all that another takes."""

from __future__ import annotations

import pytest

from diff.python_types import covers


@pytest.mark.parametrize(
    ("wide", "narrow", "expected"),
    [
        ("int", "int", True),
        ("int | str", "int", True),
        ("int", "int | str", False),
        ("str | int", "int | str", True),
        ("float", "int", True),
        ("int", "float", False),
        ("Any", "list[int]", True),
        ("str", "Any", False),
        ("str", "Literal['a', 'b']", True),
        ("Literal['a', 'b', 'c']", "Literal['a', 'b']", True),
        ("Literal['a']", "Literal['a', 'b']", False),
        ("Literal['a']", "str", False),
        ("list[int | str]", "list[int]", True),
        ("list[int]", "list[int | str]", False),
        ("Sequence[int]", "list[int]", True),
        ("Mapping[str, int | None]", "dict[str, int]", True),
        ("dict[str, int]", "dict[str, int, int]", False),
        ("int | Unset", "int", True),
        ("models.A | UnknownB", "models.C", False),
        ("not a type (", "int", False),
    ],
)
def test_a_type_covers_another(wide: str, narrow: str, expected: bool) -> None:
    assert covers(wide, narrow) is expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("list[TextPart | UnknownPart]", "list[TextPart | NewPart | UnknownPart]", True),
        ("list[TextPart | UnknownPart]", "list[TextPart | UnknownPart | None]", False),
        ("list[TextPart | UnknownPart]", "list[TextPart | UnknownPart] | None", False),
        ("TextPart | UnknownPart", "TextPart | UnknownPart | Unset", False),
        ("list[TextPart]", "list[TextPart | NewPart]", False),
    ],
)
def test_a_union_that_ends_with_an_unknown_member_expects_new_ones(old: str, new: str, expected: bool) -> None:
    assert covers(old, new, open_unions=True) is expected
