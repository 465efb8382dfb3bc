import anthropic

client = anthropic.Anthropic()

shown = []
with client.messages.stream(
    model="claude-opus-5-5",
    max_tokens=5000,
    messages=[{"role": "user", "content": "Tell me everything about rope."}],
) as stream:
    for text in stream.text_stream:
        shown.append(text)
        if len(shown) == 3:
            break
print("".join(shown) + "…")

raw = client.messages.create(
    model="claude-opus-5-5",
    max_tokens=5000,
    messages=[{"role": "user", "content": "Tell me everything about paint."}],
    stream=True,
)
with raw as events:
    for event in events:
        if event.type == "content_block_delta":
            print(event.delta.text + "…")
            break
