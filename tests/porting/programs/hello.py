import anthropic

client = anthropic.Anthropic()

message = client.messages.create(
    model="claude-opus-5-5",
    max_tokens=1024,
    messages=[{"role": "user", "content": "Say hello."}],
)
print(message.content[0].text)
print(message.role, message.type, message.stop_reason)
