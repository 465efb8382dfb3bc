"""The API key is in nothing that an error carries, prints or pickles, however a server sends it back."""

from __future__ import annotations

import json
import logging
import pickle
from collections.abc import Mapping
from typing import Any

import pytest

from baseten_messages_client import (
    APIConnectionError,
    APIResponseError,
    APIStatusError,
    Baseten,
    BasetenError,
    StreamError,
)
from baseten_messages_client.testing import LocalServer

from ..support import HELLO, KEY
from .calls import CALLS, call, failure
from .key_search import assert_no_key, texts_of_response
from .socket_server import SocketServer, response, response_head

pytestmark = pytest.mark.usefixtures("library")

ECHO = f"Bearer {KEY}"
ECHO_JSON = json.dumps({"error": {"type": "authentication_error", "message": f"no such key: {ECHO}"}}).encode()
ESCAPED_JSON = ECHO_JSON.replace(KEY.encode(), "".join(f"\\u{ord(character):04x}" for character in KEY).encode())
HTML = f"<!doctype html><html><head><title>403</title></head><body><p>Authorization: {ECHO}</p></body></html>".encode()
START = b'event: message_start\ndata: {"type": "message_start", "message": {"id": "m", "content": []}}\n\n'


def sse(data: bytes, name: str = "error") -> bytes:
    return f"event: {name}\ndata: ".encode() + data + b"\n\n"


def stream(body: bytes, headers: Mapping[str, str] | None = None) -> bytes:
    return response(body, content_type="text/event-stream", headers=headers)


STATUS_ERRORS = {
    "JSON body": response(ECHO_JSON, "403 Forbidden"),
    "escaped JSON body": response(ESCAPED_JSON, "403 Forbidden"),
    "key as a name": response(json.dumps({KEY: ECHO}).encode(), "400 Bad Request"),
    "type and request id": response(
        json.dumps({"error": {"type": KEY, "message": "no"}, "request_id": KEY}).encode(), "400 Bad Request"
    ),
    "nested": response(
        json.dumps({"detail": [{"loc": ["header", ECHO], "msg": ECHO, "input": [ECHO]}]}).encode(), "422 No"
    ),
    "text body": response(f"unknown key {KEY}".encode(), "401 Unauthorized", "text/plain"),
    "HTML page": response(HTML, "403 Forbidden", "text/html"),
    "headers": response(b'{"error": "no"}', "400 No", headers={"X-Echo": ECHO, f"X-{KEY}": "name", "Set-Cookie": KEY}),
    "content type": response(b'{"error": "no"}', "400 No", f"text/plain; key={KEY}"),
    "request id": response(b'{"error": "no"}', "400 No", headers={"X-Request-Id": KEY}),
    "retry after": response(b'{"error": "no"}', "429 No", headers={"Retry-After": ECHO}),
    "reason phrase": response(b'{"error": "no"}', f"403 {ECHO}"),
    "redirect": response(b"", "307 Moved", headers={"Location": f"https://example.com/{KEY}?key={KEY}"}),
    "redirect to itself": response(b"", "308 Moved", headers={"Location": "/elsewhere"}),
    "server error": response(ECHO_JSON, "500 Oops", headers={"X-Echo": ECHO}),
}
RESPONSE_ERRORS = {
    "an error": response(ECHO_JSON, headers={"X-Echo": ECHO}),
    "an HTML page": response(HTML, content_type="text/html", headers={"X-Echo": ECHO}),
    "a text": response(ECHO.encode(), headers={"X-Request-Id": KEY}),
    "no compression": response(ECHO.encode(), headers={"Content-Encoding": "gzip", "X-Echo": ECHO}),
    "no message": response(json.dumps({"headers": {"authorization": ECHO, KEY: 1}}).encode()),
    "a list": response(json.dumps([ECHO, [KEY]]).encode(), headers={"Set-Cookie": f"key={KEY}"}),
}
STREAM_ERRORS = {
    "error event first": stream(sse(ECHO_JSON), {"X-Echo": ECHO}),
    "error event later": stream(START + sse(ECHO_JSON), {"X-Echo": ECHO, "X-Request-Id": KEY}),
    "escaped error event": stream(START + sse(ESCAPED_JSON)),
    "not JSON": stream(START + sse(f"<{ECHO}>".encode(), "content_block_delta")),
    "not a stream": stream(HTML, {"X-Echo": ECHO}),
    "cut": response_head(content_type="text/event-stream", headers={"X-Echo": ECHO, "Content-Length": "10000"}) + START,
    "broken chunk": response_head(
        content_type="text/event-stream", headers={"X-Echo": ECHO, "Transfer-Encoding": "chunked"}
    )
    + f"{len(START):x}\r\n".encode()
    + START
    + f"\r\n{ECHO}\r\n".encode(),
}
CONNECTION_ERRORS = {
    "status line": f"{ECHO}\r\n\r\n".encode(),
    "status code": f"HTTP/1.1 {ECHO}\r\n\r\n".encode(),
    "header without a colon": f"HTTP/1.1 200 OK\r\n{ECHO}\r\n\r\n".encode(),
    "length": f"HTTP/1.1 200 OK\r\nContent-Length: {ECHO}\r\n\r\n".encode(),
    "encoding": f"HTTP/1.1 200 OK\r\nTransfer-Encoding: {ECHO}\r\n\r\n".encode(),
    "chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + f"{ECHO}\r\n".encode(),
}


