import anthropic

client = anthropic.Anthropic()
input_tokens = output_tokens = 0

for question in ("Tide?", "Wind?"):
    stream = client.messages.create(
        model="claude-haiku-5-5", max_tokens=50, messages=[{"role": "user", "content": question}], stream=True
    )
    for event in stream:
        if event.type == "message_start":
            input_tokens += event.message.usage.input_tokens
        elif event.type == "message_delta":
            output_tokens += event.usage.output_tokens
print(input_tokens, output_tokens)
