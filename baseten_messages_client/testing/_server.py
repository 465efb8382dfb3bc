"""The public class: start and stop a local server, script its replies, read what it received."""

import socket
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from types import TracebackType
from typing import Any, Literal, Self

from attrs import evolve

from ._backend import Backend
from ._connection import Connection
from ._listener import Listener
from ._replies import Content, Script
from ._requests import RecordedRequest
from ._service import DEFAULT_MODELS, Service


class LocalServer:
    """A server on this machine that imitates the service, for tests and demonstrations.

    It checks requests like the service and answers them like a model. Equal requests have equal answers. If the last
    message is from the assistant, the answer continues it. `enqueue` scripts other replies and failures. Use the server
    in a `with` statement, or call `start` and `close`.

    The server refuses a request whose `Host` header names another host than `127.0.0.1`, `localhost` or `[::1]`, so
    that no web page can reach it under its own name.

    Args:
        api_key: The only key accepted, or None to accept any.
        models: Slugs of the available models.
        port: Port to listen on; 0 picks a free port.
        max_requests: How many requests to keep in `requests`, or None to keep all. The newest stay.
        strict: Whether to refuse fields that the schema does not know. Other clients send such fields, and a real
            server may ignore them. Known fields with wrong values are refused in any case.

    Raises:
        TypeError: `max_requests` is not an int or None.
        ValueError: `max_requests` is negative.

    Example:
        >>> from baseten_messages_client import Baseten
        >>> with LocalServer() as server, Baseten(api_key="any", base_url=server.url) as client:
        ...     server.enqueue("Hello!")
        ...     message = client.messages.create(
        ...         model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi"}]
        ...     )
    """

    def __init__(
        self,
        *,
        api_key: str | None = None,
        models: Iterable[str] = DEFAULT_MODELS,
        port: int = 0,
        max_requests: int | None = None,
        strict: bool = True,
    ) -> None:
        _check_max_requests(max_requests)
        self._backend = Backend(Service(api_key, models, strict), max_requests)
        self._port = port
        self._listener: Listener | None = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, error_class: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"LocalServer({self.url if self._listener else 'not running'})"

    @property
    def url(self) -> str:
        """Base URL of the server, such as `http://127.0.0.1:8000`.

        Raises:
            RuntimeError: The server is not running.
        """
        if self._listener is None:
            raise RuntimeError("LocalServer is not running; use it in a `with` statement or call start()")
        return f"http://127.0.0.1:{self._listener.port}"

    @property
    def requests(self) -> list[RecordedRequest]:
        """The requests received so far, in order of arrival, refused ones included. The list is a copy.

        With `max_requests`, the list holds only the newest requests.
        """
        with self._backend.changed:
            return list(self._backend.requests)

    @property
    def pending(self) -> int:
        """How many scripted replies are still to be sent."""
        with self._backend.changed:
            return len(self._backend.scripts)

    @property
    def disconnects(self) -> int:
        """How many connections clients closed in the middle of a request or of its reply."""
        return self._backend.disconnects

    def start(self) -> Self:
        """Listen for connections.

        Returns:
            The server itself.

        Raises:
            RuntimeError: The server is already running.
            OSError: The port is taken.
        """
        if self._listener is not None:
            raise RuntimeError("LocalServer is already running")
        self._backend.closing.clear()
        self._listener = Listener(self._port, self._serve)
        return self

    def close(self) -> None:
        """Stop listening and cut every connection, even in the middle of a reply. It is safe to close twice."""
        if self._listener is not None:
            self._backend.closing.set()
            self._listener.close()
            self._listener = None

    def _serve(self, connection: socket.socket) -> None:
        """Serve one connection."""
        Connection(self._backend, connection).serve()

    def reset(self) -> None:
        """Forget the recorded requests, the scripted replies and the count of disconnects."""
        self._backend.reset()

    def enqueue(
        self,
        reply: Content = None,
        *,
        status: int | None = None,
        headers: Mapping[str, str | None] | None = None,
        delay: float = 0.0,
        stream: bool | None = None,
        chunk_size: int | None = None,
        chunks: Sequence[int] | None = None,
        pause: float = 0.0,
        ping_every: int | None = None,
        disconnect_at: int | None = None,
        drop: bool | Literal["reset"] = False,
        reset: bool = False,
        repeat: int = 1,
        check: bool = True,
    ) -> None:
        r"""Script the reply to the next request that has no scripted reply yet.

        A request that the server refuses gets its error, and the scripted reply waits for the next request. This holds
        for a wrong host, path or method, for a wrong authorization, and for a body that the service would refuse.
        `check=False` replies to any body and any authorization.

        Args:
            reply: What to send.
                A str is a message with that text (with an error status: that text, as plain text).
                A dict with `content` is a message. Missing fields are added.
                A list of events is a stream. Any other dict or list is sent as JSON.
                Bytes are sent as they are, with a content type guessed from their first bytes.
                None with a `status` is an empty body. None without a `status` is the answer that the server would give
                without a script, but sent as the other arguments say.
            status: HTTP status code; 200 by default.
            headers: Headers to add, or to remove if the value is None. With `content-length` or `transfer-encoding`
                you frame the body yourself, and the connection ends after it.
            delay: Seconds before the status line; `math.inf` never answers.
            stream: Whether to send a message as a stream; by default as the request asks.
            chunk_size: Number of bytes of each write. By default a stream has one write for each event.
            chunks: Sizes of the first writes in bytes. One more write sends the rest.
            pause: Seconds between two writes.
            ping_every: Number of events after which to add a `ping` event.
            disconnect_at: Number of bytes of the body after which to cut the connection.
            drop: Whether to close the connection instead of replying; "reset" does so with a TCP reset.
            reset: Whether `disconnect_at` and `drop` end the connection with a TCP reset.
            repeat: Number of requests that get this reply.
            check: Whether to check the authorization and the body of the request before the reply.

        Raises:
            TypeError: `reply` is of a type that cannot be sent.
            ValueError: Another argument is invalid. The message names it.

        Example:
            >>> server = LocalServer()
            >>> server.enqueue(status=429, headers={"retry-after": "1"})
            >>> server.enqueue("Hello!", chunk_size=1, pause=0.01)
            >>> server.enqueue(b"event: ping\ndata: {}\n\n", disconnect_at=5)
        """
        if repeat < 1:
            raise ValueError(f"repeat: must be at least 1, not {repeat}")
        script = Script(
            reply=reply,
            status=status,
            headers=dict(headers or {}),
            delay=delay,
            stream=stream,
            chunk_size=chunk_size,
            chunks=None if chunks is None else tuple(chunks),
            pause=pause,
            ping_every=ping_every,
            disconnect_at=disconnect_at,
            drop=drop,
            reset=reset,
            check=check,
        )
        # Copied, so that later changes by the caller do not change the reply.
        self._backend.script([evolve(script, reply=deepcopy(reply))] * repeat)

    def wait_until(self, condition: Callable[[], bool], timeout: float = 5.0) -> bool:
        """Wait for something to happen at the server, such as `lambda: server.disconnects == 1`.

        Args:
            condition: Returns whether it has happened. Called after every request, reply and disconnect.
            timeout: Maximum number of seconds to wait.

        Returns:
            The last result of the condition.

        Example:
            >>> with LocalServer() as server:
            ...     server.wait_until(lambda: server.requests == [])
            True
        """
        with self._backend.changed:
            return self._backend.changed.wait_for(condition, timeout)


def _check_max_requests(value: Any) -> None:
    """Refuse a limit that is not possible."""
    if value is None:
        return
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"max_requests: int or None expected, not {type(value).__name__}")
    if value < 0:
        raise ValueError(f"max_requests: must be at least 0, not {value}")
