"""Headers: which ones a caller may send, and which one holds the request id."""

from __future__ import annotations

from typing import Any

import pytest

from baseten_messages_client import AsyncBaseten, Baseten, ConfigurationError
from baseten_messages_client._transport.headers import check_headers, merge_headers, read_request_id
from baseten_messages_client.testing import LocalServer

from ..conftest import Create
from ..support import KEY


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ({"Host": "x"}, "default_headers contains Host, which the HTTP library sets: remove it"),
        ({"a": " b"}, "begins or ends with whitespace"),
        ({"a b": "c"}, "default_headers contains 'a b', which is not a valid header name"),
        ({"": "c"}, "not a valid header name"),
        ({"a": "b\r\nc: d"}, r"default_headers\['a'\] contains a line break"),
        ({"a": "é"}, "non-ASCII"),
        ({"a": 1}, "must map strings to strings"),
        ({"Authorization": "Bearer x"}, "default_headers contains Authorization: pass the key"),
        (["a"], "default_headers must be a dict"),
    ],
)
@pytest.mark.parametrize("client", [Baseten, AsyncBaseten])
def test_a_header_that_cannot_be_sent_is_refused(client: type[Any], headers: Any, told: str) -> None:
    with pytest.raises(ConfigurationError, match=told):
        client(api_key=KEY, default_headers=headers)


def test_x_api_key_is_dropped_whatever_its_case() -> None:
    assert check_headers({"X-API-Key": "k", "X-Other": "o"}, "extra_headers") == {"X-Other": "o"}


def test_a_later_header_replaces_an_earlier_one_whatever_its_case() -> None:
    assert merge_headers({"Accept": "a", "B": "b"}, {"accept": "c"}) == {"B": "b", "accept": "c"}


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


def test_a_message_has_the_request_id_of_its_headers(create: Create, server: LocalServer) -> None:
    server.enqueue("ok", headers={"x-baseten-request-id": "req_mine"})
    assert create().request_id == "req_mine"
