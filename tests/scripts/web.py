"""A web server for the tests that download."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Site:
    """A loopback web server with one page, and a redirect to wherever a test wants."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, dict[str, str], Iterator[bytes]]] = {}
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, headers, chunks = site.pages[self.path]
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                try:
                    for chunk in chunks:
                        self.wfile.write(chunk)
                except (BrokenPipeError, ConnectionResetError):
                    pass  # The client had enough, which is what the test wants.

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def page(self, path: str, content: bytes | Iterator[bytes] = b"", status: int = 200, **headers: str) -> str:
        chunks = iter([content]) if isinstance(content, bytes) else content
        self.pages[path] = (status, {name.replace("_", "-"): value for name, value in headers.items()}, chunks)
        return self.url + path
