"""Feed random and mutated streams to the reader, and check rules that must hold for any bytes.

    python benchmarks/fuzz_stream.py [COUNT] [SEED]

Every input is cut into chunks in two random ways and read twice. The reader must
- raise only the package's own exceptions,
- give the same outcome both times,
- give a message that can be read and sent back,
- succeed only after both of the events that end a message,
- need no more time and memory than the size of the input justifies.

All processors share the work. A failure prints its seed. Run `fuzz_stream.py 1 SEED` to repeat it alone.
"""

from __future__ import annotations

import faulthandler
import json
import os
import random
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from multiprocessing import Pool
from pathlib import Path
from typing import Any

from baseten_messages_client import APIResponseError, StreamError
from baseten_messages_client._streaming.reader import StreamReader
from baseten_messages_client.sse import SSEDecoder

WIRE = Path(__file__).parent.parent / "tests" / "wire"
TRANSCRIPTS = [path.read_bytes() for path in sorted(WIRE.glob("*.sse"))]
FRAMES = sorted({frame for body in TRANSCRIPTS for frame in body.split(b"\n\n") if frame})
MAX_FRAME_BYTES = 4000
"""Largest frame in bytes. It is small, so that many inputs exceed it."""
BATCH = 500
HANG_SECONDS = 5.0
"""Seconds after which one input counts as a hang. A typical input takes a millisecond."""

Random = random.Random
ODD_VALUES: list[Any] = [
    None,
    True,
    False,
    0,
    -1,
    1.5,
    1e999,
    10**25,
    "",
    "x",
    "0",
    "\ud83d",
    "\u2028",
    [],
    [[]],
    {},
    {"a": {}},
]
FRAGMENTS = [
    b"\n",
    b"\r",
    b"\r\n",
    b"\n\n",
    b"data:",
    b"data: ",
    b"event: ",
    b"event: error\n",
    b"\xef\xbb\xbf",
    b":\n",
    b"data: [DONE]\n\n",
    b"\xff",
    b"\x00",
    b'"',
    b"{",
    b"}",
    b"[",
    b",",
    b"\\ud83d",
    "\u2028\u0085é😀".encode(),
    b"null",
]
TYPES = ["error", "ping", "message_start", "content_block_start", "content_block_delta", "content_block_stop"]
TYPES += ["message_delta", "message_stop", "text_delta", "thinking_delta", "input_json_delta", "signature_delta"]
TYPES += ["citations_delta", "novel_delta", "text", "thinking", "tool_use", "server_tool_use", "tool_result", "novel"]


def flip(body: bytes, rng: Random) -> bytes:
    changed = bytearray(body)
    for _ in range(rng.randint(1, 8)):
        if changed:
            changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def truncate(body: bytes, rng: Random) -> bytes:
    return body[: rng.randint(0, len(body))]


def remove(body: bytes, rng: Random) -> bytes:
    start = rng.randint(0, len(body))
    return body[:start] + body[start + rng.randint(1, 40) :]


def insert(body: bytes, rng: Random) -> bytes:
    for _ in range(rng.randint(1, 4)):
        start = rng.randint(0, len(body))
        body = body[:start] + rng.choice(FRAGMENTS) + body[start:]
    return body


def splice(body: bytes, rng: Random) -> bytes:
    other = rng.choice(TRANSCRIPTS)
    return truncate(body, rng) + other[rng.randint(0, len(other)) :]


def line_ends(body: bytes, rng: Random) -> bytes:
    return body.replace(b"\n", rng.choice([b"\r", b"\r\n", b"\n\n"]))


def shuffle_frames(body: bytes, rng: Random) -> bytes:
    frames = body.split(b"\n\n")
    for _ in range(rng.randint(1, 5)):
        first, second = rng.randrange(len(frames)), rng.randrange(len(frames))
        match rng.randrange(4):
            case 0:
                frames[first], frames[second] = frames[second], frames[first]
            case 1:
                frames.insert(first, frames[second])
            case 2:
                frames.insert(first, rng.choice(FRAMES))
            case _:
                frames[first:first] = [frames[second]] * rng.choice([2, 30])
    return b"\n\n".join(frames)


def drop_frames(body: bytes, rng: Random) -> bytes:
    return b"\n\n".join(frame for frame in body.split(b"\n\n") if rng.random() > 0.2)


def nested(rng: Random) -> Any:
    value: Any = rng.choice(ODD_VALUES)
    wraps: list[Callable[[Any], Any]] = [
        lambda inner: [inner],
        lambda inner: {rng.choice(["a", "error", "message"]): inner},
        lambda inner: {"type": "tool_result", "tool_use_id": "call_1", "content": [inner]},
    ]
    wrap = rng.choice(wraps)
    for _ in range(rng.choice([3, 30, 300, 900])):
        value = (wrap if rng.random() < 0.9 else rng.choice(wraps))(value)
    return value


def change_value(value: Any, rng: Random) -> Any:
    """Change one random part of a JSON value."""
    if rng.random() < 0.25 or not isinstance(value, dict | list) or not value:
        kind = rng.random()
        return rng.choice(TYPES) if kind < 0.4 else nested(rng) if kind < 0.45 else rng.choice(ODD_VALUES)
    if isinstance(value, list):
        place = rng.randrange(len(value))
        return [change_value(item, rng) if number == place else item for number, item in enumerate(value)]
    key = rng.choice(list(value))
    match rng.randrange(6):
        case 0:
            return {name: inner for name, inner in value.items() if name != key}
        case 1:
            return {
                **value,
                rng.choice(["usage", "index", "baseten", "error", "text", "delta", "content"]): rng.choice(ODD_VALUES),
            }
        case _:
            return {**value, key: change_value(value[key], rng)}


