import anthropic

client = anthropic.Anthropic()

with client.messages.stream(
    model="claude-opus-5-5",
    max_tokens=64,
    messages=[{"role": "user", "content": "Name three ships."}],
) as stream:
    for event in stream:
        if event.type == "text":
            print(repr(event.text), len(event.snapshot))
        elif event.type == "content_block_stop":
            print("block:", event.content_block.text)
        elif event.type == "message_stop":
            print("message:", event.message.content[0].text, event.message.stop_reason)
