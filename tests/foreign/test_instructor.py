"""instructor, with the `create` methods of this package."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import anyio
import instructor
import pytest
from instructor.core.exceptions import InstructorRetryException
from pydantic import BaseModel

from baseten_messages_client import AsyncBaseten, Baseten
from baseten_messages_client.testing import LocalServer

from ..support import KEY, say

ASK = say("Who is in this text? The prize went to Ada, who is 36.")
MODES = instructor.Mode


class Person(BaseModel):
    name: str
    age: int


ADA = {"name": "Ada", "age": 36}


def call_of(**fields: Any) -> dict[str, Any]:
    return {"content": [{"type": "tool_use", "name": "Person", "input": fields}]}


def extract(mode: str, server: LocalServer, way: Any = MODES.TOOLS, **fields: Any) -> Any:
    """Have instructor patch `create` of the sync or async client, and call it."""

    def patch(create: Any) -> Any:
        return instructor.patch(create=create, mode=way, provider=instructor.Provider.ANTHROPIC)

    options = {"api_key": KEY, "base_url": server.url}
    arguments = {"response_model": Person, **ASK, **fields}
    if mode == "sync":
        with Baseten(**options) as client:
            return patch(client.messages.create)(**arguments)

    async def main() -> Any:
        async with AsyncBaseten(**options) as client:
            return await patch(client.messages.create)(**arguments)

    return anyio.run(main)


def test_an_answer_becomes_a_model(mode: str, server: LocalServer) -> None:
    server.enqueue(call_of(**ADA))
    assert extract(mode, server).model_dump() == ADA
    (request,) = server.requests
    assert request.json["messages"] == ASK["messages"]
    assert request.json["tools"][0]["name"] == "Person" == request.json["tool_choice"]["name"]


def test_several_calls_become_several_models(mode: str, server: LocalServer) -> None:
    content = [*call_of(**ADA)["content"], *call_of(name="Bob", age=7)["content"]]
    server.enqueue({"content": content})
    found = list(extract(mode, server, MODES.PARALLEL_TOOLS, response_model=Iterable[Person]))
    assert [person.model_dump() for person in found] == [ADA, {"name": "Bob", "age": 7}]


@pytest.mark.filterwarnings("ignore:Anthropic client does not support:UserWarning")
@pytest.mark.parametrize("way", [MODES.JSON, MODES.JSON_SCHEMA], ids=str)
def test_json_modes_want_messages_of_the_official_sdk(mode: str, server: LocalServer, way: Any) -> None:
    server.enqueue('{"name": "Ada", "age": 36}')
    with pytest.raises(InstructorRetryException, match="must be an Anthropic Message"):
        extract(mode, server, way, max_retries=0)


def test_an_answer_that_does_not_fit_is_asked_for_again(mode: str, server: LocalServer) -> None:
    server.enqueue(call_of(name="Ada", age="old"))
    server.enqueue(call_of(**ADA))
    assert extract(mode, server, max_retries=2).model_dump() == ADA
    (result,) = server.requests[1].json["messages"][2]["content"]
    assert (result["type"], result["is_error"]) == ("tool_result", True)
