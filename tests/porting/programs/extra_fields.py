import anthropic

client = anthropic.Anthropic(default_headers={"X-Team": "harbor", "X-Stage": "test"})

message = client.messages.create(
    model="claude-opus-5-5",
    max_tokens=32,
    messages=[{"role": "user", "content": "Hi"}],
    extra_headers={"X-Trace": "t-17", "X-Stage": "live"},
    extra_body={"top_k": 5},
)
print(message.content[0].text)

message = client.with_options(default_headers={"X-Team": "dock"}).messages.create(
    model="claude-opus-5-5", max_tokens=32, messages=[{"role": "user", "content": "Hi again"}]
)
print(message.content[0].text)
