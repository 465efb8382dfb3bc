"""The public class: start, close, what it shows of requests and scripts."""

import math
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from baseten_messages_client.testing import LocalServer
from baseten_messages_client.testing._extra import check_extra

from .support import HELLO, PATH, connect, dial, head, read_all


def test_start_and_close_work_without_a_with_statement_and_more_than_once() -> None:
    server = LocalServer()
    assert repr(server) == "LocalServer(not running)"
    with pytest.raises(RuntimeError, match="not running"):
        _ = server.url
    for _ in range(2):
        assert server.start() is server
        with pytest.raises(RuntimeError, match="already running"):
            server.start()
        assert repr(server) == f"LocalServer({server.url})"
        with connect(server) as client:
            assert client.post(PATH, json=HELLO).status_code == 200
        server.close()
        server.close()


def test_the_port_can_be_chosen(server: LocalServer) -> None:
    port = int(server.url.rpartition(":")[2])
    server.close()
    with LocalServer(port=port) as other:
        assert other.url == f"http://127.0.0.1:{port}"
        with pytest.raises(OSError, match="use"):
            LocalServer(port=port).start()


@pytest.mark.parametrize("script", [{"delay": math.inf}, {"reply": "Hello!", "stream": True, "pause": math.inf}])
def test_closing_cuts_replies_that_are_not_finished(script: dict[str, Any]) -> None:
    threads = threading.active_count()
    server = LocalServer().start()
    server.enqueue(**script, check=False)
    with dial(server) as idle, dial(server) as waiting:
        waiting.sendall(head("Content-Length: 0"))
        assert server.wait_until(lambda: server.pending == 0)
        started = time.monotonic()
        server.close()
        assert time.monotonic() - started < 2
        read_all(waiting)
        assert idle.recv(1) == b""
    assert threading.active_count() == threads
    assert server.disconnects == 0


@pytest.mark.parametrize("name", ["h11", "jsonschema", "rstr"])
def test_a_missing_package_is_named_with_the_extra(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ImportError, match=rf'needs {name}: pip install "baseten-messages-client\[testing\]"') as caught:
        check_extra()
    assert caught.value.name == name


def test_the_import_fails_without_the_extra() -> None:
    code = "import sys; sys.modules['h11'] = None; import baseten_messages_client.testing"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "ModuleNotFoundError: baseten_messages_client.testing needs h11: pip install" in done.stderr.splitlines()[-1]


def test_five_hundred_clients_at_once(server: LocalServer) -> None:
    server.enqueue("Hello!", repeat=500, delay=0.01, check=False)
    request = head("Content-Length: 0", "Connection: close")
    connections = [dial(server) for _ in range(500)]
    for connection in connections:
        connection.sendall(request)
    with ThreadPoolExecutor(20) as pool:
        replies = list(pool.map(read_all, connections))
    for connection in connections:
        connection.close()
    assert all(reply.startswith(b"HTTP/1.1 200 OK\r\n") for reply in replies)
    assert len(server.requests) == 500


def test_wait_until_gives_up(server: LocalServer) -> None:
    assert server.wait_until(lambda: False, timeout=0.01) is False


def test_reset_forgets_everything(server: LocalServer, client: httpx.Client) -> None:
    client.post(PATH, json=HELLO)
    server.enqueue("Hello!")
    server.reset()
    assert (server.requests, server.pending, server.disconnects) == ([], 0, 0)


def test_the_list_of_requests_is_a_copy(server: LocalServer, client: httpx.Client) -> None:
    client.post(PATH, json=HELLO)
    server.requests.clear()
    assert len(server.requests) == 1


def test_ids_are_the_same_in_every_run() -> None:
    def run() -> list[tuple[str, str]]:
        with LocalServer() as server, connect(server) as client:
            replies = [client.post(PATH, json=HELLO) for _ in range(2)]
            return [(reply.headers["x-baseten-request-id"], reply.json()["id"]) for reply in replies]

    first, second = run()
    assert [first, second] == run()
    assert (first[0], second[0]) == ("req_000001", "req_000002")
    assert first[1] != second[1]
    assert first[1].startswith("msg_")


def test_no_request_is_kept_with_a_limit_of_zero() -> None:
    with LocalServer(max_requests=0) as server, connect(server) as client:
        assert client.post(PATH, json=HELLO).status_code == 200
        assert server.requests == []


@pytest.mark.parametrize("value", [-1, 1.5, "3", True])
def test_a_limit_of_requests_that_is_not_possible_is_refused(value: Any) -> None:
    with pytest.raises((TypeError, ValueError), match=r"^max_requests: "):
        LocalServer(max_requests=value)
