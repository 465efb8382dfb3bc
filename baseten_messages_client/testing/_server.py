"""The local server: its sockets, what it recorded, and the replies that wait."""

import socket
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from types import TracebackType
from typing import Literal, Self

from attrs import evolve

from ._backend import Backend
from ._connection import Connection
from ._listener import Listener
from ._replies import Content, Script
from ._requests import RecordedRequest
from ._service import DEFAULT_MODELS, Service


class LocalServer:
    """A stand-in for the service on this machine, for tests and demonstrations.

    It checks requests as the service does and answers them as a model would, always alike; `enqueue` scripts other
    replies and failures. Use it in a `with` statement, or call `start` and `close`.

    Args:
        api_key: The only key accepted, or None to accept any.
        models: Slugs of the models on offer.
        port: Port to listen on; 0 picks a free one.

    Raises:
        ImportError: `jsonschema` is missing; `pip install "baseten-messages-client[testing]"` brings it.

    Example:
        >>> from baseten_messages_client import Baseten
        >>> with LocalServer() as server, Baseten(api_key="any", base_url=server.url) as client:
        ...     server.enqueue("Hello!")
        ...     message = client.messages.create(
        ...         model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi"}]
        ...     )
    """

    def __init__(self, *, api_key: str | None = None, models: Iterable[str] = DEFAULT_MODELS, port: int = 0) -> None:
        self._backend = Backend(Service(api_key, models))
        self._port = port
        self._listener: Listener | None = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
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
        """The requests received so far, in the order of their arrival, as a list of its own."""
        with self._backend.changed:
            return list(self._backend.requests)

    @property
    def pending(self) -> int:
        """How many scripted replies are still to be sent."""
        with self._backend.changed:
            return len(self._backend.scripts)

    @property
    def disconnects(self) -> int:
        """How many connections the client closed in the middle of a request or of its reply."""
        return self._backend.disconnects

    def start(self) -> Self:
        """Listen for connections.

        Returns:
            The server itself.

        Raises:
            RuntimeError: The server is running already.
            OSError: The port is taken.
        """
        if self._listener is not None:
            raise RuntimeError("LocalServer is running already")
        self._backend.closing.clear()
        self._listener = Listener(self._port, self._serve)
        return self

    def close(self) -> None:
        """Stop listening and cut every connection, also where a reply is under way. Closing twice does no harm."""
        if self._listener is not None:
            self._backend.closing.set()
            self._listener.close()
            self._listener = None

    def _serve(self, connection: socket.socket) -> None:
        """Serve one connection."""
        Connection(self._backend, connection).serve()

    def reset(self) -> None:
        """Forget the recorded requests, the replies that wait and the count of disconnects."""
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
    ) -> None:
        r"""Script the reply to the next request that has none yet, whatever that request holds.

        Args:
            reply: What to send.
                A str is a message with that text (with an error status: that text, as plain text).
                A dict with `content` is a message; what it lacks is filled in.
                A list of events is a stream of them. Any other dict or list is sent as JSON.
                Bytes are the body as it is, with a content type guessed from how they begin.
                None with a `status` is an empty body; None alone is what the server would answer by itself, after
                its usual checks, sent the way that the other arguments say.
            status: HTTP status code; 200 when left out.
            headers: Headers to add or, when the value is None, to leave out. With `content-length` or
                `transfer-encoding` the body is framed by you, and the connection ends after it.
            delay: Seconds before the status line; `math.inf` never answers.
            stream: Whether to send a message as a stream; by default as the request asks.
            chunk_size: Number of bytes of each write; by default a stream has one write an event.
            chunks: Sizes of the first writes in bytes; one more write takes the rest.
            pause: Seconds between two writes.
            ping_every: Number of events after which to put a `ping` event.
            disconnect_at: Number of bytes of the body after which to cut the connection.
            drop: Whether to close the connection instead of replying; "reset" does so with a TCP reset.
            reset: Whether `disconnect_at` and `drop` end the connection with a TCP reset.
            repeat: How many requests get this reply.

        Raises:
            TypeError: `reply` is of a type that cannot be sent.
            ValueError: Another argument makes no sense; the message names it.

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
        )
        # A copy, so that what the caller changes later does not change the reply.
        self._backend.script([evolve(script, reply=deepcopy(reply))] * repeat)

    def wait_until(self, condition: Callable[[], bool], timeout: float = 5.0) -> bool:
        """Wait for something to happen at the server, such as `lambda: server.disconnects == 1`.

        Args:
            condition: Tells whether it has happened; asked again whenever a request, a reply or a disconnect came.
            timeout: Seconds to wait at most.

        Returns:
            What the condition said last.

        Example:
            >>> with LocalServer() as server:
            ...     server.wait_until(lambda: server.requests == [])
            True
        """
        with self._backend.changed:
            return self._backend.changed.wait_for(condition, timeout)
