"""The stock client that the generator writes, with our authentication: the page in docs/ that shows how to use it."""

from __future__ import annotations

import asyncio
import re
from importlib import import_module
from pathlib import Path

import pytest

import baseten_messages_client
from baseten_messages_client import models
from baseten_messages_client._generated import Client
from baseten_messages_client.auth import BasetenAuth
from baseten_messages_client.testing import LocalServer

from .support import HELLO, KEY

PAGE = (Path(__file__).parent.parent / "docs" / "generated-client.md").read_text(encoding="utf-8")
API = Path(baseten_messages_client.__file__).parent / "_generated" / "api"
# A new edition of the schema may give the operation another name, which breaks nobody.
((GROUP, NAME),) = (
    (path.parent.name, path.stem) for path in API.glob("*/*.py") if '"/v1/messages"' in path.read_text()
)
create_message = import_module(f"baseten_messages_client._generated.api.{GROUP}.{NAME}")
REQUEST = models.MessagesRequest.from_dict(HELLO)


def stock_client(server: LocalServer) -> Client:
    return Client(server.url, httpx_args={"auth": BasetenAuth(KEY, "Api-Key")})


def test_the_code_of_the_page_runs(
    server: LocalServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BASETEN_API_KEY", KEY)
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    server.enqueue("Good day.")
    server.enqueue(status=402)
    program = code.replace("https://inference.baseten.co", server.url)
    program = program.replace("messages import create_message", f"{GROUP} import {NAME} as create_message")
    exec(program, {})
    exec(program, {})
    printed = capsys.readouterr().out
    assert "text='Good day.'" in printed
    assert "failed: 402" in printed
    assert [request.headers["authorization"] for request in server.requests] == [f"Bearer {KEY}"] * 2


def test_the_async_call_sends_the_header_too(server: LocalServer) -> None:
    async def call() -> object:
        async with stock_client(server) as client:
            return (await create_message.asyncio_detailed(client=client, body=REQUEST)).parsed

    assert isinstance(asyncio.run(call()), models.MessagesResponse)
    (request,) = server.requests
    assert request.headers["authorization"] == f"Api-Key {KEY}"
    assert "x-api-key" not in request.headers


def test_a_listed_error_is_not_parsed_as_the_page_says(server: LocalServer) -> None:
    server.enqueue(status=401)
    with stock_client(server) as client:
        assert create_message.sync_detailed(client=client, body=REQUEST).parsed is None


def test_a_status_without_a_name_is_a_value_error_as_the_page_says(server: LocalServer) -> None:
    server.enqueue(status=529)
    with stock_client(server) as client, pytest.raises(ValueError, match="529"):
        create_message.sync_detailed(client=client, body=REQUEST)
