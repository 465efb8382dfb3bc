"""What the tests of tools share: types for parameters and outputs, and the blocks of a conversation with tools."""

from __future__ import annotations

import asyncio
import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import attrs
import msgspec
import pydantic

from baseten_messages_client import AsyncToolRunner, Message, ToolRunner, tool

from ..support import say

ASK = say("Go.")
HOSTED = {"type": "baseten__exa__web_search_exa"}


class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"


@dataclass
class Point:
    x: int
    y: int = 0


@attrs.define
class Box:
    width: float
    labels: list[str] = attrs.field(factory=list)


class Struct(msgspec.Struct):
    name: str
    point: Point | None = None


class Inner(pydantic.BaseModel):
    number: int


class Outer(pydantic.BaseModel):
    inner: list[Inner]


def use(identifier: str, name: str, arguments: Any) -> dict[str, Any]:
    return {"type": "tool_use", "id": identifier, "name": name, "input": arguments}


def result(identifier: str, content: Any, **fields: Any) -> dict[str, Any]:
    return {"type": "tool_result", "tool_use_id": identifier, "content": content, **fields}


def turn(*blocks: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"content": list(blocks), "stop_reason": "tool_use", **fields}


class Outcome:
    """What a runner has when it is done."""

    def __init__(self, turns: list[Message], runner: ToolRunner[Any] | AsyncToolRunner[Any]) -> None:
        self.turns = turns
        self.messages = runner.messages
        self.usage = runner.usage
        self.last = runner.last_message

    @property
    def results(self) -> list[Any]:
        """The first turn's results."""
        return cast("list[Any]", self.messages[2]["content"])


Run = Callable[..., Outcome]


@tool
def double(number: int) -> int:
    """Double a number."""
    return 2 * number


@tool
async def triple(number: int) -> int:
    """Triple a number."""
    await asyncio.sleep(0)
    return 3 * number


@tool
def fail() -> None:
    """Fail."""
    raise RuntimeError("the disk is full")
