"""The bodies of error answers: what they say went wrong, whatever their form."""

from __future__ import annotations

import pytest

from baseten_messages_client import errors
from baseten_messages_client._wire.error_bodies import describe_body
from baseten_messages_client.testing import LocalServer

from ..conftest import Create


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
