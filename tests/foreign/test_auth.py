"""`BasetenAuth` alone, in the clients of other people: the service gets its header, and never `x-api-key`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import anthropic
import httpx
import httpx2
import litellm
import pytest
from litellm.llms.custom_httpx.http_handler import AsyncHTTPHandler, HTTPHandler

from baseten_messages_client.auth import BasetenAuth
from baseten_messages_client.testing import LocalServer

from ..support import HELLO, KEY

# LiteLLM, and what it imports, warn about themselves.
pytestmark = pytest.mark.filterwarnings("ignore")


def call_anthropic(url: str) -> str:
    with httpx2.Client(auth=BasetenAuth(KEY)) as http:
        client = anthropic.Anthropic(api_key="unused", base_url=url, http_client=http)
        return str(client.messages.create(**HELLO).content[0].text)


def stream_anthropic(url: str) -> str:
    with httpx2.Client(auth=BasetenAuth(KEY)) as http:
        client = anthropic.Anthropic(api_key="unused", base_url=url, http_client=http)
        with client.messages.stream(**HELLO) as stream:
            return str(stream.get_final_text())


def call_anthropic_async(url: str) -> str:
    async def main() -> str:
        async with httpx2.AsyncClient(auth=BasetenAuth(KEY)) as http:
            client = anthropic.AsyncAnthropic(api_key="unused", base_url=url, http_client=http)
            return str((await client.messages.create(**HELLO)).content[0].text)

    return asyncio.run(main())


LITELLM: dict[str, Any] = {**HELLO, "model": f"anthropic/{HELLO['model']}", "api_key": "unused"}


def call_litellm(url: str) -> str:
    with httpx.Client(auth=BasetenAuth(KEY)) as http:
        answer: Any = litellm.completion(api_base=url, client=HTTPHandler(client=http), **LITELLM)
        return str(answer.choices[0].message.content)


def call_litellm_async(url: str) -> str:
    async def main() -> str:
        async with httpx.AsyncClient(auth=BasetenAuth(KEY)) as http:
            handler = AsyncHTTPHandler()
            handler.client = http
            answer: Any = await litellm.acompletion(api_base=url, client=handler, **LITELLM)
            return str(answer.choices[0].message.content)

    return asyncio.run(main())


@pytest.mark.parametrize(
    "call",
    [call_anthropic, stream_anthropic, call_anthropic_async, call_litellm, call_litellm_async],
    ids=lambda call: call.__name__,
)
def test_the_auth_alone_fixes_the_header(server: LocalServer, call: Callable[[str], str]) -> None:
    server.enqueue("Hello from here.")
    assert call(server.url) == "Hello from here."
    (request,) = server.requests
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert "x-api-key" not in request.headers
