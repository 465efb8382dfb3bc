"""The soak: threads and tasks on shared clients, against random faults and cancellations, for as long as it is told.

    python -m tests.faults.soak --seconds 300 --seed any

Every success must be right, every failure must be an error that its fault may give, and whenever the workers pause,
nothing may have grown. The seed decides what each call does; `--only sync-3/17` has all workers make this one call.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import random
import secrets
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import attrs

from baseten_messages_client import AsyncBaseten, Baseten
from baseten_messages_client._transport import retry

from ..libraries import LIBRARIES, current, use_here
from .processes import ROOT
from .soak_calls import perform, perform_async
from .soak_faults import ATTEMPTS
from .soak_plans import RUNS, Plan, make_plan
from .soak_report import Tally, Watchdog, describe
from .soak_watch import State, measure, violations

THREADS = 8
TASKS = 40
SMALL_POOL = 6
"""Connections of a pool in which calls have to wait for one another."""
_WARM_UP_PHASES = 2
_LONGEST_PHASE = 15.0


class Soak:
    """The clients, their workers and what they found.

    Args:
        seed: Decides what each call does.
        urls: The addresses of the servers.
        only: The name of the only call to make, or None.
        patience: Seconds after which calls that do not end are a violation.
        pool: How many connections each client has, or None for the clients' own pools.
    """

    def __init__(self, seed: str, urls: dict[str, str], only: str | None, patience: float, pool: int | None) -> None:
        self._seed = seed
        self._urls = urls
        self._only = only
        self._patience = patience
        self._numbers: dict[str, Iterator[int]] = {}
        self._http: Any = None
        self._async_http: Any = None
        if pool is not None:
            library = current()
            limits = library.Limits(max_connections=pool)
            self._http, self._async_http = library.Client(limits=limits), library.AsyncClient(limits=limits)
        options: Any = {"api_key": "any", "base_url": urls["local"], "max_retries": ATTEMPTS - 1}
        self._client = Baseten(http_client=self._http, **options)
        self._async_client = AsyncBaseten(http_client=self._async_http, **options)
        self.tally = Tally(seed)
        self.first: State | None = None
        self.last: State | None = None

    def run(self, seconds: float) -> None:
        """Make calls for so many seconds, with pauses in which everything is measured."""
        ends_at, phase = time.monotonic() + seconds, min(_LONGEST_PHASE, seconds / 10)
        with asyncio.Runner() as runner, self._client:
            loop = runner.get_loop()
            self._record_stray_errors(loop)
            with Watchdog(self.tally, loop, self._patience).watching():
                for number in count(1):
                    self._run_phase(runner, time.monotonic() + phase)
                    self._check_quiet(runner, measures=number >= _WARM_UP_PHASES)
                    if time.monotonic() >= ends_at and number > _WARM_UP_PHASES:
                        break
            runner.run(self._async_client.aclose())
            if self._http is not None and self._async_http is not None:
                self._http.close()
                runner.run(self._async_http.aclose())

    def _run_phase(self, runner: asyncio.Runner, until: float) -> None:
        """Have all workers make calls, and wait for them."""
        threads = [threading.Thread(target=self._work, args=(f"sync-{n}", until)) for n in range(THREADS)]
        for thread in threads:
            thread.start()
        runner.run(self._work_async(until))
        for thread in threads:
            thread.join()

    def _work(self, worker: str, until: float) -> None:
        while time.monotonic() < until:
            self._make(self._plan(worker))

    async def _work_async(self, until: float) -> None:
        async def work(worker: str) -> None:
            while time.monotonic() < until:
                await self._make_async(self._plan(worker))

        await asyncio.gather(*(work(f"async-{number}") for number in range(TASKS)))

    def _make(self, plan: Plan) -> None:
        try:
            self.tally.add(perform(self._client_for(self._client, plan), plan))
        except Exception as error:
            self.tally.failed_call(plan, error)

    async def _make_async(self, plan: Plan) -> None:
        try:
            # In a task by itself, because a task remembers how often it was cancelled.
            call = asyncio.ensure_future(perform_async(self._client_for(self._async_client, plan), plan))
            self.tally.add(await call)
        except Exception as error:
            self.tally.failed_call(plan, error)

    def _plan(self, worker: str) -> Plan:
        number = next(self._numbers.setdefault(worker, count()))
        return make_plan(self._seed, self._only or f"{worker}/{number}")

    def _client_for(self, client: Any, plan: Plan) -> Any:
        """Return the client, or one that shares its connections and has the address of a fault."""
        if plan.row is None:
            return client
        fault, moment = (text.replace(" ", "_").replace("/", "~") for text in (plan.row.fault, plan.row.moment))
        return client.with_options(base_url=f"{self._urls['faults']}/{fault}/{moment}")

    def _check_quiet(self, runner: asyncio.Runner, *, measures: bool) -> None:
        """Check that calls without a fault succeed, and that nothing has grown since the warm-up."""
        gc.collect()  # The next calls close the streams that were dropped in cycles.
        plans = [_without_fault(self._plan("quiet")) for _ in range(THREADS + TASKS)]
        threads = [threading.Thread(target=self._make, args=(plan,)) for plan in plans[:THREADS]]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        runner.run(self._probe(plans[THREADS:]))
        RUNS.clear()
        if not measures:
            return
        state = measure(self._client, self._async_client, runner)
        self.first, self.last = self.first or state, state
        for violation in violations(self.first, state):
            self.tally.violation(violation, f"  after the warm-up: {self.first}\n  now: {state}")

    async def _probe(self, plans: list[Plan]) -> None:
        await asyncio.gather(*map(self._make_async, plans))

    def _record_stray_errors(self, loop: asyncio.AbstractEventLoop) -> None:
        """Record errors that no caller gets: those of finalizers, threads and lost tasks, and warnings."""

        def stray(what: str, error: BaseException | None) -> None:
            self.tally.violation(f"{what}: {error!r}", describe(error) if error else "")

        warnings.simplefilter("error")
        sys.unraisablehook = lambda found: stray(f"unraisable in {found.object!r}", found.exc_value)
        threading.excepthook = lambda found: stray(f"in the thread {found.thread}", found.exc_value)
        loop.set_exception_handler(lambda _, found: stray(str(found["message"]), found.get("exception")))

    def summary(self) -> str:
        """Return the table of what was counted and measured, and the verdict."""
        found = self.tally.violations
        lines = [self.tally.progress(), f"{'':12} {'warm-up':>10} {'end':>10}"]
        if self.first is not None and self.last is not None:
            last = attrs.asdict(self.last)
            lines += [f"{name:12} {value:10,} {last[name]:10,}" for name, value in attrs.asdict(self.first).items()]
        verdict = f"failed: {len(found)} violations, the first: {found[0]}" if found else "passed"
        return "\n".join([*lines, f"soak: {verdict} (seed {self._seed})"])


def _without_fault(plan: Plan) -> Plan:
    return attrs.evolve(plan, call="create", faults=(), row=None, tools=(), resumes=0, cancel_after=None)


@contextmanager
def run_servers() -> Iterator[dict[str, str]]:
    """Run the servers in another process, and give their addresses."""
    command = [sys.executable, "-m", "tests.faults.soak_server"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.kill()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=300.0, help="how long to run")
    parser.add_argument("--seed", help="decides what each call does; by default a new one")
    parser.add_argument("--only", help="the name of the only call to make, as a violation shows it")
    parser.add_argument("--pool", type=int, help="connections of each client; 0: their own pools; or the seed decides")
    parser.add_argument("--library", choices=LIBRARIES, help="the HTTP library; by default the seed decides")
    parser.add_argument("--patience", type=float, default=60.0, help="seconds without the end of a call")
    options = parser.parse_args(arguments)
    seed = options.seed or secrets.token_hex(4)
    pool = random.Random(seed).choice((None, SMALL_POOL)) if options.pool is None else options.pool or None
    library = options.library or random.Random(f"{seed} library").choice(LIBRARIES)
    use_here(library)
    pools = "the clients' own pools" if pool is None else f"pools of {pool} connections"
    print(
        f"soak: seed {seed}, {options.seconds:g} s, {THREADS} threads and {TASKS} tasks, {library}, {pools}", flush=True
    )
    os.environ["NO_PROXY"] = "127.0.0.1"
    retry.FIRST_WAIT = 0.01  # The usual waits would leave little to do in the time.
    with run_servers() as urls:
        soak = Soak(seed, urls, options.only, options.patience, pool)
        soak.run(options.seconds)
    print(soak.summary(), flush=True)
    return int(bool(soak.tally.violations))


if __name__ == "__main__":
    sys.exit(main())
