"""Sending one attempt of a request."""

from __future__ import annotations

import pytest

from baseten_messages_client import errors
from baseten_messages_client.testing import LocalServer

from ..conftest import Create


def test_a_redirect_is_not_followed(create: Create, server: LocalServer) -> None:
    server.enqueue(status=307, headers={"location": "http://127.0.0.1:9/"})
    with pytest.raises(errors.APIStatusError, match=r"redirects to http://127\.0\.0\.1:9/: set base_url"):
        create()
    assert len(server.requests) == 1
