"""Exceptions that came out of the HTTP library: who raised them, and that they lose the key."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Callable
from typing import Any

import httpcore
import httpcore2
import httpx2
import pytest

from baseten_messages_client._transport.causes import causes, is_from_http_stack, redact_causes
from baseten_messages_client.auth import BasetenAuth

from ..libraries import current
from ..support import KEY


def raised(function: Callable[[], Any]) -> Exception:
    """Return the exception that the function raises, with its traceback."""
    try:
        function()
    except Exception as error:
        return error
    raise AssertionError("the function raised nothing")


def chain() -> Exception:
    """Return an exception of the HTTP library whose causes hold the key in every place that an exception has."""
    core: Any = httpcore2 if current() is httpx2 else httpcore
    try:
        try:
            try:
                raise OSError(5, f"broken {KEY}")
            except OSError as error:
                raise core.ReadError(error) from error
        except core.ReadError:
            raise UnicodeDecodeError("ascii", KEY.encode(), 0, 1, "no") from None
    except UnicodeDecodeError as error:
        final: Exception = current().ReadError(f"Bearer {KEY}")
        final.add_note(f"note {KEY}")
        final.__cause__ = ExceptionGroup("group", [ValueError(b"bytes " + KEY.encode()), error])
        return final


def test_no_exception_of_a_chain_keeps_the_key(library: Any) -> None:
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


def test_a_response_in_a_chain_is_copied_without_the_key(library: Any) -> None:
    request = library.Request("POST", "https://example.com/", headers={"Authorization": f"Bearer {KEY}"})
    response = library.Response(403, headers={"X-Echo": KEY}, text=KEY, request=request)
    error = raised(response.raise_for_status)
    assert isinstance(error, library.HTTPStatusError)
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


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("function", "from_stack"),
    [
        (own_error, False),
        (lambda: dict[str, int]()["id"], False),
        (lambda: current().Client(transport=current().MockTransport(lambda _: own_error())).get("http://x"), False),
        (lambda: current().Response(200).json(), False),
        (lambda: current().Client().get("http://a" + "b" * 100), True),
        (lambda: current().Headers([("a", "ä")]), True),
        (use_a_closed_loop, True),
    ],
)
def test_who_raised_an_exception_is_seen_in_its_traceback(function: Callable[[], Any], from_stack: bool) -> None:
    assert is_from_http_stack(raised(function)) is from_stack


def test_an_exception_that_nobody_raised_is_not_of_the_http_stack() -> None:
    assert not is_from_http_stack(ValueError())
