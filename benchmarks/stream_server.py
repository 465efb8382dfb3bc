"""A loopback server that streams as fast as the client reads, so that benchmarks measure the client.

Run it as a separate process: `python benchmarks/stream_server.py` prints its port. The headers of a request say what to
send: `x-deltas` (how many deltas), `x-per-chunk` (events in one HTTP chunk), `x-block-type` (`text` or `tool`),
`x-pause` (seconds between chunks).
"""

from __future__ import annotations

import asyncio
import json
from functools import cache


def frame(event: dict[str, object]) -> bytes:
    return f"event: {event['type']}\ndata: {json.dumps(event, separators=(',', ':'))}\n\n".encode()


@cache
def chunks(block_type: str, deltas: int, per_chunk: int) -> list[bytes]:
    """Return a whole stream as HTTP chunks."""
    usage = {"input_tokens": 0, "output_tokens": 0}
    message = {"id": "msg_1", "type": "message", "role": "assistant", "content": [], "model": "m", "usage": usage}
    message |= {"stop_reason": None, "stop_sequence": None}
    if block_type == "text":
        block: dict[str, object] = {"type": "text", "text": ""}
        parts: list[dict[str, object]] = [{"type": "text_delta", "text": " word"}] * deltas
    else:
        block = {"type": "tool_use", "id": "toolu_1", "name": "save", "input": {}}
        # Rows of a table, in pieces of about the size of a token.
        text = '{"rows":[' + ",".join(f'{{"id":{number},"ok":true}}' for number in range(deltas)) + "]}"
        pieces = [text[start : start + 4] for start in range(0, len(text), 4)][:deltas]
        parts = [{"type": "input_json_delta", "partial_json": piece} for piece in pieces]
    events = [{"type": "message_start", "message": message}]
    events += [{"type": "content_block_start", "index": 0, "content_block": block}]
    events += [{"type": "content_block_delta", "index": 0, "delta": part} for part in parts]
    ending = {"stop_reason": "end_turn", "stop_sequence": None}
    events += [{"type": "content_block_stop", "index": 0}]
    events += [{"type": "message_delta", "delta": ending, "usage": {"output_tokens": deltas}}]
    events += [{"type": "message_stop"}]
    frames = [frame(event) for event in events]
    bodies = [b"".join(frames[start : start + per_chunk]) for start in range(0, len(frames), per_chunk)]
    return [b"%x\r\n%s\r\n" % (len(body), body) for body in bodies]


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            headers = dict(line.split(": ", 1) for line in head.splitlines()[1:] if line)
            await reader.readexactly(int(headers["content-length"]))
            count, per_chunk = int(headers["x-deltas"]), int(headers["x-per-chunk"])
            pause = float(headers.get("x-pause", 0))
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n")
            for chunk in chunks(headers["x-block-type"], count, per_chunk):
                writer.write(chunk)
                await writer.drain()
                if pause:
                    await asyncio.sleep(pause)
            writer.write(b"0\r\n\r\n")
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def main() -> None:
    server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
