"""State that all connections of a local server share: recorded requests and scripted replies."""

import threading
from collections import deque
from collections.abc import Iterable

from ._checks import RefusedError
from ._replies import Answer, Response, Script, render
from ._requests import RecordedRequest
from ._service import Service, error_body, refusal_answer

_UNSCRIPTED = Script()


class Backend:
    """Records requests and chooses their responses. Safe to use from several threads.

    Attributes:
        changed: Lock of all attributes. It is notified whenever one of them changes.
        closing: Set while the server closes.

    Args:
        service: Answers requests that have no scripted reply.
    """

    def __init__(self, service: Service) -> None:
        self.changed = threading.Condition()
        self.closing = threading.Event()
        self.disconnects = 0
        self.requests: list[RecordedRequest] = []
        self.scripts: deque[Script] = deque()
        self._service = service
        self._numbers = 0

    def script(self, scripts: Iterable[Script]) -> None:
        """Add scripted replies."""
        with self.changed:
            self.scripts.extend(scripts)

    def reset(self) -> None:
        """Forget requests, scripted replies and disconnects."""
        with self.changed:
            self.requests.clear()
            self.scripts.clear()
            self.disconnects = 0
            self.changed.notify_all()

    def next_number(self) -> int:
        """Return the number of the next request, starting from 1."""
        with self.changed:
            self._numbers += 1
            return self._numbers

    def respond(self, request: RecordedRequest) -> Response:
        """Record a request and choose its response."""
        with self.changed:
            number = self.next_number()
            self.requests.append(request)
            script = self.scripts.popleft() if self.scripts else _UNSCRIPTED
            self.changed.notify_all()
        answer = script.answer
        if answer is None:
            answer = self._unscripted(request, number)
            answer = answer._replace(headers={**answer.headers, **script.headers})
        return render(script, answer, request.json, number)

    def refuse(self, refusal: RefusedError) -> Response:
        """Make the response to a request that cannot be read."""
        return render(_UNSCRIPTED, refusal_answer(refusal), None, self.next_number())

    def client_left(self) -> None:
        """Count a client that did not wait for its whole response."""
        if self.closing.is_set():
            return
        with self.changed:
            self.disconnects += 1
            self.changed.notify_all()

    def _unscripted(self, request: RecordedRequest, number: int) -> Answer:
        """Let the service answer."""
        try:
            return self._service.answer(request, number)
        except Exception as error:
            # A dropped connection would not tell the caller why.
            return Answer(500, error_body("api_error", f"LocalServer failed: {type(error).__name__}: {error}"))
