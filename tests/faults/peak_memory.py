"""Make one call that fails, in a separate process, and print what it took: `python -m tests.faults.peak_memory`.

The arguments are one JSON object: `mode`, `call`, `options` of the client. The output is another: `growth` of the peak
memory in bytes, the `error`'s class and its `text`.
"""

from __future__ import annotations

import json
import resource
import sys

from ..support import message_json
from .calls import call, failure
from .socket_server import SocketServer, response

_UNIT = 1 if sys.platform == "darwin" else 1024
_MOST_MEMORY = 3 * 1024**3


def main() -> None:
    task = json.loads(sys.argv[1])
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    with SocketServer(response(json.dumps(message_json()).encode())) as server:
        for name in ("create", "stream"):  # So that what is imported late is not measured.
            call(task["mode"], name, base_url=server.url)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    error = failure(task["mode"], task["call"], **task["options"])
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"growth": (after - before) * _UNIT, "error": type(error).__name__, "text": str(error)}))


if __name__ == "__main__":
    main()
