import anthropic

client = anthropic.Anthropic()

message = client.messages.create(
    model="claude-opus-5-5", max_tokens=300, messages=[{"role": "user", "content": "What is new?"}]
)
for block in message.content:
    if block.type == "text":
        print("text", block.text)
    elif block.type == "redacted_thinking":
        print("hidden", len(block.data))
    else:
        print(block.type, block.to_dict()["weather"], getattr(block, "weather", None))
print(message.service_level, message.model_extra["service_level"])
