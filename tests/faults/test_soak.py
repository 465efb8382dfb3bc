"""The soak passes, and it fails when the client does what the soak is there to find."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest

from baseten_messages_client import BasetenError
from baseten_messages_client._async_messages import AsyncMessages
from baseten_messages_client._streaming.streams import MessageStream
from baseten_messages_client._tools.loop import PreparedCall
from baseten_messages_client.messages import Messages

from .calls import ALL_CALLS
from .processes import ROOT, ask
from .soak import SMALL_POOL
from .soak_faults import FAULTS, LARGEST_SIZE, LARGEST_SIZE_IN_STREAM, possible
from .soak_plans import CALLS, make_plan
from .soak_server import SoakServer

pytestmark = pytest.mark.timeout(300)  # A busy machine takes much longer.

kept: list[Any] = []


def _soak(*arguments: str, breaking: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the soak in a process by itself, after a function has broken its client."""
    broken = f"from tests.faults.test_soak import {breaking.__name__} as broken; broken(); " if breaking else ""
    program = f"import sys; {broken}from tests.faults.soak import main; sys.exit(main())"
    command = [sys.executable, "-c", program, "--seed", "test", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=150, check=False)


@pytest.mark.parametrize("pool", [0, SMALL_POOL])
def test_the_soak_passes(library: Any, pool: int) -> None:
    done = _soak("--seconds", "5", "--pool", str(pool), "--library", library.__name__)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    first, *_, last = done.stdout.splitlines()
    assert first.startswith("soak: seed test, 5 s")
    assert last == "soak: passed (seed test)"
    assert re.search(r"^ +5 s: [0-9]+ calls", done.stdout, re.MULTILINE)
    for outcome in ("right", "left early", "cancelled", "failed (", "APIConnectionError", "IncompleteStreamError"):
        assert outcome in done.stdout


# --- Clients that are wrong ---


