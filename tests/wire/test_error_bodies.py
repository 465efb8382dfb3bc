"""The bodies of error answers: what they say went wrong, whatever their form."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from baseten_messages_client import errors
from baseten_messages_client._wire.error_bodies import describe_body, is_html, parse_body, redact_and_cut, redact_body
from baseten_messages_client.auth import BasetenAuth
from baseten_messages_client.testing import LocalServer

from ..conftest import Create
from ..support import KEY


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


LONG = "x" * 5_000_000
LARGE_BODIES: dict[str, Any] = {
    "text": LONG,
    "detail": {"detail": LONG},
    "message": {"error": {"type": "api_error", "message": LONG}},
    "type": {"error": {"type": LONG, "message": "wrong"}},
    "problem": {"detail": [{"loc": ["body", "model"], "msg": LONG}]},
    "place": {"detail": [{"loc": ["body", *["deeper"] * 10_000, LONG], "msg": "wrong"}]},
    "many problems": {"detail": [{"loc": ["body", "messages", n], "msg": "wrong"} for n in range(10_000)]},
    "long name": {LONG: 1},
    "many names": {str(n): n for n in range(100_000)},
    "many numbers": list(range(100_000)),
    "a long number": 10**4000,
    "too deep": json.loads("[" * 500 + "]" * 500),
}


@pytest.mark.parametrize("form", LARGE_BODIES)
def test_a_large_body_leaves_a_small_error(form: str) -> None:
    content = json.dumps(LARGE_BODIES[form]).encode()
    began = time.process_time()
    body, redacted = redact_body(content, BasetenAuth(KEY).redact)
    description, error_type = describe_body(body)
    assert time.process_time() - began < 1
    assert len(description) <= 1001
    assert len(error_type or "") <= 101
    assert len(json.dumps(body)) <= 64 * 1024
    assert len(redacted) <= 64 * 1024
    assert parse_body(redacted, str) == body


def test_many_problems_are_counted() -> None:
    text, _ = describe_body({"detail": [{"loc": ["body", n], "msg": "wrong"} for n in range(100)]})
    assert text.startswith("0: wrong; 1: wrong; ")
    assert text.endswith(" more")


@pytest.mark.parametrize("written", [KEY, KEY.upper(), "".join(f"\\u{ord(character):04x}" for character in KEY)])
@pytest.mark.parametrize("start", [0, 100, 49_000, 49_140, 57_300, 57_330, 65_520, 300_000])
@pytest.mark.parametrize("form", ["{}", '"{}"', '{{"error": "{}"}}'])
def test_the_key_is_redacted_wherever_a_body_is_cut(form: str, start: int, written: str) -> None:
    whole = form.format("ä" * (start % 7) + "x" * start + written + "y" * 1000).encode()
    for content in (whole, whole[: 64 * 1024]):
        body, redacted = redact_body(content, BasetenAuth(KEY).redact)
        for text in (str(body), redacted.decode("utf-8", "replace")):
            assert KEY[:6] not in text.lower()
            assert "\\u0073" not in text


def test_a_key_is_not_shown_in_part_where_many_keys_before_it_were_shortened() -> None:
    text = redact_and_cut("k" * 10 + KEY * 10_000, 1000, BasetenAuth(KEY).redact)
    assert "sk-" not in text


def test_a_body_that_holds_no_key_keeps_its_bytes() -> None:
    content = b'{ "error" : "\\u00e4" }'
    assert redact_body(content, BasetenAuth(KEY).redact) == ({"error": "ä"}, content)


@pytest.mark.parametrize(
    ("body", "content_type", "html"),
    [
        ("Sorry <b>now</b>", "text/html; charset=utf-8", True),
        ("Sorry <b>now</b>", "text/plain", False),
        ("Sorry <b>now</b>", None, True),
        ("Sorry", "TEXT/HTML", True),
        ("<html>Sorry", "text/plain", True),
        ("<model> is down", None, False),
        ({"error": "<html>"}, "text/html", False),
    ],
)
def test_html_is_recognized_by_the_content_type_or_its_tags(body: Any, content_type: str | None, html: bool) -> None:
    assert is_html(body, content_type) is html
    if isinstance(body, str):
        assert ("<b>" in describe_body(body, content_type)[0]) is ("<b>" in body and not html)


def test_html_within_json_is_described_without_its_tags() -> None:
    assert describe_body({"error": "<html><h1>Sorry</h1>"}) == ("Sorry", None)
    assert describe_body({"error": "the tag <p> is not allowed"}) == ("the tag <p> is not allowed", None)
