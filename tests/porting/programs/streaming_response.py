from anthropic import Anthropic

client = Anthropic()

with client.messages.with_streaming_response.create(
    model="claude-opus-5-5", max_tokens=64, messages=[{"role": "user", "content": "Ping"}]
) as response:
    print(response.headers["content-type"], response.status_code)
    print(response.parse().content[0].text)
