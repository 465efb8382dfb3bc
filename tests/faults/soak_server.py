"""The servers of the soak, in a process by themselves: `python -m tests.faults.soak_server`.

They are a local server that gives each request the fault that its header asks for, and a fault server. Both answer with
the text of the request, so that the client can check the answer. The process prints the addresses as one line of JSON,
and ends when its standard input does.
"""

from __future__ import annotations

import json
import sys
from collections import OrderedDict
from typing import Any

from baseten_messages_client.testing import LocalServer, RecordedRequest
from baseten_messages_client.testing._backend import Backend
from baseten_messages_client.testing._replies import Response, Script
from baseten_messages_client.testing._service import Service

from .echo_server import message, order_of
from .fault_server import fail
from .soak_faults import FAULTS, Reply
from .socket_server import SocketServer

HEADER = "x-soak"
"""JSON: the `token` of a call, and the `faults` of its requests, one after the other, each with a size."""
MODELS = ("echo",)
_REMEMBERED = 10_000
"""Calls whose requests are counted at a time."""


class SoakBackend(Backend):
    """Gives each request the reply that it asks for, instead of the reply that was scripted next."""

    def __init__(self) -> None:
        super().__init__(Service(None, MODELS, strict=True), max_requests=0)
        self._left: OrderedDict[str, list[tuple[str, int]]] = OrderedDict()

    def respond(self, request: RecordedRequest) -> Response:
        with self.changed:  # No other request may take the script.
            self.script([Script(**self._script(request))])
            try:
                return super().respond(request)
            finally:
                self.scripts.clear()

    def _script(self, request: RecordedRequest) -> dict[str, Any]:
        order = json.loads(request.headers[HEADER])
        left = self._left.setdefault(order["token"], order["faults"])
        self._left.move_to_end(order["token"])
        if len(self._left) > _REMEMBERED:
            self._left.popitem(last=False)
        fault, size = left.pop(0) if left else ("none", 0)
        return FAULTS[fault].script(right_reply(request.json), size)


def right_reply(fields: dict[str, Any]) -> Reply:
    """Return the message that answers a request."""
    order = order_of(fields["messages"][-1]["content"])
    choice = fields.get("tool_choice", {})
    if choice.get("type") == "tool":
        order["calls"] = [(choice["name"], {"text": order["say"]})]
    return message(order)


class SoakServer(LocalServer):
    """A local server whose requests ask for their faults."""

    def __init__(self) -> None:
        super().__init__(models=MODELS)
        self._backend = SoakBackend()


def main() -> None:
    with SoakServer() as local, SocketServer(fail) as faults:
        print(json.dumps({"local": local.url, "faults": faults.url}), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
