"""`messages.parse`: output of a type, corrected by the model if it does not fit, or an error that holds what came."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypedDict

import anyio
import attrs
import msgspec
import pydantic
import pytest
from msgspec import Meta

from baseten_messages_client import AsyncBaseten, Baseten, Message, ParsedMessage, ToolInputError
from baseten_messages_client.testing import LocalServer

from ..support import HELLO, KEY


@dataclass
class City:
    name: str
    inhabitants: Annotated[int, Meta(ge=0)]


@attrs.define
class Box:
    width: int


class Struct(msgspec.Struct):
    a: int


class Typed(TypedDict):
    a: int


class Model(pydantic.BaseModel):
    a: int


@dataclass
class Node:
    name: str
    children: list[Node]


Parse = Callable[..., ParsedMessage[Any]]


@pytest.fixture
def parse(mode: str, server: LocalServer) -> Parse:
    def call(output_type: Any, **arguments: Any) -> ParsedMessage[Any]:
        fields = {**HELLO, **arguments}
        if mode == "sync":
            with Baseten(api_key=KEY, base_url=server.url) as client:
                return client.messages.parse(output_type=output_type, **fields)

        async def main() -> ParsedMessage[Any]:
            async with AsyncBaseten(api_key=KEY, base_url=server.url) as client:
                return await client.messages.parse(output_type=output_type, **fields)

        return anyio.run(main)

    return call


def give(arguments: Any, **fields: Any) -> dict[str, Any]:
    call = {"type": "tool_use", "id": "t1", "name": "give_output", "input": arguments}
    return {"content": [call], "stop_reason": "tool_use", **fields}


@pytest.mark.parametrize(
    ("output_type", "arguments", "output"),
    [
        (City, {"name": "Rome", "inhabitants": 5}, City("Rome", 5)),
        (Box, {"width": 1}, Box(1)),
        (Struct, {"a": 1}, Struct(1)),
        (Typed, {"a": 1}, {"a": 1}),
        (Model, {"a": 1}, Model(a=1)),
        (dict[str, int], {"a": 1}, {"a": 1}),
        (list[City], {"output": [{"name": "Rome", "inhabitants": 5}]}, [City("Rome", 5)]),
        (int, {"output": 5}, 5),
        (str, {"output": "x"}, "x"),
        (Literal["a", "b"], {"output": "b"}, "b"),
        (City | None, {"output": None}, None),
        (Node, {"output": {"name": "a", "children": []}}, Node("a", [])),
    ],
)
def test_output_of_any_describable_type_is_asked_for_and_parsed(
    parse: Parse, server: LocalServer, output_type: Any, arguments: Any, output: Any
) -> None:
    server.enqueue(give(arguments), headers={"x-baseten-request-id": "req_1"})
    message = parse(output_type)
    assert message.output == output
    assert isinstance(message, Message)
    assert message.request_id == "req_1"
    request = server.requests[0].json
    assert request["tool_choice"] == {"type": "tool", "name": "give_output"}
    assert [tool["name"] for tool in request["tools"]] == ["give_output"]
    assert request["tools"][0]["input_schema"]["type"] == "object"


@pytest.mark.parametrize("output_type", [City, Box, Struct, Typed, Model, list[City], int, str, list[str]])
def test_the_local_server_can_answer_for_any_output_type(parse: Parse, output_type: Any) -> None:
    assert parse(output_type).output is not None


@pytest.mark.parametrize(
    ("first", "told"),
    [
        (
            give({"name": 5}),
            "- output.name: expected `str`, got `int` (the argument was 5)\n- output.inhabitants: missing",
        ),
        (give('{"name": '), "not a JSON object"),
        (
            {"content": [{"type": "text", "text": "Rome!"}]},
            "The output is missing. Call the tool give_output with the output.",
        ),
    ],
)
def test_the_model_is_told_what_does_not_fit(parse: Parse, server: LocalServer, first: Any, told: str) -> None:
    server.enqueue(first)
    server.enqueue(give({"name": "Rome", "inhabitants": 5}))
    assert parse(City).output == City("Rome", 5)
    user_turn = server.requests[1].json["messages"][-1]
    assert user_turn["role"] == "user"
    assert told in str(user_turn["content"]).replace("\\n", "\n")


def test_an_output_without_its_only_argument_is_told_to_be_missing(parse: Parse, server: LocalServer) -> None:
    server.enqueue(give({"number": 5}))
    server.enqueue(give({"output": 5}))
    assert parse(int).output == 5
    assert server.requests[1].json["messages"][-1]["content"][0]["content"] == "output: missing"


@pytest.mark.parametrize(("max_repairs", "sent"), [(0, 1), (1, 2), (3, 4)])
def test_an_output_that_still_does_not_fit_is_an_error_that_holds_it(
    parse: Parse, server: LocalServer, max_repairs: int, sent: int
) -> None:
    server.enqueue(give({"name": 5, "inhabitants": 1}), repeat=9)
    with pytest.raises(ToolInputError, match="expected `str`, got `int`") as caught:
        parse(City, max_repairs=max_repairs)
    assert caught.value.raw_input == {"name": 5, "inhabitants": 1}
    assert 'The model\'s output was: {"name":5,"inhabitants":1}' in str(caught.value)
    assert len(server.requests) == sent


def test_a_cut_output_is_not_asked_for_again(parse: Parse, server: LocalServer) -> None:
    server.enqueue(give('{"name": "Ro', stop_reason="max_tokens"))
    with pytest.raises(ToolInputError, match="cut off by max_tokens: increase max_tokens") as caught:
        parse(City)
    assert caught.value.raw_input == '{"name": "Ro'
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("arguments", "error", "told"),
    [
        ({"output_type": complex}, TypeError, "output_type <class 'complex'> cannot be described by a JSON Schema"),
        ({"max_repairs": -1}, ValueError, "max_repairs must be a whole number of at least 0"),
        ({"messages": "Hi"}, TypeError, "messages must be a list of messages"),
        ({"tools": []}, TypeError, "parse sets tools itself"),
        ({"tool_choice": {"type": "auto"}}, TypeError, "parse sets tool_choice itself"),
    ],
)
def test_an_impossible_argument_is_refused(
    parse: Parse, server: LocalServer, arguments: dict[str, Any], error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told):
        parse(**{"output_type": City, **arguments})
    assert not server.requests
