"""From an answer with an error status to the exception, and what it says."""

from __future__ import annotations

import json
import pickle
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from baseten_messages_client import errors
from baseten_messages_client._transport.status_errors import retry_after, status_error
from baseten_messages_client.auth import BasetenAuth
from baseten_messages_client.testing import LocalServer

from ..conftest import Create
from ..libraries import current
from ..support import KEY, error_bodies

pytestmark = pytest.mark.usefixtures("library")

CLASSES = {
    400: errors.BadRequestError,
    401: errors.AuthenticationError,
    402: errors.PaymentRequiredError,
    403: errors.PermissionDeniedError,
    404: errors.NotFoundError,
    408: errors.RequestTimeoutError,
    409: errors.ConflictError,
    413: errors.RequestTooLargeError,
    418: errors.APIStatusError,
    422: errors.UnprocessableEntityError,
    429: errors.RateLimitError,
    499: errors.APIStatusError,
    500: errors.InternalServerError,
    502: errors.InternalServerError,
    503: errors.ServiceUnavailableError,
    520: errors.InternalServerError,
    504: errors.GatewayTimeoutError,
    529: errors.OverloadedError,
    599: errors.InternalServerError,
    302: errors.APIStatusError,
    204: errors.APIStatusError,
}


def error_of(status: int, body: bytes | str = b"", **headers: str) -> errors.APIStatusError:
    content = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return status_error(current().Response(status, content=content, headers=named), BasetenAuth(KEY).redact)


@pytest.mark.parametrize(("status", "error_class"), list(CLASSES.items()))
def test_every_status_raises_its_class(status: int, error_class: type[errors.APIStatusError]) -> None:
    error = error_of(status)
    assert type(error) is error_class
    assert error.status_code == status
    assert str(error).startswith(str(status))


# What the error says for each row of error-bodies.json, in its order, and its error type.
TOLD = [
    ("This model does not support multimodal", "invalid_request_error"),
    ("bad tool schema", "Bad Request"),
    ("bad", "Bad Request"),
    ("please check your current payment status. Check the payment status of the Baseten account.", None),
    ("please check the api-key you provided. Check the API key: the environment variable BASETEN_API_KEY", None),
    ("model not found. Check the model's slug", "not_found_error"),
    ("Failed to parse the request body as JSON: messages: EOF while parsing at line 1 column 20", None),
    ("1 validation error", "Bad Request"),
    ("Unauthorized. Check the API key: the environment variable BASETEN_API_KEY", None),
    ("Not Found", None),
    ("max_tokens: Field required", None),
    ("bad", "invalid_request_error"),
    ("usage fraction 101 percent exceeds current level 100 percent", "rate_limit_error"),
    (
        "Send fewer requests at once, or increase max_retries. The service asks for a wait of 37 s.",
        None,
    ),
    ("429 Too Many Requests: 429 Too Many Requests", None),
    ("cancelled", "request_cancelled"),
    ("Error 502 (Server Error)!!1", None),
    ("no healthy upstream", None),
    ("529 Overloaded: Overloaded", "overloaded_error"),
    ("(request id req_1)", "overloaded_error"),
    ("500 Internal Server Error. The service, or a server in front of it, failed", None),
]


ROWS = [row for row in error_bodies() if row["status"] != 200]


@pytest.mark.parametrize(("row", "told"), list(zip(ROWS, TOLD, strict=True)), ids=[row["source"] for row in ROWS])
def test_every_known_body_says_what_went_wrong(row: dict[str, Any], told: tuple[str, str | None]) -> None:
    error = error_of(row["status"], row["body"], content_type=row["content_type"])
    assert type(error) is CLASSES[row["status"]]
    assert told[0] in str(error)
    assert error.error_type == told[1]
    assert "<" not in str(error)


