import anthropic

client = anthropic.Anthropic(api_key="first")
print(
    client.messages.create(model="claude-opus-5-5", max_tokens=10, messages=[{"role": "user", "content": "x"}])
    .content[0]
    .text
)
client.api_key = "second"
client.max_retries = 0
client.timeout = 5.0
print(client.api_key, client.max_retries, client.timeout)
print(
    client.messages.create(model="claude-opus-5-5", max_tokens=10, messages=[{"role": "user", "content": "x"}])
    .content[0]
    .text
)
