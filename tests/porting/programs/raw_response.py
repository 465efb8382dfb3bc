import anthropic

client = anthropic.Anthropic()

response = client.messages.with_raw_response.create(
    model="claude-opus-5-5", max_tokens=64, messages=[{"role": "user", "content": "Ping"}]
)
print(response.status_code, response.headers["x-ratelimit-remaining"], response.headers.get("Content-Type"))

message = response.parse()
print(message.content[0].text, message.usage.output_tokens)