def change_values(body: bytes, rng: Random) -> bytes:
    lines = body.split(b"\n")
    for number, line in enumerate(lines):
        if line.startswith(b"data: ") and rng.random() < 0.3:
            try:
                value = json.loads(line[6:])
                text = json.dumps(change_value(value, rng))
            except (RecursionError, ValueError):
                continue
            lines[number] = b"data: " + text.replace("Infinity", "1e999").encode()
    return b"\n".join(lines)


def noise(body: bytes, rng: Random) -> bytes:
    if rng.random() < 0.3:
        return rng.randbytes(rng.randint(0, 300))
    return b"".join(rng.choice(FRAGMENTS) for _ in range(rng.randint(0, 60)))


def deep(body: bytes, rng: Random) -> bytes:
    depth = rng.choice([100, 990, 1500])
    opening, closing = rng.choice([(b'{"a":', b"}"), (b"[", b"]"), (b'{"error":', b"}"), (b'{"baseten":', b"}")])
    frames = body.split(b"\n\n")
    extra = b'data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"x"},"baseten":'
    frame = extra + opening * depth + b"1" + closing * depth + b"}"
    frames[rng.randrange(len(frames))] = rng.choice([frame, b"data: " + opening * depth + b"1" + closing * depth])
    return b"\n\n".join(frames)


def numbers(body: bytes, rng: Random) -> bytes:
    number = rng.choice([b"9" * 30, b"9" * 5000, b"1e999", b"-1e999", b"NaN", b"Infinity", b"0.1e-400", b"-0"])
    return body.replace(rng.choice([b"0", b"1", b"27"]), number, rng.randint(1, 5))


MUTATIONS: list[Callable[[bytes, Random], bytes]] = [flip, truncate, remove, insert, splice, line_ends, shuffle_frames]
MUTATIONS += [drop_frames, change_values, change_values, change_values, noise, deep, numbers]


def make_input(rng: Random) -> bytes:
    body = rng.choice(TRANSCRIPTS)
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        body = rng.choice(MUTATIONS)(body, rng)
    return body


def cut(body: bytes, rng: Random) -> list[bytes]:
    match rng.randrange(8):
        case 0 | 1:
            return [body]
        case 2:
            return [body[start : start + 1] for start in range(len(body))]
        case _:
            chunks, start, longest = [], 0, rng.choice([3, 30, 300])
            while start < len(body):
                size = rng.randint(0, longest)
                chunks.append(body[start : start + size])
                start += size
            return chunks


def read(chunks: list[bytes], rng: Random) -> str:
    """Read a stream. Return all results as text, because NaN is equal to NaN only as text."""
    reader = StreamReader("req_1")
    reader._decoder = SSEDecoder(MAX_FRAME_BYTES)
    events: list[Any] = []
    error: StreamError | APIResponseError | None = None
    try:
        for chunk in chunks:
            for event in reader.feed(chunk):
                events.append(event)
                if rng.random() < 0.02:
                    reader.message()
        events.extend(reader.close())
    except (StreamError, APIResponseError) as caught:
        error = caught
    assert error is not None or reader.complete, "the stream ended incomplete, but without an error"
    message = getattr(error, "partial_message", None) if error else reader.message()
    results = [type(error).__name__, str(error), repr(getattr(error, "error_type", None)), str(reader.events)]
    results += [repr(event.to_dict()) for event in events]
    if message is not None:
        results += [repr(message.to_dict()), message.text, repr(message.tool_calls), repr(message.to_param())]
        message.text.encode()
        for block in message.content:
            assert not (block.type == "tool_use" and block.to_dict()["input"] is None), "a tool input of null"
    return "\n".join(results)


def check(seed: int) -> str:
    rng = Random(seed)
    body = make_input(rng)
    started = time.perf_counter()
    first, second = read(cut(body, rng), rng), read(cut(body, rng), rng)
    assert first == second, f"another cut, another outcome:\n{first}\n---\n{second}"
    assert time.perf_counter() - started < HANG_SECONDS, "too slow"
    return first.split("\n", 1)[0].replace("NoneType", "success")


def run(seeds: range) -> tuple[Counter[str], list[str], int]:
    outcomes: Counter[str] = Counter()
    failures = []
    faulthandler.dump_traceback_later(60, repeat=True)  # If an input hangs, this shows where.
    for seed in seeds:
        try:
            outcomes[check(seed)] += 1
        except Exception:
            failures.append(f"seed {seed}: {traceback.format_exc()}")
    faulthandler.cancel_dump_traceback_later()
    return outcomes, failures, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    first = int(sys.argv[2]) if len(sys.argv) > 2 else random.SystemRandom().randrange(2**40)
    print(f"{count} inputs, seeds {first} to {first + count - 1}, {os.cpu_count()} processes", flush=True)
    started = time.perf_counter()
    outcomes: Counter[str] = Counter()
    failures: list[str] = []
    batches = [range(start, min(start + BATCH, first + count)) for start in range(first, first + count, BATCH)]
    early_peak = peak = 0
    with Pool() as pool:
        for number, (some, failed, memory) in enumerate(pool.imap_unordered(run, batches)):
            outcomes += some
            failures += failed
            early_peak = max(early_peak, memory) if number < len(batches) // 10 else early_peak
            peak = max(peak, memory)
            if len(failures) > 20:
                pool.terminate()
                break
    for failure in failures:
        print(failure)
    seconds = time.perf_counter() - started
    print(f"{sum(outcomes.values())} checked in {seconds:.0f} s; failures: {len(failures)}")
    print("outcomes:", json.dumps(dict(outcomes.most_common())))
    print(f"largest process: {peak / 1024:.0f} MiB, after a tenth of the inputs {early_peak / 1024:.0f} MiB")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
