"""What the surface says of a class, a function or a TypedDict, however it is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NotRequired, TypeAlias, TypedDict

import pytest

from diff.surface_reader import facts
from schema.paths import PACKAGE


class Written(TypedDict):
    type: Literal["text"]
    limit: NotRequired[int | None]
    inner: NotRequired[list[Inner] | tuple[Inner, ...]]
    other: NotRequired[Alias]
    more: Sequence[Alias]


Alias: TypeAlias = "Inner | str"


class Inner(TypedDict):
    text: str


Called = TypedDict(  # noqa: UP013 # What matters is that it is made by a call.
    "Called",
    {
        "type": Literal["text"],
        "limit": NotRequired[int | None],
        "inner": NotRequired["list[Inner] | tuple[Inner, ...]"],
        "other": NotRequired[Alias],
        "more": Sequence[Alias],
    },
)
Dashed = TypedDict("Dashed", {"cache-control": str, "class": NotRequired["Inner"]})
Partial = TypedDict("Partial", {"limit": int}, total=False)  # noqa: UP013


def test_a_typed_dict_made_by_a_call_is_printed_like_one_written_as_a_class() -> None:
    assert list(facts("params.It", Called)) == list(facts("params.It", Written))
    assert list(facts("params.It", Written)) == [
        "params.It: TypedDict()",
        "params.It[\"type\"]: required, Literal['text']",
        'params.It["limit"]: optional, int | None',
        'params.It["inner"]: optional, list[Inner] | tuple[Inner, ...]',
        'params.It["other"]: optional, Alias',
        'params.It["more"]: required, Sequence[Alias]',
    ]


def test_keys_that_are_not_python_names_are_printed() -> None:
    assert list(facts("params.It", Dashed)) == [
        "params.It: TypedDict()",
        'params.It["cache-control"]: required, str',
        'params.It["class"]: optional, Inner',
    ]
    assert list(facts("params.It", Partial))[1:] == ['params.It["limit"]: optional, int']


@pytest.fixture
def stream() -> tuple[type, type]:
    """A class, and the base that defines its methods."""

    class Base:
        def close(self, force: bool = False) -> None: ...

    class Stream(Base):
        def read(self) -> bytes:
            return b""

    for cls in (Base, Stream):
        cls.__module__ = f"{PACKAGE}._streaming.streams"
    return Stream, Base


def test_what_a_base_without_a_public_name_defines_is_printed_with_the_class(stream: tuple[type, type]) -> None:
    cls, _ = stream
    assert sorted(facts("Stream", cls, frozenset([id(cls)]))) == [
        "Stream.close(): function, None",
        "Stream.close(force): any, bool = False",
        "Stream.read(): function, bytes",
        "Stream: class()",
    ]


def test_what_a_public_base_defines_is_printed_there_alone(stream: tuple[type, type]) -> None:
    cls, base = stream
    public: Any = frozenset(map(id, stream))
    assert sorted(facts("Stream", cls, public)) == ["Stream.read(): function, bytes", "Stream: class(Base)"]
    assert "Base.close(): function, None" in set(facts("Base", base, public))
