"""State that all connections of a local server share: recorded requests and scripted replies."""

import threading
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from ._checks import RefusedError
from ._replies import Answer, Response, Script, render
from ._requests import RecordedRequest
from ._service import Service, error_body, refusal_answer

T = TypeVar("T")

_UNSCRIPTED = Script()


class Backend:
    """Records requests and chooses their responses. Safe to use from several threads.

    Attributes:
        changed: Lock of all attributes. It is notified whenever one of them changes.
        closing: Set while the server closes.

    Args:
        service: Checks requests, and answers those that have no scripted reply.
        max_requests: How many requests to keep, or None to keep all.
    """

    def __init__(self, service: Service, max_requests: int | None) -> None:
        self.changed = threading.Condition()
        self.closing = threading.Event()
        self.disconnects = 0
        self.requests: deque[RecordedRequest] = deque(maxlen=max_requests)
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
        stray = self._service.stray_answer(request)
        refusal = stray or _answer_or_failure(self._service.refusal, request)
        with self.changed:
            number = self.next_number()
            self.requests.append(request)
            script = _UNSCRIPTED
            if self.scripts and stray is None and (refusal is None or not self.scripts[0].check):
                script = self.scripts.popleft()
            self.changed.notify_all()
        answer = script.answer
        if answer is None:
            own = _answer_or_failure(self._service.answer, request, number) if refusal is None else refusal
            answer = own._replace(headers={**own.headers, **script.headers})
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


def _answer_or_failure(ask: Callable[..., T], *arguments: Any) -> T | Answer:
    """Ask the service. If the service itself fails, return an answer that says so."""
    try:
        return ask(*arguments)
    except Exception as error:
        # A dropped connection would not tell the caller why.
        return Answer(500, error_body("api_error", f"LocalServer failed: {type(error).__name__}: {error}"))
