"""The bodies of error answers: what they say went wrong, whatever their form."""

from __future__ import annotations

from typing import Any

import pytest

from baseten_messages_client import errors
from baseten_messages_client._wire.error_bodies import describe_body, parse_body
from baseten_messages_client.testing import LocalServer

from ..conftest import Create


def nested(depth: int) -> Any:
    body: Any = "boom"
    for _ in range(depth):
        body = {"error": body}
    return body


@pytest.mark.parametrize(
    ("body", "description", "error_type"),
    [
        ("", "", None),
        (None, "", None),
        ({}, "", None),
        ("plain  text\n", "plain text", None),
        ({"error": "boom"}, "boom", None),
        ({"error": {"type": "api_error", "message": "boom"}}, "boom", "api_error"),
        ({"type": "error", "error": {"message": "boom"}}, "boom", None),
        ({"type": "api_error", "message": "boom"}, "boom", "api_error"),
        ({"detail": "boom"}, "boom", None),
        ({"detail": [{"loc": ["body", "max_tokens"], "msg": "missing"}, "x"]}, "max_tokens: missing; x", None),
        ({"code": 5}, '{"code": 5}', None),
        ("<html><title>Sorry</title><p>Come back</p>", "Sorry Come back", None),
        (nested(3), "boom", None),
        (nested(50), "", None),
        ("x" * 10_000, "x" * 500 + "…", None),
    ],
)
def test_a_body_of_any_form_is_described(body: Any, description: str, error_type: str | None) -> None:
    assert describe_body(body) == (description, error_type)


@pytest.mark.parametrize(
    ("content", "body"),
    [
        (b'{"error": "key secret"}', {"error": "key [key]"}),
        (b'{"secret": ["\\u0073ecret"]}', {"[key]": ["[key]"]}),
        (b"plain secret", "plain [key]"),
        (b"\xff secret", "\ufffd [key]"),
        (b"", ""),
    ],
)
def test_a_body_is_parsed_or_text_and_holds_no_key(content: bytes, body: Any) -> None:
    assert parse_body(content, lambda text: text.replace("secret", "[key]")) == body


def test_scripts_and_styles_of_a_page_are_left_out() -> None:
    assert describe_body("<!doctype html><style>p{}</style><script>go()</script><p>Sorry</p>") == ("Sorry", None)


@pytest.mark.parametrize(
    "body",
    [
        b'{"foo":"\\ud800"}',
        b'{"error":"\\ud800"}',
        b'{"foo":1e999}',
        b"[" * 900 + b"]" * 900,
        b'{"detail":[{"msg":"m","loc":5}]}',
        b'{"detail":[{"msg":"m","loc":"body"}]}',
        b'{"retry_after":' + b"9" * 400 + b"}",
        b"\xff",
    ],
)
@pytest.mark.parametrize("status", [200, 400])
def test_a_body_of_any_form_raises_our_errors(create: Create, server: LocalServer, status: int, body: bytes) -> None:
    server.enqueue(body, status=status)
    with pytest.raises(errors.APIResponseError if status == 200 else errors.BadRequestError) as caught:
        create()
    assert str(caught.value).encode()
