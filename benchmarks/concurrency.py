"""Read many async streams at once with one client. Check that all are complete, and print the time and memory used.

    python benchmarks/concurrency.py [STREAMS] [DELTAS]

The server runs in a separate process (`stream_server.py`). The first round also allocates what all
streams share. If memory grows in later rounds, streams leave something in memory.
"""

from __future__ import annotations

import asyncio
import gc
import resource
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path
from typing import Any

from baseten_messages_client import AsyncBaseten

STREAMS = int(sys.argv[1]) if len(sys.argv) > 1 else 500
DELTAS = int(sys.argv[2]) if len(sys.argv) > 2 else 200
ROUNDS = 3
REQUEST: dict[str, Any] = {"model": "m", "max_tokens": 64, "messages": [{"role": "user", "content": "Hi"}]}


async def read(client: AsyncBaseten, number: int) -> None:
    # Every stream has a different length, so that mixed-up streams are noticed.
    deltas = DELTAS + number
    headers = {"x-block-type": "text", "x-deltas": str(deltas), "x-per-chunk": "1", "x-pause": "0.001"}
    async with client.messages.stream(extra_headers=headers, **REQUEST) as stream:
        streamed = [text async for text in stream.text_stream]
        message = await stream.get_final_message()
    assert streamed == [" word"] * deltas
    assert message.text == " word" * deltas
    assert (message.stop_reason, message.usage.output_tokens) == ("end_turn", deltas)


async def all_at_once(client: AsyncBaseten) -> float:
    started = time.perf_counter()
    await asyncio.gather(*(read(client, number) for number in range(STREAMS)))
    return time.perf_counter() - started


async def measure(url: str) -> None:
    async with AsyncBaseten(api_key="any", base_url=url) as client:
        for number in range(ROUNDS):
            tracing = number == ROUNDS - 1
            if tracing:
                gc.collect()
                tracemalloc.start()
            seconds = await all_at_once(client)
            gc.collect()
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            note = ""
            if tracing:
                left, most = (size / 2**20 for size in tracemalloc.get_traced_memory())
                note = f", Python objects: {most:.1f} MiB at most, {left:.1f} MiB left behind (traced, hence slow)"
            events = STREAMS * (DELTAS + 5) + STREAMS * (STREAMS - 1) // 2
            print(
                f"  round {number + 1}: {seconds:5.2f} s, {events / seconds:8,.0f} events/s, peak {peak:.0f} MiB{note}"
            )


def main() -> None:
    server_file = Path(__file__).with_name("stream_server.py")
    with subprocess.Popen([sys.executable, str(server_file)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"{STREAMS} streams of {DELTAS} deltas and up, at rest {before:.0f} MiB")
            asyncio.run(measure(f"http://127.0.0.1:{server.stdout.readline().strip()}"))
        finally:
            server.terminate()
    print("  all complete and correct")


if __name__ == "__main__":
    main()
