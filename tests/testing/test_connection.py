"""How responses are sent, cut and ended, over real sockets."""

import contextlib
import math
import socket
import struct
from typing import Any

import httpx
import pytest

from baseten_messages_client.testing import LocalServer

from .support import HELLO, PATH, connect, dial, head, read_all


def test_a_connection_serves_several_requests(server: LocalServer) -> None:
    with dial(server) as connection:
        connection.sendall(head("Content-Length: 2") + b"{}" + head("Content-Length: 2", "Connection: close") + b"{}")
        assert read_all(connection).count(b"HTTP/1.1 400") == 2


def test_a_bad_request_ends_a_connection_that_served_others(server: LocalServer) -> None:
    with dial(server) as connection:
        connection.sendall(head("Content-Length: 2") + b"{}" + head("Content-Length: x"))
        first, second = read_all(connection).split(b"HTTP/1.1 ")[1:]
    assert b"connection: close" not in first
    assert b"connection: close" in second


def test_old_clients_get_a_body_that_ends_with_the_connection(server: LocalServer) -> None:
    server.enqueue([{"type": "ping"}], check=False)
    with dial(server) as connection:
        connection.sendall(head(target=f"POST {PATH} HTTP/1.0"))
        reply = read_all(connection)
    assert b"transfer-encoding" not in reply
    assert reply.endswith(b'\r\n\r\nevent: ping\ndata: {"type":"ping"}\n\n')


def test_a_script_can_frame_the_body_itself(server: LocalServer) -> None:
    server.enqueue(b"short", headers={"content-length": "50"})
    with connect(server) as client, pytest.raises(httpx.RemoteProtocolError):
        client.post(PATH, json=HELLO)


@pytest.mark.parametrize(
    ("script", "error"),
    [
        ({"drop": True}, httpx.RemoteProtocolError),
        ({"drop": "reset"}, httpx.ReadError),
        ({"drop": True, "reset": True}, httpx.ReadError),
        ({"reply": "Hello!", "disconnect_at": 10}, httpx.RemoteProtocolError),
        ({"reply": "Hello!", "disconnect_at": 0, "stream": True}, httpx.RemoteProtocolError),
        ({"reply": "Hello!", "disconnect_at": 10, "reset": True}, httpx.ReadError),
        ({"reply": b"12345", "disconnect_at": 5}, httpx.RemoteProtocolError),
        ({"reply": b"12345", "disconnect_at": 99}, httpx.RemoteProtocolError),
    ],
)
def test_a_client_sees_a_cut_connection_as_an_error(
    server: LocalServer, client: httpx.Client, script: dict[str, Any], error: type[Exception]
) -> None:
    server.enqueue(**script)
    with pytest.raises(error):
        client.post(PATH, json=HELLO)
    assert len(server.requests) == 1
    assert client.post(PATH, json=HELLO).status_code == 200
    assert server.disconnects == 0


@pytest.mark.parametrize("size", [0, 1, 9, 15])
def test_a_connection_is_cut_at_the_byte(server: LocalServer, size: int) -> None:
    server.enqueue(b"0123456789abcdef", disconnect_at=size, chunk_size=3, check=False)
    with dial(server) as connection:
        connection.sendall(head("Content-Length: 0", target=f"POST {PATH} HTTP/1.0"))
        assert read_all(connection).partition(b"\r\n\r\n")[2] == b"0123456789abcdef"[:size]


@pytest.mark.parametrize("script", [{"delay": math.inf}, {"reply": "Hello!", "stream": True, "pause": 60}])
@pytest.mark.parametrize("abruptly", [False, True])
def test_clients_that_leave_while_the_server_waits_are_counted(
    server: LocalServer, script: dict[str, Any], abruptly: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    server.enqueue(**script, check=False)
    with dial(server) as connection:
        connection.sendall(head("Content-Length: 0"))
        assert server.wait_until(lambda: len(server.requests) == 1)
        if abruptly:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert server.wait_until(lambda: server.disconnects == 1)
    assert capsys.readouterr().err == ""


def test_clients_that_leave_while_the_server_writes_are_counted(
    server: LocalServer, capsys: pytest.CaptureFixture[str]
) -> None:
    server.enqueue(b"x" * 50_000_000, check=False)
    with dial(server) as connection:
        connection.sendall(head("Content-Length: 0"))
        connection.recv(1)
    assert server.wait_until(lambda: server.disconnects == 1)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "start",
    [
        head("Content-Length: 50") + b"{",
        head("Transfer-Encoding: chunked") + b"5\r\n12",
        head("Transfer-Encoding: chunked") + b"5\r\n12345\r\n",
    ],
)
def test_clients_that_leave_in_the_middle_of_a_request_are_counted(server: LocalServer, start: bytes) -> None:
    with dial(server) as connection:
        connection.sendall(start)
    assert server.wait_until(lambda: server.disconnects == 1)
    assert server.requests == []


def test_clients_that_leave_between_requests_are_not_counted(server: LocalServer) -> None:
    with connect(server) as client:
        client.post(PATH, json=HELLO)
    with dial(server) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    server.close()
    assert server.disconnects == 0


def test_a_pause_goes_on_when_the_next_request_is_there_already(server: LocalServer) -> None:
    server.enqueue("Hello!", delay=0.05, repeat=2, check=False)
    with dial(server) as connection:
        connection.sendall(head("Content-Length: 0"))
        assert server.wait_until(lambda: len(server.requests) == 1)
        connection.sendall(head("Content-Length: 0", "Connection: close"))
        assert read_all(connection).count(b"HTTP/1.1 200") == 2


def test_closing_ends_a_pause_with_the_next_request_there_already(server: LocalServer) -> None:
    server.enqueue(delay=math.inf, check=False)
    with dial(server) as connection:
        connection.sendall(head("Content-Length: 0"))
        assert server.wait_until(lambda: len(server.requests) == 1)
        connection.sendall(head("Content-Length: 0"))
        server.close()
        with contextlib.suppress(ConnectionResetError):
            assert read_all(connection) == b""