@pytest.mark.parametrize("name", ["create", "stream"])
@pytest.mark.parametrize("case", STATUS_ERRORS)
def test_an_error_status_that_repeats_the_key(mode: str, name: str, case: str) -> None:
    with SocketServer(STATUS_ERRORS[case]) as server:
        error = failure(mode, name, error_class=APIStatusError, base_url=server.url)
    assert ECHO.encode() in server.requests[0]
    assert_no_key(error)


@pytest.mark.parametrize("case", RESPONSE_ERRORS)
def test_a_response_without_a_message_that_repeats_the_key(mode: str, case: str) -> None:
    with SocketServer(RESPONSE_ERRORS[case]) as server:
        error = failure(mode, error_class=APIResponseError, base_url=server.url)
    assert_no_key(error)


@pytest.mark.parametrize("name", ["stream", "create_stream"])
@pytest.mark.parametrize("case", STREAM_ERRORS)
def test_a_stream_that_repeats_the_key(library: Any, mode: str, name: str, case: str) -> None:
    with SocketServer(STREAM_ERRORS[case]) as server:
        error = failure(mode, name, base_url=server.url)
    # Over aiohttp, a body that is malformed from its beginning is a response that did not arrive.
    expected = StreamError | APIResponseError
    assert isinstance(error, expected | APIConnectionError if library.__name__ == "aiohttp" else expected)
    assert_no_key(error)


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("case", CONNECTION_ERRORS)
def test_an_answer_that_is_not_http_and_repeats_the_key(mode: str, name: str, case: str) -> None:
    with SocketServer(CONNECTION_ERRORS[case]) as server:
        error = failure(mode, name, base_url=server.url)
    assert_no_key(error)


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.usefixtures("quick_retries")
def test_an_error_after_retries(mode: str, name: str) -> None:
    with SocketServer(STATUS_ERRORS["server error"]) as server:
        error = failure(mode, name, base_url=server.url, max_retries=1)
    assert server.connections == 2
    assert_no_key(error)


def test_the_scheme_api_key(mode: str) -> None:
    with SocketServer(response(ECHO_JSON, "403 No", headers={"X-Echo": f"Api-Key {KEY}"})) as server:
        assert_no_key(failure(mode, base_url=server.url, auth_scheme="Api-Key"))


# --- What errors carry instead ---


def test_a_status_error_carries_what_callers_need_without_the_key(mode: str) -> None:
    headers = {"X-Echo": ECHO, "X-Request-Id": "req_7", "Retry-After": "3"}
    with SocketServer(response(ECHO_JSON, "429 Slow down", headers=headers)) as server:
        error = failure(mode, error_class=APIStatusError, base_url=server.url)
    for carried in (error, pickle.loads(pickle.dumps(error))):
        assert carried.status_code == 429
        assert carried.request_id == "req_7"
        assert carried.retry_after == 3
        assert carried.body["error"]["message"].startswith("no such key: Bearer ")
        assert carried.headers["x-request-id"] == "req_7"
        assert carried.headers["retry-after"] == "3"
        assert carried.headers["x-echo"].startswith("Bearer ")
        assert carried.response.status_code == 429
        assert carried.response.headers["x-request-id"] == "req_7"
        assert carried.response.json() == carried.body
        assert carried.response.text


def test_a_response_error_carries_what_callers_need_without_the_key(mode: str) -> None:
    with SocketServer(response(HTML, content_type="text/html", headers={"X-Request-Id": "req_7"})) as server:
        error = failure(mode, error_class=APIResponseError, base_url=server.url)
    assert error.headers["x-request-id"] == "req_7"
    assert error.response.status_code == 200
    assert error.response.text == error.body
    assert "Authorization: Bearer " in error.body


# --- Logs ---


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.usefixtures("quick_retries")
def test_nothing_is_logged_of_a_key_that_is_only_sent(
    server: LocalServer, mode: str, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    server.enqueue({"error": "busy"}, status=503)
    server.enqueue("Hi.")
    with caplog.at_level(logging.DEBUG):
        call(mode, name, base_url=server.url, max_retries=1)
    assert server.requests[0].headers["authorization"] == ECHO
    assert caplog.records
    assert KEY not in caplog.text


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("case", ["JSON body", "reason phrase", "redirect", "headers", "server error"])
@pytest.mark.usefixtures("quick_retries")
def test_nothing_but_the_transport_logs_a_key_that_comes_back(
    mode: str, name: str, case: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), SocketServer(STATUS_ERRORS[case]) as server:
        try:
            call(mode, name, base_url=server.url, max_retries=1)
        except BasetenError:
            logging.getLogger("caller").exception("the call failed")
    # The HTTP library logs the status line and, at DEBUG, the head of each response as it came.
    logged = [record for record in caplog.records if not record.name.startswith(("httpcore", "httpx"))]
    assert any(record.name == "caller" for record in logged)
    assert not [record.name for record in logged if KEY in caplog.handler.format(record)]


# --- Other holders of the key ---


def test_clients_do_not_show_the_key() -> None:
    with Baseten(api_key=KEY) as client:
        for shown in (client, client.with_options(max_retries=1), client.messages, vars(client)):
            assert KEY not in repr(shown)


@pytest.mark.parametrize("name", ["stream", "create_stream"])
def test_a_stream_does_not_show_the_key_that_it_sent(server: LocalServer, name: str) -> None:
    with Baseten(api_key=KEY, base_url=server.url) as client, client.messages.stream(**HELLO) as stream:
        stream.until_done()
        assert not [place for place, text in texts_of_response("response", stream.response) if KEY in text]
