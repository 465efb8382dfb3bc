"""Accepting connections."""

import socket
from typing import Any

import pytest

from baseten_messages_client.testing import LocalServer

from .support import HELLO, PATH, connect


def test_a_connection_that_cannot_be_accepted_does_not_stop_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    real_accept = socket.socket.accept
    failures = [ConnectionAbortedError()]

    def accept(listener: socket.socket) -> Any:
        if failures:
            raise failures.pop()
        return real_accept(listener)

    monkeypatch.setattr(socket.socket, "accept", accept)
    with LocalServer() as server, connect(server) as client:
        assert client.post(PATH, json=HELLO).status_code == 200
    assert failures == []
