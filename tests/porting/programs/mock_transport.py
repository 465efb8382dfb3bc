import json

import httpx2
from anthropic import Anthropic, DefaultHttpxClient

seen = []


def handle(request: httpx2.Request) -> httpx2.Response:
    body = json.loads(request.content)
    seen.append((request.url.path, body["max_tokens"]))
    return httpx2.Response(
        200,
        json={
            "id": "msg_1",
            "type": "message",
            "role": "assistant",
            "model": body["model"],
            "content": [{"type": "text", "text": body["messages"][-1]["content"].upper()}],
            "stop_reason": "end_turn",
            "stop_sequence": None,
            "usage": {"input_tokens": 1, "output_tokens": 1},
        },
    )


client = Anthropic(http_client=DefaultHttpxClient(transport=httpx2.MockTransport(handle)))
message = client.messages.create(model="claude-opus-5-5", max_tokens=32, messages=[{"role": "user", "content": "ahoy"}])
print(message.content[0].text, seen)
