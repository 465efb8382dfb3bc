"""What the soak watches while its clients are quiet: nothing may grow, and no connection may stay in use."""

from __future__ import annotations

import asyncio
import gc
import os
import resource
import sys
import threading
import time
from pathlib import Path
from typing import Any

import attrs

from baseten_messages_client import AsyncBaseten, Baseten

_MOST_IDLE = 100
"""Connections that a client keeps at most."""
_SETTLES_WITHIN = 3.0
"""Seconds in which threads and tasks must have ended, and connections must be free."""


@attrs.frozen
class State:
    """What a quiet process uses.

    Attributes:
        memory: Resident memory in MiB.
        blocks: Blocks of memory that Python objects use.
        descriptors: Open descriptors, without those of idle connections.
        threads: Running threads.
        tasks: Tasks of the event loop.
        in_use: Connections in use, and requests that wait for one, in both pools.
        idle: Idle connections of the pool that has more of them.
    """

    memory: float
    blocks: int
    descriptors: int
    threads: int
    tasks: int
    in_use: int
    idle: int


GROWTH: dict[str, float] = {"memory": 24, "blocks": 20_000, "descriptors": 0, "threads": 0}
"""How much more than after the warm-up is still flat."""
LIMITS = {"tasks": 0, "in_use": 0, "idle": _MOST_IDLE}


def violations(first: State, now: State) -> list[str]:
    """Compare a state with the one after the warm-up. Returns one text for each violation."""
    found = []
    for name, growth in GROWTH.items():
        before, after = getattr(first, name), getattr(now, name)
        if after > before + growth:
            found.append(f"{name} grew from {before:,} to {after:,}; {before + growth:,} would be flat")
    for name, most in LIMITS.items():
        if (count := getattr(now, name)) > most:
            found.append(f"{name.replace('_', ' ')}: {count} when all is quiet; at most {most} are allowed")
    return found


def measure(client: Baseten, async_client: AsyncBaseten, runner: asyncio.Runner) -> State:
    """Measure a process whose workers have stopped. Waits a moment for what is still ending."""
    gives_up = time.monotonic() + _SETTLES_WITHIN
    lowest = None
    while True:
        gc.collect()
        runner.run(asyncio.sleep(0.05))  # The event loop closes what the collector found.
        state = _measure(client, async_client, runner)
        if state.in_use == 0 and state.tasks == 0 and lowest is not None and state.threads >= lowest:
            return state
        if time.monotonic() > gives_up:
            return state
        lowest = state.threads if lowest is None else min(lowest, state.threads)


def _measure(client: Baseten, async_client: AsyncBaseten, runner: asyncio.Runner) -> State:
    pools = [client._connections._http, *async_client._connections._http.values()]
    connections = [_connections(http) for http in pools]
    idle = [kept for kept, _ in connections]
    return State(
        memory=memory(),
        blocks=sys.getallocatedblocks(),
        descriptors=descriptors() - sum(idle),
        threads=threading.active_count(),
        tasks=len(asyncio.all_tasks(runner.get_loop())),
        in_use=sum(used for _, used in connections),
        idle=max(idle),
    )


def _connections(http: Any) -> tuple[int, int]:
    """Return how many connections of an HTTP client are idle, and how many are in use or waited for."""
    pool = http._transport._pool
    idle = sum(connection.is_idle() for connection in pool.connections)
    return idle, len(pool._requests) + sum(not connection.is_idle() for connection in pool.connections)


def memory() -> float:
    """Return the resident memory in MiB: now, or the most so far where the system does not say."""
    status = Path("/proc/self/statm")
    if status.exists():
        return round(int(status.read_text().split()[1]) * resource.getpagesize() / 2**20, 1)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / (2**20 if sys.platform == "darwin" else 2**10), 1)


def descriptors() -> int:
    """Return how many descriptors are open."""
    return len(os.listdir("/dev/fd"))