def mix_up_answers() -> None:
    """Have some calls get the answer of an earlier call."""
    create = Messages.create

    def mixed_up(self: Messages, *args: Any, **fields: Any) -> Any:
        result = create(self, *args, **fields)
        if isinstance(result, MessageStream):
            return result
        kept.append(result)
        return kept[len(kept) // 2]

    _replace(Messages, "create", mixed_up)


def accept_half_a_stream() -> None:
    """Have a stream that was cut give the message so far."""

    def final_message(self: MessageStream) -> Any:
        with contextlib.suppress(BasetenError):
            self.until_done()
        return self.current_message

    _replace(MessageStream, "get_final_message", final_message)


def let_errors_escape() -> None:
    create = Messages.create

    def escaping(self: Messages, *args: Any, **fields: Any) -> Any:
        try:
            return create(self, *args, **fields)
        except BasetenError as error:
            raise OSError("a raw error") from error

    _replace(Messages, "create", escaping)


def raise_another_class() -> None:
    create = Messages.create

    def confused(self: Messages, *args: Any, **fields: Any) -> Any:
        try:
            return create(self, *args, **fields)
        except BasetenError as error:
            raise BasetenError("something went wrong") from error

    _replace(Messages, "create", confused)


def call_tools_twice() -> None:
    begin = PreparedCall.__init__

    def init(self: PreparedCall, call: Any, tool: Any, function: Callable[[], Any]) -> None:
        begin(self, call, tool, function if tool.is_async else lambda: (function(), function())[1])

    _replace(PreparedCall, "__init__", init)


def swallow_cancellations() -> None:
    create = AsyncMessages.create

    async def swallowing(self: AsyncMessages, *args: Any, **fields: Any) -> Any:
        try:
            return await create(self, *args, **fields)
        except asyncio.CancelledError:
            raise BasetenError("the call was cancelled") from None

    _replace(AsyncMessages, "create", swallowing)


def cancel_by_itself() -> None:
    async def cancelling(self: AsyncMessages, *args: Any, **fields: Any) -> Any:
        raise asyncio.CancelledError

    _replace(AsyncMessages, "create", cancelling)


def fail_in_a_finalizer() -> None:
    class Finalizer:
        def __del__(self) -> None:
            raise LookupError("nobody gets this")

    create = Messages.create

    def dropping(self: Messages, *args: Any, **fields: Any) -> Any:
        Finalizer()
        return create(self, *args, **fields)

    _replace(Messages, "create", dropping)


def _replace(owner: type, name: str, function: Callable[..., Any]) -> None:
    setattr(owner, name, function)


@pytest.mark.parametrize(
    ("breaking", "finding"),
    [
        (mix_up_answers, "was right"),
        (accept_half_a_stream, "was right"),
        (let_errors_escape, "OSError: a raw error"),
        (call_tools_twice, "ran 2 times"),
        *(
            pytest.param(*case, marks=pytest.mark.slow)
            for case in [
                (raise_another_class, "BasetenError: something went wrong; allowed: "),
                (swallow_cancellations, "BasetenError: the call was cancelled; allowed: "),
                (cancel_by_itself, "the call was cancelled, but not by the soak"),
                (fail_in_a_finalizer, "LookupError('nobody gets this')"),
            ]
        ),
    ],
)
def test_a_wrong_client_is_found(breaking: Callable[[], None], finding: str) -> None:
    done = _soak("--seconds", "2", breaking=breaking)
    assert done.returncode == 1, done.stderr[-2000:]
    assert "violation (seed test): " in done.stdout
    assert finding in done.stdout
    assert "soak: failed: " in done.stdout.splitlines()[-1]


@pytest.mark.slow
def test_a_violation_shows_how_to_repeat_it() -> None:
    done = _soak("--seconds", "1", breaking=raise_another_class)
    line = next(line for line in done.stdout.splitlines() if "repeat it: " in line)
    name = line.split()[-1]
    again = _soak("--seconds", "1", "--only", name, breaking=raise_another_class)
    assert again.returncode == 1
    assert f"violation (seed test): {name}: " in again.stdout
    assert _soak("--seconds", "1", "--only", name).returncode == 0


# --- Clients that leak ---


def leak() -> None:
    """Leak something of everything with some calls, but let every call succeed."""
    create, create_async = Messages.create, AsyncMessages.create

    def leaking(self: Messages, *args: Any, **fields: Any) -> Any:
        kept.append(os.open(os.devnull, os.O_RDONLY))
        kept.append([str(number) for number in range(1000)])
        kept.append(b"x" * 2_000_000)
        threading.Thread(target=threading.Event().wait, daemon=True).start()
        if len(kept) % 5 == 0:
            fields_of_stream = {
                **fields,
                "extra_headers": {"x-soak": '{"token": "leak", "faults": []}'},
                "stream": True,
            }
            kept.append(create(self, *args, **fields_of_stream))
        return create(self, *args, **fields)

    async def leaking_async(self: AsyncMessages, *args: Any, **fields: Any) -> Any:
        kept.append(asyncio.ensure_future(asyncio.sleep(1000)))
        return await create_async(self, *args, **fields)

    _replace(Messages, "create", leaking)
    _replace(AsyncMessages, "create", leaking_async)


def test_leaks_are_found() -> None:
    done = _soak("--seconds", "2", "--pool", "0", breaking=leak)
    assert done.returncode == 1
    for growing in ("memory", "blocks", "descriptors", "threads"):
        assert f"violation (seed test): {growing} grew from " in done.stdout
    for name in ("in use", "tasks"):
        assert f"violation (seed test): {name}: " in done.stdout


def leak_connections() -> None:
    """Forget to close the streams that are left early."""

    def close(self: MessageStream) -> None:
        kept.append(self)

    _replace(MessageStream, "close", close)


def test_a_connection_that_stays_in_use_is_found() -> None:
    done = _soak("--seconds", "1", "--pool", "0", breaking=leak_connections)
    assert done.returncode == 1
    assert "violation (seed test): in use: " in done.stdout


# --- A client that hangs ---


def hang() -> None:
    """Have one call of one thread never end."""
    create = Messages.create

    def hanging(self: Messages, *args: Any, **fields: Any) -> Any:
        if len(kept) < 1:
            kept.append(self)
            threading.Event().wait()
        return create(self, *args, **fields)

    _replace(Messages, "create", hanging)


def test_a_client_that_hangs_is_ended_with_its_stacks() -> None:
    began = time.monotonic()
    done = _soak("--seconds", "2", "--patience", "3", breaking=hang)
    assert time.monotonic() - began < 30
    assert done.returncode == 1
    assert "soak: failed: no call ended for 3 s" in done.stdout
    assert "in hanging" in done.stderr


# --- The soak itself ---


def test_a_plan_follows_from_the_seed_and_its_name() -> None:
    def plan(seed: str, name: str) -> tuple[Any, ...]:
        found = make_plan(seed, name)
        return (found.call, found.faults, found.row, found.words, found.reading, found.cancel_after, len(found.tools))

    assert plan("seed", "sync-1/5") == plan("seed", "sync-1/5")
    assert len({repr(plan(seed, f"sync-1/{number}")) for seed in "ab" for number in range(20)}) == 40
    assert make_plan("seed", "sync-1/5").token != make_plan("seed", "sync-1/5").token


def test_plans_have_every_call_and_every_fault() -> None:
    plans = [make_plan("seed", f"sync-1/{number}") for number in range(2000)]
    assert {plan.call for plan in plans} == {*CALLS} > {*ALL_CALLS}
    assert {fault for plan in plans for fault in plan.fault_names} == {*FAULTS}


@pytest.mark.parametrize(
    ("faults", "streams", "turns", "outcomes"),
    [
        ([], False, 1, {"message"}),
        (["429"], False, 1, {"message"}),
        (["429", "400"], False, 1, {"BadRequestError"}),
        (["429", "drop"], False, 1, {"APIConnectionError"}),
        (["drip", "400"], False, 1, {"message"}),
        (["drip", "400"], False, 2, {"BadRequestError"}),
        (["drop", "slow", "529", "429"], True, 2, {"RateLimitError"}),
        (["truncated"], False, 1, {"message"}),
        (["truncated"], True, 1, {"message", "IncompleteStreamError"}),
    ],
)
def test_what_a_call_may_give_follows_from_its_faults(
    faults: list[str], streams: bool, turns: int, outcomes: set[str]
) -> None:
    assert possible(faults, streams, turns) == outcomes


@pytest.mark.parametrize(("streams", "largest"), [(False, LARGEST_SIZE), (True, LARGEST_SIZE_IN_STREAM)])
def test_no_answer_is_too_short_for_a_fault_in_the_middle_of_it(streams: bool, largest: int) -> None:
    fields = {**ask(say="sync-0/0#0 end end end"), "stream": streams}
    headers = {"Authorization": "Bearer any", "x-soak": '{"token": "any", "faults": []}'}
    with SoakServer() as server:
        request = urllib.request.Request(f"{server.url}/v1/messages", json.dumps(fields).encode(), headers)
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert len(answer.read()) > largest
