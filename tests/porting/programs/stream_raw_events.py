from anthropic import Anthropic

client = Anthropic()

stream = client.messages.create(
    model="claude-haiku-5-5",
    max_tokens=100,
    messages=[{"role": "user", "content": "Count to three."}],
    stream=True,
)
parts = []
for event in stream:
    if event.type == "message_start":
        print("start:", event.message.role)
    elif event.type == "content_block_start":
        print("block", event.index, event.content_block.type)
    elif event.type == "content_block_delta" and event.delta.type == "text_delta":
        parts.append(event.delta.text)
    elif event.type == "message_delta":
        print("end:", event.delta.stop_reason, event.usage.output_tokens)
    else:
        print(event.type)
print("".join(parts))
