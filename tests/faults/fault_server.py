"""A server that fails in the way that the path asks for: `python -m tests.faults.fault_server`.

It prints one line of JSON: the port for plain HTTP, and the ports that fail while a connection is encrypted. It ends
when its standard input does. The path of a request is `/<fault>/<moment>/v1/messages`.
"""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from ..support import message_json
from .socket_server import SocketServer, response, response_head

OVERSIZED = 80 * 1024 * 1024
"""More than any answer may have."""
_RESET = struct.pack("ii", 1, 0)


class Answer:
    """The usual answer to a request: the text of its last message. The moments of a fault lie between its pieces."""

    def __init__(self, request: bytes) -> None:
        head, _, body = request.partition(b"\r\n\r\n")
        self.fields: dict[str, Any] = json.loads(body)
        self.authorization = next(
            line for line in head.decode().split("\r\n") if line.lower().startswith("authorization")
        )
        self.text: str = self.fields["messages"][-1]["content"]
        self.streams = self.fields.get("stream") is True
        self.content_type = "text/event-stream" if self.streams else "application/json"
        self.pieces = _events(self.text) if self.streams else _thirds(json.dumps(_message(self)).encode())

    @property
    def body(self) -> bytes:
        return b"".join(self.pieces)

    def head(self, **headers: str) -> bytes:
        framing = {} if "Transfer-Encoding" in headers else {"Content-Length": str(len(self.body))}
        return response_head(content_type=self.content_type, headers={**framing, **headers})

    def until(self, moment: str) -> bytes:
        """Return what is sent before a moment."""
        if moment == "head":
            return b""
        count = {"first event": 0, "middle": len(self.pieces) // 2, "end": len(self.pieces) - 1}[moment]
        return self.head() + b"".join(self.pieces[:count])

    def after(self, moment: str) -> bytes:
        """Return the rest."""
        return (self.head() + self.body).removeprefix(self.until(moment))


def _message(answer: Answer) -> dict[str, Any]:
    choice = answer.fields.get("tool_choice", {})
    if choice.get("type") == "tool":
        call = {"type": "tool_use", "id": "t", "name": choice["name"], "input": {"text": answer.text}}
        return message_json(content=[call], stop_reason="tool_use")
    return message_json(content=[{"type": "text", "text": answer.text}])


def _events(text: str) -> list[bytes]:
    events: list[dict[str, Any]] = [
        {"type": "message_start", "message": {"id": "m", "model": "m", "content": []}},
        {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": text[:3]}},
        {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": text[3:]}},
        {"type": "message_delta", "delta": {"stop_reason": "end_turn"}},
        {"type": "message_stop"},
    ]
    return [f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode() for event in events]


def _thirds(body: bytes) -> list[bytes]:
    half = len(body) // 2
    return [body[:half], body[half:-1], body[-1:]]


# --- Faults that can happen at any moment ---


def close(connection: socket.socket, answer: Answer, moment: str) -> None:
    """Close the connection."""
    connection.sendall(answer.until(moment))


def reset(connection: socket.socket, answer: Answer, moment: str) -> None:
    """Reset the connection."""
    if before := answer.until(moment):
        connection.sendall(before)
        time.sleep(0.02)  # A reset overtakes what the client has not read yet.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)


def stall(connection: socket.socket, answer: Answer, moment: str) -> None:
    """Send nothing more, and wait for the client to leave."""
    connection.sendall(answer.until(moment))
    connection.recv(1)


def drip(connection: socket.socket, answer: Answer, moment: str) -> None:
    """Send the rest a few bytes at a time."""
    connection.sendall(answer.until(moment))
    rest = answer.after(moment)
    for start in range(0, len(rest), 16):
        connection.sendall(rest[start : start + 16])
        time.sleep(0.001)


def garbage(connection: socket.socket, answer: Answer, moment: str) -> None:
    """Send bytes that mean nothing, in place of the rest."""
    connection.sendall(answer.until(moment) + b"\xff\x00\xfe garbage \r\n\r\n" * 100)


# --- Faults of the whole answer ---


def redirect(connection: socket.socket, answer: Answer, _: str) -> None:
    connection.sendall(response(status="307 Temporary Redirect", headers={"Location": "/v1/messages"}))


def informational(connection: socket.socket, answer: Answer, _: str) -> None:
    """Send several interim responses before the real one."""
    connection.sendall(b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n" * 5 + answer.head() + answer.body)


def no_content(connection: socket.socket, answer: Answer, _: str) -> None:
    connection.sendall(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")


def html(connection: socket.socket, answer: Answer, _: str) -> None:
    connection.sendall(response(_page(answer), content_type="text/html"))


def html_error(connection: socket.socket, answer: Answer, _: str) -> None:
    connection.sendall(response(_page(answer), "502 Bad Gateway", "text/html"))


def _page(answer: Answer) -> bytes:
    """Return a page that repeats the request, as debugging proxies do."""
    return f"<!doctype html><html><body><h1>Nobody is home</h1><pre>{answer.authorization}</pre></body></html>".encode()


def old_http(connection: socket.socket, answer: Answer, _: str) -> None:
    """Answer in HTTP/1.0: the body ends with the connection."""
    head = f"HTTP/1.0 200 OK\r\nContent-Type: {answer.content_type}\r\n\r\n".encode()
    connection.sendall(head + answer.body)


def keep_alive_closed(connection: socket.socket, answer: Answer, _: str) -> None:
    """Promise to keep the connection, and close it with the last byte of the answer."""
    # The end of the connection goes out in one packet with the answer, so that the next request cannot overtake it.
    connection.sendall(answer.head(Connection="keep-alive") + answer.body, getattr(socket, "MSG_MORE", 0))


def broken_chunk(connection: socket.socket, answer: Answer, _: str) -> None:
    """Send the answer in chunks, and break off the framing in the middle."""
    half = len(answer.pieces) // 2
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in answer.pieces[:half])
    connection.sendall(answer.head(**{"Transfer-Encoding": "chunked"}) + chunks + b"not a size\r\n")


def too_long(connection: socket.socket, answer: Answer, _: str) -> None:
    """Promise more than the whole answer."""
    connection.sendall(answer.head(**{"Content-Length": str(len(answer.body) + 100)}) + answer.body)


def too_short(connection: socket.socket, answer: Answer, _: str) -> None:
    """Promise less than the answer, and send all of it."""
    length = len(b"".join(answer.pieces[: len(answer.pieces) // 2]))
    connection.sendall(answer.head(**{"Content-Length": str(length)}) + answer.body)


def broken_gzip(connection: socket.socket, answer: Answer, _: str) -> None:
    """Say that the body is compressed, and send it as it is."""
    connection.sendall(answer.head(**{"Content-Encoding": "gzip"}) + answer.body)


def oversized_head(connection: socket.socket, answer: Answer, _: str) -> None:
    with contextlib.suppress(OSError):
        connection.sendall(answer.head(**{"X-Long": "x" * 1_000_000}) + answer.body)


def oversized_body(connection: socket.socket, answer: Answer, _: str) -> None:
    """Send one piece of data that is larger than any answer may be."""
    connection.sendall(response_head(content_type=answer.content_type) + (b"data: " if answer.streams else b'"'))
    piece = b"a" * 1_048_576
    for _number in range(OVERSIZED // len(piece)):
        connection.sendall(piece)


AT_ANY_MOMENT: dict[str, Callable[[socket.socket, Answer, str], None]] = {
    "closed": close,
    "reset": reset,
    "stall": stall,
    "drip": drip,
    "garbage": garbage,
}
OF_THE_ANSWER: dict[str, Callable[[socket.socket, Answer, str], None]] = {
    "redirect": redirect,
    "1xx": informational,
    "204": no_content,
    "HTML page": html,
    "HTML error": html_error,
    "HTTP/1.0": old_http,
    "broken chunk": broken_chunk,
    "keep-alive closed": keep_alive_closed,
    "length too long": too_long,
    "length too short": too_short,
    "broken gzip": broken_gzip,
    "oversized head": oversized_head,
    "oversized body": oversized_body,
}


def fail(connection: socket.socket, request: bytes) -> None:
    """Answer one request in the way that its path asks for."""
    fault, moment = (
        part.replace("_", " ").replace("~", "/") for part in request.split(b" ", 2)[1].decode().split("/")[1:3]
    )
    {**AT_ANY_MOMENT, **OF_THE_ANSWER}[fault](connection, Answer(request), moment)


# --- Faults before a request ---


class HandshakeServer:
    """Accepts connections, and fails where the client begins to encrypt them."""

    def __init__(self, fail: Callable[[socket.socket], None]) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = int(self._listener.getsockname()[1])
        self._fail = fail
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            connection.recv(65_536)
            self._fail(connection)


AT_THE_HANDSHAKE: dict[str, Callable[[socket.socket], Any]] = {
    "closed": lambda connection: None,
    "reset": lambda connection: connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET),
    "stall": lambda connection: connection.recv(1),
    "garbage": lambda connection: connection.sendall(b"\xff\x00\xfe garbage \r\n\r\n" * 100),
    "HTML page": lambda connection: connection.sendall(response(b"<html>no</html>", "400 Bad Request", "text/html")),
}


def main() -> None:
    handshakes = {name: HandshakeServer(fail).port for name, fail in AT_THE_HANDSHAKE.items()}
    with SocketServer(fail) as server:
        print(json.dumps({"http": server.port, "handshake": handshakes}), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
