from anthropic import Anthropic

client = Anthropic()

with client.messages.stream(
    model="claude-opus-5-5",
    max_tokens=1024,
    tools=[
        {
            "name": "book_berth",
            "description": "Book a berth.",
            "input_schema": {
                "type": "object",
                "properties": {"ship": {"type": "string"}, "nights": {"type": "integer"}},
            },
        }
    ],
    messages=[{"role": "user", "content": "Two nights for the Fram, please."}],
) as stream:
    for event in stream:
        if event.type == "text":
            print(event.text, end="")
        elif event.type == "input_json":
            print(f"{event.partial_json!r} -> {event.snapshot}")
        elif event.type == "content_block_stop" and event.content_block.type == "tool_use":
            print("call:", event.content_block.name, event.content_block.input)
        elif event.type == "content_block_stop":
            print()
    call = stream.get_final_message().content[-1]
print(call.id, call.input["nights"])
