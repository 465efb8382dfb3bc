import anthropic
import httpx2
from anthropic import Anthropic, Timeout

client = Anthropic(timeout=httpx2.Timeout(60.0, read=5.0, write=10.0, connect=2.0), max_retries=0)
request = {"model": "claude-opus-5-5", "max_tokens": 9, "messages": [{"role": "user", "content": "Hi"}]}

print(client.messages.create(**request).content[0].text)
print(client.with_options(timeout=20.0).messages.create(**request, timeout=Timeout(10.0)).content[0].text)
try:
    client.messages.create(**request, timeout=0.1)
except anthropic.APITimeoutError:
    print("too slow")
