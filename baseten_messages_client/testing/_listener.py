"""Accepting connections: a thread for each one, and a way to end them all."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable

_CLOSE_SECONDS = 5.0


class Listener:
    """Listens on a port of this machine, until closed.

    Args:
        port: The port; 0 picks a free one.
        serve: Serves one connection. It runs in a thread for that connection, which closes it afterwards.

    Raises:
        OSError: The port is taken.
    """

    def __init__(self, port: int, serve: Callable[[socket.socket], None]) -> None:
        self._socket = socket.create_server(("127.0.0.1", port), backlog=4096)
        # Seconds after which to check whether to stop, in case the connection that says so fails.
        self._socket.settimeout(1.0)
        self._serve = serve
        self._closing = False
        self._lock = threading.Lock()
        self._workers: dict[threading.Thread, socket.socket] = {}
        self.port: int = self._socket.getsockname()[1]
        self._acceptor = threading.Thread(target=self._accept, name="LocalServer", daemon=True)
        self._acceptor.start()

    def close(self) -> None:
        """Stop listening, cut every connection and wait for the threads."""
        self._closing = True
        # Closing a socket does not wake a thread that accepts from it on every platform. A connection does.
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        self._acceptor.join()
        self._socket.close()
        with self._lock:
            workers = list(self._workers)
            for connection in self._workers.values():
                with contextlib.suppress(OSError):  # The client may have left already.
                    connection.shutdown(socket.SHUT_RDWR)
        deadline = time.monotonic() + _CLOSE_SECONDS
        for worker in workers:
            worker.join(max(0.0, deadline - time.monotonic()))

    def _accept(self) -> None:
        """Accept connections until told to stop."""
        while not self._closing:
            try:
                connection, _ = self._socket.accept()
            except OSError:  # Nobody came, or whoever came has left already.
                continue
            worker = threading.Thread(target=self._work, args=[connection], daemon=True)
            with self._lock:
                self._workers[worker] = connection
                worker.start()

    def _work(self, connection: socket.socket) -> None:
        """Serve one connection, then close it."""
        try:
            self._serve(connection)
        finally:
            with self._lock:
                del self._workers[threading.current_thread()]
                connection.close()
