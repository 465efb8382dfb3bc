"""Error bodies of every form: which exception, and what it tells."""

from __future__ import annotations

import json
import pickle
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest

from baseten_messages_client import errors
from baseten_messages_client._transport.headers import read_request_id
from baseten_messages_client._transport.status_errors import retry_after, status_error
from baseten_messages_client._wire.error_bodies import describe_body
from baseten_messages_client.auth import BasetenAuth

from ..support import KEY, error_bodies

CLASSES = {
    400: errors.BadRequestError,
    401: errors.AuthenticationError,
    402: errors.PaymentRequiredError,
    403: errors.PermissionDeniedError,
    404: errors.NotFoundError,
    409: errors.ConflictError,
    413: errors.RequestTooLargeError,
    418: errors.APIStatusError,
    422: errors.UnprocessableEntityError,
    429: errors.RateLimitError,
    499: errors.APIStatusError,
    500: errors.InternalServerError,
    502: errors.InternalServerError,
    503: errors.InternalServerError,
    520: errors.InternalServerError,
    529: errors.InternalServerError,
    599: errors.InternalServerError,
    302: errors.APIStatusError,
    204: errors.APIStatusError,
}


def error_of(status: int, body: bytes | str = b"", **headers: str) -> errors.APIStatusError:
    content = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return status_error(httpx.Response(status, content=content, headers=named), BasetenAuth(KEY).redact)


@pytest.mark.parametrize(("status", "kind"), list(CLASSES.items()))
def test_a_status_has_its_class(status: int, kind: type[errors.APIStatusError]) -> None:
    error = error_of(status)
    assert type(error) is kind
    assert error.status_code == status
    assert str(error).startswith(str(status))


# What a person reads of each row of error-bodies.json, in its order.
TOLD = [
    ("This model does not support multimodal", "invalid_request_error"),
    ("bad tool schema", "Bad Request"),
    ("bad", "Bad Request"),
    ("please check your current payment status. Check the payment status of the Baseten account.", None),
    ("please check the api-key you provided. Check the API key: the variable BASETEN_API_KEY", None),
    ("model not found. Check the model's slug", "not_found_error"),
    ("Failed to parse the request body as JSON: messages: EOF while parsing at line 1 column 20", None),
    ("1 validation error", "Bad Request"),
    ("Unauthorized. Check the API key: the variable BASETEN_API_KEY", None),
    ("Not Found", None),
    ("max_tokens: Field required", None),
    ("bad", "invalid_request_error"),
    ("usage fraction 101 percent exceeds current level 100 percent", "rate_limit_error"),
    ("Please try again later. Send fewer requests at a time, or raise max_retries. It asks to wait 37 s.", None),
    ("429 Too Many Requests: 429 Too Many Requests", None),
    ("cancelled", "request_cancelled"),
    ("Error 502 (Server Error)!!1", None),
    ("no healthy upstream", None),
    ("529 Overloaded: Overloaded", "overloaded_error"),
    ("(request id req_1)", "overloaded_error"),
    ("500 Internal Server Error. The service or something in front of it failed", None),
]
ROWS = [row for row in error_bodies() if row["status"] != 200]


@pytest.mark.parametrize(("row", "told"), list(zip(ROWS, TOLD, strict=True)), ids=[row["source"] for row in ROWS])
def test_every_known_body_says_what_went_wrong(row: dict[str, Any], told: tuple[str, str | None]) -> None:
    error = error_of(row["status"], row["body"], content_type=row["content_type"])
    assert type(error) is CLASSES[row["status"]]
    assert told[0] in str(error)
    assert error.error_type == told[1]
    assert "<" not in str(error)


def test_the_body_is_there_parsed_or_as_text() -> None:
    assert error_of(400, '{"error": "x"}').body == {"error": "x"}
    assert error_of(400, "plain").body == "plain"
    assert error_of(500).body == ""


def test_a_long_body_is_shortened_in_the_message_alone() -> None:
    error = error_of(502, "x" * 10_000)
    assert len(str(error)) < 700
    assert len(error.body) == 10_000


def test_scripts_and_styles_of_a_page_are_left_out() -> None:
    assert describe_body("<!doctype html><style>p{}</style><script>go()</script><p>Sorry</p>") == ("Sorry", None)


def test_a_key_that_the_server_repeats_is_not_shown() -> None:
    error = error_of(403, json.dumps({"error": f"invalid key {KEY}"}))
    assert KEY not in str(error)
    assert KEY not in json.dumps(error.body)
    assert "[API key]" in str(error)


def test_a_redirect_says_where_to() -> None:
    assert "redirects to https://new.example/; set base_url" in str(error_of(307, location="https://new.example/"))


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"x-baseten-request-id": "a", "x-request-id": "b", "request-id": "c"}, "a"),
        ({"x-request-id": "b", "request-id": "c"}, "b"),
        ({"request-id": "c"}, "c"),
        ({"x-baseten-request-id": "", "request-id": "c"}, "c"),
        ({}, None),
    ],
)
def test_the_request_id_comes_from_the_first_header_that_has_one(headers: dict[str, str], expected: str | None) -> None:
    assert read_request_id(headers) == expected


def test_in_an_error_the_request_id_may_stand_in_the_body() -> None:
    assert error_of(500, '{"request_id": "req_b"}').request_id == "req_b"
    assert error_of(500, '{"request_id": "req_b"}', request_id="req_h").request_id == "req_h"


@pytest.mark.parametrize(
    ("header", "body", "low", "high"),
    [
        ("12", None, 12, 12),
        ("0.5", None, 0.5, 0.5),
        ("0", None, 0, 0),
        ("-3", None, 0, 0),
        ("Sun, 06 Nov 1994 08:49:37", None, 0, 0),
        (None, {"retry_after": 37}, 37, 37),
        (None, {"error": {"retry_after": "5"}}, 5, 5),
        ("2", {"retry_after": 37}, 2, 2),
    ],
)
def test_the_wait_is_read_in_every_form(header: str | None, body: Any, low: float, high: float) -> None:
    wait = retry_after({} if header is None else {"retry-after": header}, body)
    assert wait is not None
    assert low <= wait <= high


@pytest.mark.parametrize(("seconds", "low", "high"), [(100, 80, 100), (-100, 0, 0)])
def test_a_date_is_waited_for(seconds: float, low: float, high: float) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)
    wait = retry_after({"retry-after": date})
    assert wait is not None
    assert low <= wait <= high


@pytest.mark.parametrize("value", ["soon", "", "nan", "inf", None, True, [], {}])
def test_what_is_no_wait_is_none(value: Any) -> None:
    assert retry_after({}, {"retry_after": value}) is None
    if isinstance(value, str):
        assert retry_after({"retry-after": value}) is None


@pytest.mark.parametrize("name", errors.__all__)
def test_every_error_can_be_pickled(name: str) -> None:
    error = getattr(errors, name)("what happened")
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert str(copy) == "what happened"


def test_a_status_error_keeps_its_facts_when_pickled() -> None:
    copy = pickle.loads(pickle.dumps(error_of(429, '{"error": {"type": "t", "message": "m"}}', retry_after="3")))
    assert (copy.status_code, copy.error_type, copy.retry_after) == (429, "t", 3.0)