@pytest.mark.parametrize("row", error_bodies(), ids=[row["source"] for row in error_bodies()])
def test_every_known_error_body_raises_its_class(create: Create, server: LocalServer, row: dict[str, Any]) -> None:
    server.enqueue(row["body"].encode(), status=row["status"], headers={"content-type": row["content_type"]})
    if row["status"] == 200 and '"role"' in row["body"]:
        assert create({"max_retries": 0}).text == "hi"
        return
    error_class = errors.STATUS_ERRORS.get(row["status"], errors.APIStatusError)
    with pytest.raises(errors.APIResponseError if row["status"] == 200 else error_class) as caught:
        create({"max_retries": 0})
    assert len(str(caught.value)) > 10


def test_a_wrong_key_says_which_variable_to_check(create: Create) -> None:
    with LocalServer(api_key="the-right-key") as strict, pytest.raises(errors.PermissionDeniedError) as caught:
        create({"base_url": strict.url})
    assert "BASETEN_API_KEY" in str(caught.value)
    assert KEY not in str(caught.value)
    assert KEY not in repr(caught.value.response)


def test_the_error_holds_the_body_parsed_or_as_text() -> None:
    assert error_of(400, '{"error": "x"}').body == {"error": "x"}
    assert error_of(400, "plain").body == "plain"
    assert error_of(500).body == ""


def test_a_long_body_is_shortened_in_the_message_and_whole_in_the_error() -> None:
    error = error_of(502, "x" * 10_000)
    assert len(str(error)) < 700
    assert len(error.body) == 10_000


def test_a_key_that_the_server_repeats_is_not_shown() -> None:
    error = error_of(403, json.dumps({"error": f"invalid key {KEY}"}))
    assert KEY not in str(error)
    assert KEY not in json.dumps(error.body)
    assert "[API key]" in str(error)


FAILED = "The service, or a server in front of it, failed. Try again later."
CHECK_KEY = "Check the API key: the environment variable BASETEN_API_KEY or the argument api_key."
PROXY = (
    "It comes from the proxy of http_client. Put the user name and password into the address of the proxy, as in "
    "http://user:password@host:port."
)
FIREWALL = (
    "The response is an HTML page, so it probably comes from another server, such as your network's proxy or firewall."
)


@pytest.mark.parametrize(
    ("status", "body", "headers", "text"),
    [
        (200, "", {}, "200 OK."),
        (299, "", {}, "299."),
        (300, "", {}, "300 Multiple Choices. Check base_url."),
        (
            307,
            "",
            {"location": "https://new.example/"},
            "307 Temporary Redirect. The service redirects to https://new.example/: set base_url to that address.",
        ),
        (
            308,
            "",
            {"location": "l" * 600},
            f"308 Permanent Redirect. The service redirects to {'l' * 500}…: set base_url to that address.",
        ),
        (400, '{"error": "bad"}', {}, "400 Bad Request: bad."),
        (400, '{"error": "bad."}', {}, "400 Bad Request: bad."),
        (
            400,
            '{"error": "bad (very)", "request_id": "req_1"}',
            {"retry_after": "2.50"},
            "400 Bad Request: bad (very). The service asks for a wait of 2.5 s. (request id req_1)",
        ),
        (400, "", {"location": "https://new.example/"}, "400 Bad Request."),
        (400, "Not <b>now</b>", {"content_type": "text/html"}, "400 Bad Request: Not now."),
        (400, "Not <b>now</b>", {"content_type": "text/plain"}, "400 Bad Request: Not <b>now</b>."),
        (400, "Not <b>now</b>", {}, "400 Bad Request: Not <b>now</b>."),
        (401, "Not <b>now</b>", {"content_type": "text/html"}, f"401 Unauthorized: Not now. {FIREWALL}"),
        (401, "Not <b>now</b>", {"content_type": "text/plain"}, f"401 Unauthorized: Not <b>now</b>. {CHECK_KEY}"),
        (401, "Not <b>now</b>", {}, f"401 Unauthorized: Not <b>now</b>. {CHECK_KEY}"),
        (401, "", {}, f"401 Unauthorized. {CHECK_KEY}"),
        (403, "<html>No</html>", {}, f"403 Forbidden: No. {FIREWALL}"),
        (404, '{"error": "bad"}', {}, "404 Not Found: bad. Check the model's slug and base_url."),
        (404, "<html>No</html>", {}, "404 Not Found: No. Check the model's slug and base_url."),
        (407, "", {}, f"407 Proxy Authentication Required. {PROXY}"),
        (429, "", {}, "429 Too Many Requests. Send fewer requests at once, or increase max_retries."),
        (
            429,
            "",
            {"x_request_id": "r" * 250, "retry_after": "0"},
            f"429 Too Many Requests. Send fewer requests at once, or increase max_retries. (request id {'r' * 200}…)",
        ),
        (499, "", {}, "499."),
        (500, "", {}, f"500 Internal Server Error. {FAILED}"),
        (529, "sad", {}, f"529 Overloaded: sad. {FAILED}"),
        (599, "sad", {}, f"599: sad. {FAILED}"),
    ],
)
def test_the_text_of_an_error_names_the_failure_and_what_to_do(
    status: int, body: str, headers: dict[str, str], text: str
) -> None:
    assert str(error_of(status, body, **headers)) == text


