"""The bodies of error answers: what they say went wrong, whatever their form."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from baseten_messages_client import errors
from baseten_messages_client._wire.error_bodies import (
    describe_body,
    is_html,
    parse_body,
    redact_and_cut,
    redact_body,
    redact_value,
)
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
        ({"detail": ["x" * 500, "y", "z"]}, f"{'x' * 500}; y; and 1 more", None),
        ({"detail": ["x" * 501, "y", "z"]}, f"{'x' * 500}…; and 2 more", None),
        ({"detail": [{"error": "boom"}, ["bang"]]}, "boom; bang", None),
        ({"detail": [[[["boom"]]]]}, "", None),
        ({"detail": [[["boom"]]]}, "boom", None),
        (
            {"detail": [{"msg": "boom"}, {"loc": ["body"], "msg": "bang"}, {"loc": "body", "msg": 5}]},
            "boom; bang; 5",
            None,
        ),
        ({"detail": [{"loc": ["a"] * 21, "msg": "boom"}]}, f"{'.'.join('a' * 20)}: boom", None),
        ({"detail": [{"loc": ["a" * 101, 5, None], "msg": "boom"}]}, f"{'a' * 100}….5.null: boom", None),
        ({"detail": [{"loc": ["a" * 90] * 3, "msg": "boom"}]}, f"{'.'.join(['a' * 90] * 3)[:200]}…: boom", None),
        ({"detail": [{"loc": ["a"], "msg": "x" * 501}]}, f"a: {'x' * 500}…", None),
        ({"error": "", "message": None, "detail": [], "error_message": "boom"}, "boom", None),
        ({"error": "a", "message": "b", "detail": "c", "error_message": "d"}, "a", None),
        ({"message": "b", "detail": "c", "error_message": "d"}, "b", None),
        ({"detail": "c", "error_message": "d"}, "c", None),
        ({"type": "message", "error": "boom"}, "boom", None),
        ({"type": 5, "error": "boom"}, "boom", None),
        ({"type": "outer", "error": {"type": "inner", "message": "boom"}}, "boom", "inner"),
        ({"type": "outer", "error": {"type": "error", "message": "boom"}}, "boom", "outer"),
        ({"type": "t" * 101, "error": "boom"}, "boom", "t" * 100 + "…"),
        ({"detail": ["x" * 400] * 9}, f"{'x' * 400}; {'x' * 400}; and 7 more", None),
        ({"detail": ["x" * 500] * 9}, f"{'x' * 500}; {'x' * 498}…", None),
        ({"code": "ä" * 500}, '{"code": "' + "ä" * 490 + "…", None),
        (5, "5", None),
        (["boom", 5], "boom; 5", None),
        ({"code": 5}, '{"code": 5}', None),
        ("<html><title>Sorry</title><p>Come back</p>", "Sorry Come back", None),
        (nested(4), "boom", None),
        (nested(5), "", None),
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
        (b'{"error": "\xff secret"}', {"error": "\ufffd [key]"}),
        (b"[" * 200 + b"]" * 200, json.loads("[" * 200 + "]" * 200)),
        (b"[" * 201 + b"]" * 201, "[" * 201 + "]" * 201),
        (b"", ""),
    ],
)
def test_a_body_is_parsed_or_text_and_holds_no_key(content: bytes, body: Any) -> None:
    assert parse_body(content, lambda text: text.replace("secret", "[key]")) == body


def test_a_parsed_body_is_copied_without_the_key() -> None:
    def redact(text: str) -> str:
        return text.replace("secret", "[key]")

    assert redact_value({"a secret": ["secret", 5]}, redact) == {"a [key]": ["[key]", 5]}
    deep: Any = "secret"
    for _ in range(100_000):
        deep = [deep]
    assert redact_value(deep, redact) is None


@pytest.mark.parametrize(
    ("length", "shown"), [(99, "99"), (100, "100"), (101, "100…"), (100 + 8192, "100…"), (100 + 8193, "100…")]
)
def test_a_text_is_cut_at_its_size(length: int, shown: str) -> None:
    cut = redact_and_cut("x" * length, 100, str)
    assert cut == "x" * int(shown.removesuffix("…")) + "…" * shown.endswith("…")


def test_a_text_of_the_right_size_is_cut_neither_after_nor_before_the_key_is_redacted() -> None:
    assert redact_and_cut("secret", 6, lambda text: text.replace("secret", "[API key]")) == "[API key]"
    assert redact_and_cut("x" * (100 + 8192), 100, lambda text: text.replace("x", "")) == ""


def test_a_key_that_is_cut_is_not_shown_if_redacting_shortens_the_text() -> None:
    assert redact_and_cut("x" + "secret" * 2000, 100, lambda text: text.replace("secret", "")) == "…"


def test_a_large_body_is_kept_up_to_its_limit() -> None:
    assert parse_body(b"x" * 56 * 1024, str) == "x" * 56 * 1024
    assert parse_body(b"x" * (56 * 1024 + 1), str) == "x" * 48 * 1024 + "…"
    assert parse_body(json.dumps(list(range(100_000))).encode(), str) == list(range(6143))
    assert parse_body(json.dumps(["x" * 16_373] * 9).encode(), str) == ["x" * 16_373] * 3 + ["…"]
    assert len(parse_body(json.dumps({f"{n:06135}": n for n in range(99)}).encode(), str)) == 8
    assert list(parse_body(json.dumps({f"{n:016373}": n for n in range(99)}).encode(), str).values()) == [0, 1, 2, 3]


@pytest.mark.parametrize(("length", "start"), [(8 * 1024 * 1024, "xx"), (8 * 1024 * 1024 + 1, '"x')])
def test_json_is_parsed_up_to_its_limit(length: int, start: str) -> None:
    body = parse_body(b'"' + b"x" * (length - 2) + b'"', str)
    assert body.startswith(start)


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
        ("Sorry", "application/xhtml+xml", True),
        ("Sorry" + " " * 20_000 + "<br>", None, False),
        ("Sorry" + " " * 10_000 + "<br>", None, True),
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
