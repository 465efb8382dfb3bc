import anthropic

client = anthropic.Anthropic(default_query={"region": "north"})

message = client.messages.create(
    model="claude-opus-5-5",
    max_tokens=32,
    messages=[{"role": "user", "content": "Hi"}],
    extra_query={"debug": "1"},
)
print(message.content[0].text)
