"""Exceptions that came out of the HTTP library: who raised them, and that they lose the key."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Callable
from typing import Any

import httpcore
import httpx
import pytest

from baseten_messages_client._transport.causes import (
    causes,
    is_from_http_stack,
    is_httpx_error,
    redact_causes,
)
from baseten_messages_client.auth import BasetenAuth

from ..support import KEY


def raised(function: Callable[[], Any]) -> Exception:
    """Return the exception that the function raises, with its traceback."""
    try:
        function()
    except Exception as error:
        return error
    raise AssertionError("the function raised nothing")


def chain() -> Exception:
    """Return an exception of httpx whose causes hold the key in every place that an exception has."""
    try:
        try:
            try:
                raise OSError(5, f"broken {KEY}")
            except OSError as error:
                raise httpcore.ReadError(error) from error
        except httpcore.ReadError:
            raise UnicodeDecodeError("ascii", KEY.encode(), 0, 1, "no") from None
    except UnicodeDecodeError as error:
        final = httpx.ReadError(f"Bearer {KEY}")
        final.add_note(f"note {KEY}")
        final.__cause__ = ExceptionGroup("group", [ValueError(b"bytes " + KEY.encode()), error])
        return final


def test_no_exception_of_a_chain_keeps_the_key() -> None:
    error = chain()
    redact_causes(error, BasetenAuth(KEY).redact)
    assert KEY not in "".join(traceback.format_exception(error))
    found = list(causes(error))
    assert {type(cause).__name__ for cause in found} >= {"OSError", "ReadError", "UnicodeDecodeError", "ValueError"}
    for cause in found:
        assert KEY not in f"{cause} {cause!r} {cause.args} {vars(cause)} {getattr(cause, 'object', '')}"
    assert str(error) == "Bearer [API key]"


def test_long_texts_of_a_chain_are_cut() -> None:
    error = ValueError("x" * 100_000)
    redact_causes(error, str)
    assert len(str(error)) < 2100


def test_a_response_in_a_chain_is_copied_without_the_key() -> None:
    request = httpx.Request("POST", "https://example.com/", headers={"Authorization": f"Bearer {KEY}"})
    response = httpx.Response(403, headers={"X-Echo": KEY}, text=KEY, request=request)
    error = raised(response.raise_for_status)
    assert isinstance(error, httpx.HTTPStatusError)
    redact_causes(error, BasetenAuth(KEY).redact)
    assert error.response.text == "[API key]"
    assert KEY not in str(error.response.headers)


def test_a_chain_that_leads_back_to_itself_ends() -> None:
    first, second = ValueError("1"), ValueError("2")
    first.__context__, second.__context__ = second, first
    assert list(causes(first)) == [first, second]


def own_error() -> None:
    raise KeyError("id")


def use_a_closed_loop() -> None:
    loop = asyncio.new_event_loop()
    loop.close()
    loop.call_soon(own_error)


@pytest.mark.parametrize(
    ("function", "from_stack"),
    [
        (own_error, False),
        (lambda: dict[str, int]()["id"], False),
        (lambda: httpx.Client(transport=httpx.MockTransport(lambda request: own_error())).get("http://x"), False),  # type: ignore[arg-type]
        (lambda: httpx.Response(200).json(), False),
        (lambda: httpx.Client().get("http://a" + "b" * 100), True),
        (lambda: httpx.Headers([("a", "ä")]), True),
        (use_a_closed_loop, True),
    ],
)
def test_who_raised_an_exception_is_seen_in_its_traceback(function: Callable[[], Any], from_stack: bool) -> None:
    assert is_from_http_stack(raised(function)) is from_stack


def test_an_exception_that_nobody_raised_is_not_of_the_http_stack() -> None:
    assert not is_from_http_stack(ValueError())


@pytest.mark.parametrize(
    ("module", "known"), [("httpx", True), ("httpx2", True), ("httpx2.errors", True), ("own", False)]
)
def test_classes_of_httpx_and_httpx2_are_known_by_their_names(module: str, known: bool) -> None:
    base = type("TimeoutException", (Exception,), {"__module__": module})
    error = type("OwnTimeout", (base,), {})("slow")
    assert is_httpx_error(error, "TimeoutException") is known
    assert not is_httpx_error(error, "OwnTimeout")
