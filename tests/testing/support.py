"""Helpers of the tests of the local server."""

import json
import socket
from typing import Any

import httpx

from baseten_messages_client.testing import DEFAULT_MODELS, LocalServer

PATH = "/v1/messages"
MODEL = DEFAULT_MODELS[0]
HELLO: dict[str, Any] = {"model": MODEL, "max_tokens": 100, "messages": [{"role": "user", "content": "Hello!"}]}
WEATHER = {
    "name": "get_weather",
    "input_schema": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
}
HI = {"role": "user", "content": "Hi"}
HOSTED = {"type": "baseten__exa__web_search_exa"}


def connect(server: LocalServer, key: str = "Bearer secret") -> httpx.Client:
    return httpx.Client(base_url=server.url, headers={"authorization": key}, trust_env=False, timeout=5)


def dial(server: LocalServer) -> socket.socket:
    return socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2])), timeout=5)


def head(*lines: str, target: str = f"POST {PATH} HTTP/1.1") -> bytes:
    return "\r\n".join([target, "Host: localhost", "Authorization: Bearer secret", *lines, "", ""]).encode()


def read_all(connection: socket.socket) -> bytes:
    return b"".join(iter(lambda: connection.recv(65536), b""))


def events(body: str) -> list[dict[str, Any]]:
    frames = [frame.split("\n") for frame in body.removesuffix("\n\n").split("\n\n")]
    parsed = [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in frames]
    assert all(name == event["type"] for name, event in parsed)
    return [event for _, event in parsed]


def error_of(response: httpx.Response) -> tuple[int, str, str]:
    body = response.json()
    assert body.keys() == {"type", "error"}
    assert body["type"] == "error"
    return response.status_code, body["error"]["type"], body["error"]["message"]
