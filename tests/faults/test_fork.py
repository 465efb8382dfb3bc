"""Clients in forked processes: parent and child must not read each other's answers."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import ssl
import sys
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest

from baseten_messages_client import (
    APIConnectionError,
    APIResponseError,
    APIStatusError,
    AsyncBaseten,
    Baseten,
    BasetenError,
)

from ..libraries import current
from .processes import CERTIFICATE, ask, counts, run_apart

pytestmark = [pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork"), pytest.mark.usefixtures("library")]

CALLS = 50
CONNECTIONS = 4
CLIENTS = ("client", "with_options", "http_client", "http_client with_options")


class Talker:
    """A client of either mode, with one way to use it.

    Args:
        mode: "sync" or "async".
        which: One of `CLIENTS`.
        url: Base URL of an echo server.
    """

    def __init__(self, mode: str, which: str, url: str) -> None:
        self.own_http = which.startswith("http_client")
        http: Any = None
        if self.own_http:
            verify = ssl.create_default_context(cafile=CERTIFICATE)
            library = current()
            http = library.Client(verify=verify) if mode == "sync" else library.AsyncClient(verify=verify)
        cls: Any = Baseten if mode == "sync" else AsyncBaseten
        self.client = cls(api_key="any", base_url=url, http_client=http, max_retries=0, timeout=5)
        if which.endswith("with_options"):
            self.client = self.client.with_options(timeout=6)
        self.mode = mode
        self._loop = asyncio.new_event_loop()

    def forked(self) -> None:
        """Prepare for a child, which needs its own event loop."""
        self._loop = asyncio.new_event_loop()

    def say(self, texts: list[str], *, at_once: bool = False, wait: float = 0.0) -> list[str]:
        """Have the server say texts, one after another or all at once, each after a wait; return what it said."""
        if self.mode == "sync":
            return self._say_in_threads(texts, wait) if at_once else [self._say(text, wait) for text in texts]

        async def say(text: str) -> str:
            answer: str = (await self.client.messages.create(**ask(say=text, wait=wait))).text
            return answer

        async def main() -> list[str]:
            return await asyncio.gather(*map(say, texts)) if at_once else [await say(text) for text in texts]

        return self._loop.run_until_complete(main())

    def _say(self, text: str, wait: float) -> str:
        answer: str = self.client.messages.create(**ask(say=text, wait=wait)).text
        return answer

    def _say_in_threads(self, texts: list[str], wait: float) -> list[str]:
        with ThreadPoolExecutor(len(texts)) as pool:
            return list(pool.map(lambda text: self._say(text, wait), texts))


def in_child(function: Callable[[], None], seconds: int = 15) -> Callable[[], int]:
    """Call a function in a forked child; return what waits for its exit status, 0 if the function returned."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        signal.alarm(seconds)  # A child that hangs is killed by it.
        status = 1
        try:
            function()
            status = 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(status)
    return lambda: os.waitpid(child, 0)[1]


def check_calls(talker: Talker, name: str) -> None:
    for number in range(CALLS):
        assert talker.say([f"{name} {number}"]) == [f"{name} {number}"]


def share_after_fork(mode: str, which: str, url: str) -> int:
    """Open connections, fork twice, and make calls in all three processes at once; return the children that failed."""
    talker = Talker(mode, which, url)
    # What waits a little at the server takes its own connection.
    before = [f"before {number}" for number in range(CONNECTIONS)]
    assert talker.say(before, at_once=True, wait=0.05) == before

    def child(name: str) -> None:
        talker.forked()
        try:
            talker.say([f"{name} first"])
        except BasetenError as error:
            # A caller's own HTTP client may be refused in a child, but not after anything was sent.
            if not talker.own_http or isinstance(error, (APIConnectionError, APIResponseError, APIStatusError)):
                raise
            return
        check_calls(talker, name)

    children = [in_child(partial(child, name)) for name in ("first child", "second child")]
    check_calls(talker, "parent")
    return sum(wait() != 0 for wait in children)


@pytest.mark.parametrize("which", CLIENTS)
@pytest.mark.parametrize("mode", ["sync", "async"])
def test_parent_and_child_get_their_own_answers(echo: str, mode: str, which: str) -> None:
    assert run_apart(share_after_fork, mode, which, echo, seconds=20) == 0


