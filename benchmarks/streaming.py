"""Measure the CPU time of a client per stream, and compare it with `anthropic` and with a bare loop.

    make benchmark

All clients read from the same loopback server, which runs in a separate process. Each figure is the best of several
runs. Compare the ratios, not the figures: both sides of a ratio were measured in the same run.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from math import inf
from pathlib import Path
from typing import Any

import anthropic
import httpx
import httpx2

from baseten_messages_client import AsyncBaseten, Baseten
from baseten_messages_client.aiohttp import aiohttp_client

REPEAT = 5
REQUEST: dict[str, Any] = {"model": "m", "max_tokens": 64, "messages": [{"role": "user", "content": "Hi"}]}


def headers(block_type: str, deltas: int, per_chunk: int, pause: float = 0) -> dict[str, str]:
    return {"x-block-type": block_type, "x-deltas": str(deltas), "x-per-chunk": str(per_chunk), "x-pause": str(pause)}


def run_ours(client: Baseten, extra: dict[str, str]) -> int:
    with client.messages.create(stream=True, extra_headers=extra, **REQUEST) as stream:
        return sum(1 for event in stream if event.type == "content_block_delta")


def run_ours_helped(client: Baseten, extra: dict[str, str]) -> int:
    with client.messages.stream(extra_headers=extra, **REQUEST) as stream:
        return sum(1 for event in stream if event.type == "content_block_delta")


def run_ours_text(client: Baseten, extra: dict[str, str]) -> int:
    with client.messages.stream(extra_headers=extra, **REQUEST) as stream:
        return sum(1 for _ in stream.text_stream)


def run_anthropic(client: anthropic.Anthropic, extra: dict[str, str]) -> int:
    with client.messages.stream(extra_headers=extra, **REQUEST) as stream:
        return sum(1 for event in stream if event.type == "content_block_delta")


def run_bare(client: httpx.Client, extra: dict[str, str]) -> int:
    count = 0
    with client.stream("POST", "/v1/messages", json=REQUEST, headers=extra) as response:
        rest = b""
        for chunk in response.iter_raw():
            *frames, rest = (rest + chunk).split(b"\n\n")
            for frame in frames:
                event = json.loads(frame.split(b"data: ", 1)[1])
                if event["type"] == "content_block_delta":
                    count += 1
    return count


Run = tuple[Callable[[str], Any], Callable[[Any, dict[str, str]], int]]
OURS: Run = (lambda url: Baseten(api_key="any", base_url=url), run_ours)
OURS_HELPED: Run = (lambda url: Baseten(api_key="any", base_url=url), run_ours_helped)
OURS_TEXT: Run = (lambda url: Baseten(api_key="any", base_url=url), run_ours_text)
OURS_HTTPX2: Run = (lambda url: Baseten(api_key="any", base_url=url, http_client=httpx2.Client()), run_ours)
ANTHROPIC: Run = (lambda url: anthropic.Anthropic(api_key="any", base_url=url), run_anthropic)
BARE: Run = (lambda url: httpx.Client(base_url=url), run_bare)


def cpu_per_delta(
    runs: list[Run], url: str, kind: str, deltas: int, per_chunk: int, repeat: int = REPEAT
) -> list[float]:
    """Return the microseconds of CPU time per delta, for each client, minus the cost of a stream of two deltas."""
    streams = max(1, 10_000 // deltas)  # Repeat short streams: one alone is too short to measure.
    with ExitStack() as stack:
        clients = [(stack.enter_context(connect(url)), consume) for connect, consume in runs]

        def cost(client: Any, consume: Callable[..., int], count: int) -> float:
            started = time.process_time()
            for _ in range(streams):
                assert consume(client, headers(kind, count, per_chunk)) == count
            return (time.process_time() - started) / streams

        for client, consume in clients:
            cost(client, consume, 2)  # Imports and connections are not measured.
        best = [(inf, inf)] * len(clients)
        for _ in range(repeat):  # Alternate, so that a busy moment of the machine affects all clients.
            for number, (client, consume) in enumerate(clients):
                whole, base = best[number]
                best[number] = (min(whole, cost(client, consume, deltas)), min(base, cost(client, consume, 2)))
    return [(whole - base) / (deltas - 2) * 1e6 for whole, base in best]


async def streams_per_core(run: Callable[[str], Any], url: str) -> float:
    """Return how many streams of 100 tokens a second one core can read, from the CPU time of 50 such streams."""
    started_cpu, started = time.process_time(), time.perf_counter()
    await asyncio.gather(*(run(url) for _ in range(50)))
    busy = (time.process_time() - started_cpu) / (time.perf_counter() - started)
    return 50 / busy


LIBRARIES: dict[str, Callable[[], Any]] = {
    "httpx": lambda: httpx.AsyncClient(limits=httpx.Limits(max_connections=1000)),
    "httpx2": lambda: httpx2.AsyncClient(limits=httpx2.Limits(max_connections=1000)),
    "aiohttp": aiohttp_client,
}


async def cpu_per_delta_at_once(library: str, url: str, streams: int = 150, deltas: int = 300) -> float:
    """Return the microseconds of CPU time per delta, while so many async streams run at once over an HTTP library."""
    async with LIBRARIES[library]() as http:
        client = AsyncBaseten(api_key="any", base_url=url, http_client=http)

        async def read(count: int) -> None:
            async with client.messages.stream(extra_headers=headers("text", count, 1, pause=0.01), **REQUEST) as stream:
                await stream.until_done()

        async def cost(count: int) -> float:
            started = time.process_time()
            await asyncio.gather(*(read(count) for _ in range(streams)))
            return time.process_time() - started

        await cost(2)  # Imports and connections are not measured.
        return (await cost(deltas) - await cost(2)) / (streams * (deltas - 2)) * 1e6


def table(title: str, rows: list[tuple[str, float]], unit: str = "us") -> None:
    print(f"\n{title}")
    for name, value in rows:
        print(f"  {name:44} {value:9.2f} {unit}")


def main() -> None:
    server_file = Path(__file__).with_name("stream_server.py")
    with subprocess.Popen([sys.executable, str(server_file)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        url = f"http://127.0.0.1:{server.stdout.readline().strip()}"
        try:
            measure(url)
        finally:
            server.terminate()


def measure(url: str) -> None:
    print(f"Python {sys.version.split()[0]}, anthropic {anthropic.__version__}, httpx {httpx.__version__}")
    for per_chunk in (1, 20):
        clients = [OURS, OURS_HELPED, OURS_HTTPX2, OURS_TEXT, ANTHROPIC, BARE]
        ours, helped, ours_httpx2, text, theirs, bare = cpu_per_delta(clients, url, "text", 10_000, per_chunk)
        table(
            f"Text, {per_chunk} event(s) per chunk: CPU per delta",
            [
                ("ours, raw events", ours),
                ("ours, events and helper events", helped),
                ("ours over httpx2, raw events", ours_httpx2),
                ("ours, text_stream", text),
                ("anthropic, events", theirs),
                ("bare loop", bare),
            ],
        )
        ratios = [
            ("anthropic / ours", theirs / ours),
            ("ours / bare loop", ours / bare),
            ("with helper events / raw", helped / ours),
            ("ours over httpx2 / over httpx", ours_httpx2 / ours),
        ]
        table("", ratios, "times")
    (long,), (short,) = (cpu_per_delta([OURS], url, "tool", deltas, 20) for deltas in (16_000, 1_000))
    (theirs,) = cpu_per_delta([ANTHROPIC], url, "tool", 16_000, 20, repeat=1)
    table(
        "Tool input, 20 events per chunk: CPU per delta", [("ours, 16,000 deltas", long), ("ours, 1,000 deltas", short)]
    )
    table("", [("anthropic, 16,000 deltas", theirs)])
    table("", [("ours, 16,000 / 1,000", long / short), ("anthropic / ours, 16,000", theirs / long)], "times")

    rounds = [{name: asyncio.run(cpu_per_delta_at_once(name, url)) for name in LIBRARIES} for _ in range(3)]
    costs = {name: min(found[name] for found in rounds) for name in LIBRARIES}
    table("150 async streams at once, 1 event per chunk: CPU per delta", [(f"over {n}", c) for n, c in costs.items()])
    table("", [(f"httpx / {name}", costs["httpx"] / costs[name]) for name in ("httpx2", "aiohttp")], "times")

    extra = headers("text", 300, 1, pause=0.01)

    async def ours_async(url: str) -> None:
        async with client.messages.stream(extra_headers=extra, **REQUEST) as stream:
            await stream.until_done()

    async def theirs_async(url: str) -> None:
        async with peer.messages.stream(extra_headers=extra, **REQUEST) as stream:
            await stream.until_done()

    async def both() -> tuple[float, float]:
        nonlocal client, peer
        async with (
            AsyncBaseten(api_key="any", base_url=url) as client,
            anthropic.AsyncAnthropic(api_key="any", base_url=url) as peer,
        ):
            return await streams_per_core(ours_async, url), await streams_per_core(theirs_async, url)

    client: Any = None
    peer: Any = None
    table(
        "Streams of 100 tokens a second that one core carries, async",
        list(zip(("ours", "anthropic"), asyncio.run(both()), strict=True)),
        "",
    )


if __name__ == "__main__":
    main()