def test_the_text_for_a_proxy_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://user:password@proxy.example:8080")
    response = current().Response(407, request=current().Request("POST", "https://service.example/"))
    assert "It comes from the proxy http://proxy.example:8080." in str(status_error(response, str))


def test_a_redirect_and_a_request_id_show_no_key() -> None:
    error = error_of(307, location=f"https://new.example/?key={KEY}", x_request_id=f"r-{KEY}")
    assert "https://new.example/?key=[API key]" in str(error)
    assert error.request_id == "r-[API key]"


@pytest.mark.parametrize(
    ("body", "headers", "request_id"),
    [
        ('{"request_id": "req_b"}', {}, "req_b"),
        ('{"request_id": "req_b"}', {"request_id": "req_h"}, "req_h"),
        ('{"request_id": 5}', {}, None),
        ('["request_id"]', {}, None),
        ("", {}, None),
    ],
)
def test_the_request_id_of_an_error_may_come_from_its_body(
    body: str, headers: dict[str, str], request_id: str | None
) -> None:
    assert error_of(500, body, **headers).request_id == request_id


@pytest.mark.parametrize(
    ("header", "body", "low", "high"),
    [
        ("12", None, 12, 12),
        ("0.5", None, 0.5, 0.5),
        ("0", None, 0, 0),
        ("-3", None, 0, 0),
        ("Sun, 06 Nov 1994 08:49:37", None, 0, 0),
        ("Fri, 06 Nov 2093 08:49:37", None, 1e9, 1e10),
        ("Fri, 06 Nov 2093 08:49:37 GMT" + " " * 100_000, None, 1e9, 1e10),
        (None, {"retry_after": 37}, 37, 37),
        (None, {"error": {"retry_after": "5"}}, 5, 5),
        (None, {"retry_after": 37, "error": {"retry_after": "5"}}, 37, 37),
        (None, {"retry_after": 37, "error": "busy"}, 37, 37),
        ("2", {"retry_after": 37}, 2, 2),
    ],
)
def test_retry_after_is_read_in_every_form(header: str | None, body: Any, low: float, high: float) -> None:
    wait = retry_after({} if header is None else {"retry-after": header}, body)
    assert wait is not None
    assert low <= wait <= high


@pytest.mark.parametrize(("seconds", "low", "high"), [(100, 80, 100), (-100, 0, 0)])
def test_retry_after_may_be_a_date(seconds: float, low: float, high: float) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)
    wait = retry_after({"retry-after": date})
    assert wait is not None
    assert low <= wait <= high


