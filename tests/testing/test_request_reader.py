"""Reading HTTP requests, valid or not, over real sockets."""

import json

import httpx
import pytest

from baseten_messages_client.testing import LocalServer, _request_reader

from .support import HELLO, PATH, connect, dial, error_of, head, read_all


def test_a_body_may_come_in_chunks(server: LocalServer) -> None:
    body = json.dumps(HELLO).encode()
    with connect(server) as client:
        response = client.post(PATH, content=iter([body[:5], body[5:]]))
    assert response.status_code == 200
    assert server.requests[0].body == body


def test_chunks_may_have_extensions_and_trailers(server: LocalServer) -> None:
    with dial(server) as connection:
        chunks = b'2;a="b"\r\n{}\r\n0\r\nX-Trailer: 1\r\n\r\n'
        connection.sendall(head("Transfer-Encoding: chunked", "Connection: close") + chunks)
        assert read_all(connection).startswith(b"HTTP/1.1 400")
    assert server.requests[0].json == {}


def test_a_client_may_ask_before_it_sends_the_body(server: LocalServer) -> None:
    with dial(server) as connection:
        connection.sendall(head("Content-Length: 2", "Expect: 100-continue", "Connection: close"))
        assert connection.recv(100).startswith(b"HTTP/1.1 100 Continue")
        connection.sendall(b"{}")
        assert b"HTTP/1.1 400" in read_all(connection)


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"POST / HTTP/9\r\n\r\n", 400),
        (b"POST / HTTP/2.0\r\n\r\n", 505),
        (b"POST / HTTP/1.1\r\n\r\n", 400),
        (head(target="BREW / HTTP/1.1"), 501),
        (head(target=f"POST /{'x' * 70_000} HTTP/1.1"), 431),
        (head(f"X: {'x' * 70_000}"), 431),
        (head("X: " + "x" * 500_000).removesuffix(b"\r\n\r\n"), 431),
        (head("Content-Length: x"), 400),
        (head("Content-Length: -1"), 400),
        (head("Content-Length: " + "9" * 5000), 400),
        (head("Content-Length: 99999999999"), 413),
        (head("Transfer-Encoding: gzip"), 501),
        (head("Transfer-Encoding: chunked") + b"zz\r\n", 400),
        (head("Transfer-Encoding: chunked") + b"2\r\n12345\r\n", 400),
    ],
)
def test_requests_that_are_not_valid_http(
    server: LocalServer, request_bytes: bytes, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with dial(server) as connection:
        connection.sendall(request_bytes)
        reply = read_all(connection)
    assert reply.startswith(f"HTTP/1.1 {status} ".encode())
    envelope = json.loads(reply.partition(b"\r\n\r\n")[2])
    assert envelope["error"]["type"] == ("request_too_large" if status == 413 else "invalid_request_error")
    assert b"x-baseten-request-id: req_000001" in reply
    assert b"connection: close" in reply
    assert server.requests == []
    with connect(server) as client:
        assert client.post(PATH, json=HELLO).status_code == 200
    assert capsys.readouterr().err == ""


def test_a_body_that_is_too_large(server: LocalServer, client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_request_reader, "MAX_BODY", 1_000_000)
    assert client.post(PATH, content=b" " * 1_000_000).status_code == 400
    for content in (b" " * 5_000_000, iter([b" " * 600_000] * 2)):
        assert error_of(client.post(PATH, content=content))[:2] == (413, "request_too_large")
