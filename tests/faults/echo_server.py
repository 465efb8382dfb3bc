"""A server in a process by itself, with the standard library alone: it answers with the text that it is asked to say.

A client in another process shares neither its locks nor its garbage collector: a client that blocks stays blocked. The
last message of a request is its text to say, or JSON with these keys:

    say     the text
    wait    seconds before the answer
    pause   seconds between two events of a stream
    hold    true: send the beginning of a stream, and no more until the client leaves
    meet    a number: answer only when so many requests with the same text are waiting
    calls   tool calls to ask for: pairs of a name and an input

Results of tools are answered with their contents as JSON. `GET /` returns the counts of connections and requests.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import ssl
import sys
from collections import Counter
from typing import Any

PIECES = 4


class Server:
    """Serves connections and counts them."""

    def __init__(self) -> None:
        self.opened = self.open = self.requests = 0
        self.waiting: Counter[str] = Counter()
        self.changed = asyncio.Condition()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.opened += 1
        self.open += 1
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await self.answer(head, reader, writer)
        except (OSError, ValueError, asyncio.IncompleteReadError):
            pass  # The client left, or two clients wrote to one connection.
        finally:
            self.open -= 1
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def answer(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        length = next((line[15:] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), b"0")
        body = await reader.readexactly(int(length))
        if head.startswith(b"GET"):
            counts = {"opened": self.opened, "open": self.open - 1, "requests": self.requests}
            await send_json(writer, counts, b"Connection: close\r\n")
            return
        self.requests += 1
        request = json.loads(body)
        text = request["messages"][-1]["content"]
        order = order_of(text)
        await asyncio.sleep(order.get("wait", 0))
        if "meet" in order:
            await self.meet(text, order["meet"])
        if request.get("stream"):
            await send_stream(reader, writer, order)
        else:
            await send_json(writer, message(order))

    async def meet(self, text: str, number: int) -> None:
        async with self.changed:
            self.waiting[text] += 1
            self.changed.notify_all()
            await self.changed.wait_for(lambda: self.waiting[text] >= number)


def order_of(text: Any) -> dict[str, Any]:
    if not isinstance(text, str):
        return {"say": json.dumps([block.get("content") for block in text])}
    try:
        order = json.loads(text)
    except ValueError:
        return {"say": text}
    return order if isinstance(order, dict) else {"say": text}


def message(order: dict[str, Any]) -> dict[str, Any]:
    content: list[dict[str, Any]] = [{"type": "text", "text": order.get("say", "")}]
    for number, (name, arguments) in enumerate(order.get("calls", ())):
        content.append({"type": "tool_use", "id": f"call_{number}", "name": name, "input": arguments})
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "echo",
        "content": content,
        "stop_reason": "tool_use" if "calls" in order else "end_turn",
        "usage": {"input_tokens": 1, "output_tokens": 1},
    }


async def send_json(writer: asyncio.StreamWriter, data: Any, headers: bytes = b"") -> None:
    body = json.dumps(data).encode()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n" % len(body)
    writer.write(head + headers + b"\r\n" + body)
    await writer.drain()


async def send_stream(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, order: dict[str, Any]) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
    for number, (event_type, data) in enumerate(events(order)):
        frame = f"event: {event_type}\ndata: {json.dumps({'type': event_type, **data})}\n\n".encode()
        writer.write(b"%x\r\n%b\r\n" % (len(frame), frame))
        await writer.drain()
        if order.get("hold") and number > 1:
            await reader.read()
            raise ConnectionAbortedError
        await asyncio.sleep(order.get("pause", 0))
    writer.write(b"0\r\n\r\n")
    await writer.drain()


def events(order: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    whole = message(order)
    text, *calls = whole["content"]
    size = max(1, -(-len(text["text"]) // PIECES))
    pieces = [text["text"][start : start + size] for start in range(0, len(text["text"]), size)]
    begin = {"index": 0, "content_block": {"type": "text", "text": ""}}
    return [
        ("message_start", {"message": {**whole, "content": [], "stop_reason": None}}),
        ("content_block_start", begin),
        *(("content_block_delta", {"index": 0, "delta": {"type": "text_delta", "text": piece}}) for piece in pieces),
        ("content_block_stop", {"index": 0}),
        *(("content_block_start", {"index": n, "content_block": call}) for n, call in enumerate(calls, start=1)),
        *(("content_block_stop", {"index": n}) for n, _ in enumerate(calls, start=1)),
        ("message_delta", {"delta": {"stop_reason": whole["stop_reason"]}, "usage": whole["usage"]}),
        ("message_stop", {}),
    ]


async def main(certificate: str | None) -> None:
    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    listener = await asyncio.start_server(Server().serve, "127.0.0.1", 0, ssl=context, backlog=2000)
    print(listener.sockets[0].getsockname()[1], flush=True)
    # Whoever started this process ends it by closing its input.
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main(sys.argv[1] if len(sys.argv) > 1 else None))