@pytest.mark.parametrize("body", [None, "busy", [], {}, {"error": "busy"}, {"error": None}])
def test_no_retry_after_is_no_wait(body: Any) -> None:
    assert retry_after({}, body) is None


@pytest.mark.parametrize("value", ["soon", "", "nan", "inf", None, True, [], {}])
def test_a_retry_after_that_is_not_a_wait_is_ignored(value: Any) -> None:
    assert retry_after({}, {"retry_after": value}) is None
    if isinstance(value, str):
        assert retry_after({"retry-after": value}) is None


@pytest.mark.parametrize(
    "value",
    [
        "Fri, 31 Dec 99999999999999999999 23:59:59 GMT",
        "Fri, 31 Dec 9999 99999999999999999999:59:59 GMT",
        "Fri, 99999999999999999999 Dec 2030 23:59:59 GMT",
        "Wed, 21 Oct 2015 07:28:00 +99999999999999",
        "Fri, 31 Dec 9999 23:59:59 -2359",
        "9" * 500,
        "9" * 5000 + " Dec 2030",
        10**400,
    ],
)
def test_a_retry_after_beyond_the_calendar_is_ignored(value: Any) -> None:
    wait = retry_after({}, {"retry_after": value})
    assert wait is None or wait > 1e9
    if isinstance(value, str):
        assert retry_after({"retry-after": value}) == (None if wait is None else pytest.approx(wait))


@pytest.mark.parametrize("status", [401, 403])
def test_an_html_page_does_not_send_callers_to_their_key(status: int) -> None:
    page = "<!doctype html><title>Blocked</title><h1>Access is blocked</h1>"
    for content_type in ("text/html", "text/plain"):
        text = str(error_of(status, page, content_type=content_type))
        assert "Access is blocked" in text
        assert "API key" not in text
        assert "your network's proxy or firewall" in text
    assert "API key" in str(error_of(status, '{"error": "<b>no</b>"}', content_type="text/html"))


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (json.dumps({"detail": [{"loc": ["body", n], "msg": "m" * 300} for n in range(10_000)]}), {}),
        (json.dumps({"error": {"type": "t" * 10_000, "message": "m" * 10_000}, "request_id": "r" * 10_000}), {}),
        ("x" * 100_000, {"x_request_id": "r" * 10_000}),
        ("", {"location": "l" * 10_000}),
    ],
)
@pytest.mark.parametrize("status", [308, 403, 422, 500])
def test_the_text_of_an_error_is_short(status: int, body: str, headers: dict[str, str]) -> None:
    error = error_of(status, body, retry_after="5", **headers)
    assert len(str(error)) < 2100
    assert len(json.dumps(error.body)) < 70_000


def test_an_error_holds_the_headers_and_a_copy_of_the_response() -> None:
    body = json.dumps({"error": f"no such key: {KEY}"})
    error: Any = error_of(403, body, x_echo=f"Bearer {KEY}", x_request_id="r1")
    for carried in (error, pickle.loads(pickle.dumps(error))):
        assert carried.headers["X-Request-ID"] == "r1"
        assert carried.headers["x-echo"] == "Bearer [API key]"
        assert carried.response.json() == carried.body == {"error": "no such key: [API key]"}
        assert KEY not in f"{carried!r} {vars(carried)} {carried.response.text} {carried.response.headers.raw}"
    assert KEY.encode() not in pickle.dumps(error)


def test_a_key_that_the_tags_of_a_page_divide_is_not_shown() -> None:
    page = f"<p>no such key: {KEY[:5]}<b>{KEY[5:]}</b></p>"
    assert "no such key: [API key]" in str(error_of(400, page, content_type="text/html"))


def test_an_error_holds_the_wait_and_the_error_type() -> None:
    error = error_of(429, '{"type": "busy", "message": "Wait."}', retry_after="5")
    assert (error.retry_after, error.error_type) == (5, "busy")
    assert error_of(429).retry_after is None
