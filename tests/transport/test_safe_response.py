"""Copies of responses for errors: they work like the original and hold the key nowhere."""

from __future__ import annotations

import copy
import gzip
import json
import pickle
from typing import Any

import httpx
import pytest

from baseten_messages_client._transport.safe_response import safe_headers, safe_response
from baseten_messages_client.auth import BasetenAuth

from ..libraries import current
from ..support import KEY

ECHO = f"Bearer {KEY}"
URL = "https://example.com/v1/messages"


def request() -> Any:
    headers = {"Authorization": ECHO, "X-Own": "own"}
    return current().Request("POST", URL, headers=headers, content=ECHO.encode())


def copy_of(response: Any) -> httpx.Response:
    return safe_response(response, BasetenAuth(KEY).redact)


def texts_of(response: Any) -> str:
    parts: list[Any] = [response, response.headers.raw, response.content, response.text, response.reason_phrase]
    parts += [response.extensions, response.links, vars(response), response.request, response.request.headers.raw]
    return " ".join(map(repr, parts)) + pickle.dumps(response).decode("latin-1")


def test_a_copy_holds_the_key_nowhere(library: Any) -> None:
    response = library.Response(
        403,
        headers={"X-Echo": ECHO, f"X-{KEY}": "name", "Location": f"/{KEY}", "Set-Cookie": f"key={KEY}"},
        content=json.dumps({"error": ECHO, KEY: [KEY]}).encode(),
        request=request(),
        extensions={"reason_phrase": ECHO.encode(), "http_version": b"HTTP/1.1"},
    )
    copied = copy_of(response)
    for form in (copied, copy.copy(copied), copy.deepcopy(copied), pickle.loads(pickle.dumps(copied))):
        assert KEY not in texts_of(form).replace(KEY.lower(), KEY)
        assert form.json() == {"error": "Bearer [API key]", "[API key]": ["[API key]"]}
        assert form.headers["x-echo"] == "Bearer [API key]"
        assert form.status_code == 403


def test_a_copy_works_like_the_original(library: Any) -> None:
    body = {"error": "no"}
    response = library.Response(
        429,
        headers={"Content-Type": "application/json; charset=latin-1", "Content-Encoding": "gzip", "X-Request-Id": "r1"},
        content=gzip.compress(json.dumps(body).encode()),
        request=request(),
    )
    copied = copy_of(response)
    assert isinstance(copied, httpx.Response)  # Also of a response of httpx2, so that errors have one type.
    assert copied.json() == body
    assert copied.text == json.dumps(body)
    assert copied.headers["X-REQUEST-ID"] == "r1"
    assert copied.reason_phrase == "Too Many Requests"
    assert not {"content-encoding", "content-length", "transfer-encoding"} & set(copied.headers)
    assert copied.request.method == "POST"
    assert copied.request.url == URL
    assert copied.request.headers["x-own"] == "own"
    assert "authorization" not in copied.request.headers
    assert copied.request.content == b""
    with pytest.raises(httpx.HTTPStatusError):
        copied.raise_for_status()


def test_a_text_in_any_charset_keeps_its_characters(library: Any) -> None:
    response = library.Response(500, headers={"Content-Type": "text/plain; charset=latin-1"}, content="ä".encode())
    assert copy_of(response).text == "ä"


def test_a_response_without_a_request_or_a_body_can_be_copied(library: Any) -> None:
    def chunks() -> Any:
        yield b"never read"

    copied = copy_of(library.Response(500, content=chunks()))
    assert copied.content == b""
    with pytest.raises(RuntimeError):
        _ = copied.request


def test_a_request_whose_address_holds_the_key_is_left_out(library: Any) -> None:
    response = library.Response(500, request=library.Request("POST", f"https://{KEY}.example/"))
    with pytest.raises(RuntimeError):
        _ = copy_of(response).request


def test_headers_keep_their_bytes_case_and_order(library: Any) -> None:
    raw = [(b"X-B", b"\xff\xc3\xa4"), (b"X-A", b"1"), (b"X-A", b"2")]
    headers = safe_headers(library.Headers(raw), BasetenAuth(KEY).redact)
    assert headers.raw == raw
    assert headers.get_list("x-a") == ["1", "2"]
