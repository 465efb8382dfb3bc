import os

import anthropic

client = anthropic.Anthropic()
other = client.copy(max_retries=5, timeout=12)

print(client.max_retries, other.max_retries, other.timeout)
print(client.api_key == os.environ["ANTHROPIC_API_KEY"])
print(str(client.base_url).rstrip("/") == os.environ["ANTHROPIC_BASE_URL"])
print(anthropic.DEFAULT_MAX_RETRIES)

request = {"model": "claude-opus-5-5", "max_tokens": 9, "messages": [{"role": "user", "content": "Hi"}]}
print(other.messages.create(**request).content[0].text)
client.close()
