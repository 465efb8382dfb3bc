import httpx2
from anthropic import Anthropic, DefaultHttpxClient

log = []

http_client = DefaultHttpxClient(
    limits=httpx2.Limits(max_connections=5),
    event_hooks={
        "request": [lambda request: log.append(f"{request.method} {request.url.path}")],
        "response": [lambda response: log.append(str(response.status_code))],
    },
)
with Anthropic(http_client=http_client, max_retries=1) as client:
    message = client.messages.create(
        model="claude-opus-5-5", max_tokens=64, messages=[{"role": "user", "content": "Hi"}]
    )
print(message.content[0].text, log)
