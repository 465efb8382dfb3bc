import json
from collections.abc import Iterator

from anthropic import Anthropic

client = Anthropic()


def events(prompt: str) -> Iterator[str]:
    """What a web handler would return as `text/event-stream`."""
    with client.messages.stream(
        model="claude-haiku-5-5", max_tokens=200, messages=[{"role": "user", "content": prompt}]
    ) as stream:
        for event in stream:
            if event.type in ("message_start", "content_block_delta", "message_stop"):
                yield f"event: {event.type}\ndata: {event.model_dump_json(exclude_none=True)}\n\n"
    yield "data: [DONE]\n\n"


for frame in events("Hello?"):
    name, _, data = frame.strip().rpartition("data: ")
    parsed = {} if data == "[DONE]" else json.loads(data)
    print(name.strip(), parsed.get("type"), parsed.get("delta", {}).get("text"), parsed.get("index"))
