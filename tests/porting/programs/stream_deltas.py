from anthropic import Anthropic

client = Anthropic()

with client.messages.stream(
    model="claude-sonnet-5-5",
    max_tokens=200,
    messages=[{"role": "user", "content": "Name the winds."}],
) as stream:
    words = 0
    for event in stream:
        if event.type == "content_block_delta" and event.delta.type == "text_delta":
            words += 1
            print(event.delta.text, end="|")
        elif event.type == "message_delta":
            print(event.delta.stop_reason, event.usage.output_tokens)
print(words, stream.get_final_message().usage.input_tokens)