@pytest.mark.parametrize("which", CLIENTS)
@pytest.mark.parametrize("mode", ["sync", "async"])
def test_parent_and_child_get_their_own_answers_through_tls(
    echo_tls: str, mode: str, which: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    assert run_apart(share_after_fork, mode, which, echo_tls, seconds=20) == 0


def give_up_in_child(mode: str, which: str, url: str) -> list[str]:
    """Have a child give up waiting for an answer; return what the parent is answered after that."""
    talker = Talker(mode, which, url)
    talker.say(["before"])

    def child() -> None:
        talker.forked()
        talker.client = talker.client.with_options(timeout=0.1)
        with contextlib.suppress(BasetenError):
            talker.say(["the child's answer"], wait=0.3)

    in_child(child)()
    return talker.say(["the parent's answer"])


@pytest.mark.parametrize("which", CLIENTS)
@pytest.mark.parametrize("mode", ["sync", "async"])
def test_the_parent_does_not_read_what_a_child_asked_for(echo: str, mode: str, which: str) -> None:
    assert run_apart(give_up_in_child, mode, which, echo, seconds=15) == ["the parent's answer"]


def leave_child(mode: str, url: str, how: str) -> list[int]:
    """End a child in some way; return its status, and how many connections the parent opened to go on."""
    talker = Talker(mode, "client", url)
    talker.say(["before"])
    before = counts(url)["opened"]

    def child() -> None:
        talker.forked()
        if how == "close":
            talker.client.close() if mode == "sync" else asyncio.run(talker.client.aclose())
        elif how == "drop":
            del talker.client
            gc.collect()

    status = in_child(child)()
    talker.say(["after"])
    # One of those counted is that of the second look at the counts.
    return [status, counts(url)["opened"] - before - 1]


@pytest.mark.parametrize("tls", [False, True], ids=["plain", "tls"])
@pytest.mark.parametrize("how", ["close", "drop"])
@pytest.mark.parametrize("mode", ["sync", "async"])
def test_a_child_that_ends_leaves_the_parents_connections_alone(
    echo: str, echo_tls: str, mode: str, how: str, tls: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if tls:
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    assert run_apart(leave_child, mode, echo_tls if tls else echo, how, seconds=15) == [0, 0]


def fork_within_stream(url: str, how: str) -> list[Any]:
    """Fork in the middle of a stream, and end it in the child; return the child's status and the stream's text."""
    client = Baseten(api_key="any", base_url=url, max_retries=0)
    opened = [client.messages.create(stream=True, **ask(say="one two three four", pause=0.02))]
    next(iter(opened[0]))

    def child() -> None:
        if how == "close":
            opened[0].close()
        opened.clear()
        gc.collect()
        assert client.messages.create(**ask(say="child")).text == "child"

    status = in_child(child)()
    return [status, opened[0].get_final_text()]


@pytest.mark.parametrize("how", ["close", "drop"])
@pytest.mark.parametrize("tls", [False, True], ids=["plain", "tls"])
def test_a_stream_goes_on_in_the_parent_when_the_child_ends_it(
    echo: str, echo_tls: str, how: str, tls: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if tls:
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    assert run_apart(fork_within_stream, echo_tls if tls else echo, how, seconds=15) == [0, "one two three four"]


def fork_within_request(mode: str, url: str) -> list[Any]:
    """Fork while another thread waits for an answer; return the child's status and that answer."""
    talker = Talker(mode, "client", url)
    talker.say(["before"])
    requests = counts(url)["requests"]
    found: list[str] = []
    slow = ask(say="the slow answer", wait=0.5)

    def wait_for_slow() -> None:
        if mode == "sync":
            found.append(talker.client.messages.create(**slow).text)
        else:
            found.append(talker._loop.run_until_complete(talker.client.messages.create(**slow)).text)

    thread = threading.Thread(target=wait_for_slow)
    thread.start()
    while counts(url)["requests"] == requests:
        pass  # Until the request has arrived.

    def child() -> None:
        talker.forked()
        check_calls(talker, "child")

    wait = in_child(child)
    thread.join()
    return [wait(), *found]


@pytest.mark.parametrize("mode", ["sync", "async"])
def test_a_fork_in_the_middle_of_another_threads_request(echo: str, mode: str) -> None:
    assert run_apart(fork_within_request, mode, echo, seconds=20) == [0, "the slow answer"]


def fork_while_busy(url: str) -> list[int]:
    """Fork many times while threads make calls without a pause; return the statuses that are not 0."""
    talker = Talker("sync", "client", url)
    talker.say(["Whatever is imported with the first call is imported now."])
    done = threading.Event()
    wrong: list[str] = []

    def work(name: str) -> None:
        number = 0
        while not done.is_set():
            number += 1
            if talker.say([f"{name} {number}"]) != [f"{name} {number}"]:
                wrong.append(name)

    def child() -> None:
        assert talker.say(["child"]) == ["child"]

    threads = [threading.Thread(target=work, args=(f"thread {n}",)) for n in range(3)]
    for thread in threads:
        thread.start()
    statuses = [in_child(child, seconds=4)() for _ in range(40)]
    done.set()
    for thread in threads:
        thread.join()
    return [*filter(None, statuses), *[-1 for _ in wrong]]


def test_a_child_does_not_inherit_a_lock_that_another_thread_held(echo: str) -> None:
    assert run_apart(fork_while_busy, echo, seconds=30) == []


def begin_in_threads(url: str) -> list[int]:
    """Fork several times, and have many threads of each child make its first calls; return the statuses but 0."""
    talker = Talker("sync", "client", url)
    talker.say(["before"])
    texts = [f"thread {number}" for number in range(16)]

    def child() -> None:
        assert talker.say(texts, at_once=True, wait=0.02) == texts

    return [status for status in [in_child(child, seconds=5)() for _ in range(5)] if status]


def test_threads_of_a_child_may_begin_at_the_same_time(echo: str) -> None:
    assert run_apart(begin_in_threads, echo, seconds=40) == []


def read_in_child(url: str) -> list[Any]:
    """Open a stream with a limit before a fork; return the child's status and text of a stream with a limit there."""
    client = Baseten(api_key="any", base_url=url, max_retries=0)
    with client.messages.stream(idle_timeout=5, **ask(say="parent")) as stream:
        assert stream.get_final_text() == "parent"

    def child() -> None:
        with client.messages.stream(idle_timeout=0.3, **ask(say="child", pause=0.01)) as stream:
            assert stream.get_final_text() == "child"
        with (
            pytest.raises(BasetenError, match="idle_timeout"),
            client.messages.stream(idle_timeout=0.3, **ask(hold=True)) as stream,
        ):
            stream.until_done()

    return [in_child(child, seconds=5)()]


def test_limits_hold_in_a_child(echo: str) -> None:
    assert run_apart(read_in_child, echo, seconds=15) == [0]
