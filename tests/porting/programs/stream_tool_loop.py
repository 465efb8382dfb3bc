import anthropic

client = anthropic.Anthropic()

STOCK = {"rope": 12, "paint": 0}
TOOLS = [
    {
        "name": "stock",
        "description": "How many of a thing are left.",
        "input_schema": {"type": "object", "properties": {"thing": {"type": "string"}}, "required": ["thing"]},
    }
]


def run(messages):
    """Stream the answer, run the tools, and go on until the model has finished."""
    while True:
        with client.messages.stream(model="claude-opus-5-5", max_tokens=1024, tools=TOOLS, messages=messages) as stream:
            for text in stream.text_stream:
                yield text
            message = stream.get_final_message()
        messages.append({"role": message.role, "content": message.content})
        if message.stop_reason != "tool_use":
            return
        messages.append(
            {
                "role": "user",
                "content": [
                    {"type": "tool_result", "tool_use_id": block.id, "content": str(STOCK.get(block.input["thing"]))}
                    for block in message.content
                    if block.type == "tool_use"
                ],
            }
        )


print("".join(run([{"role": "user", "content": "How much rope and paint do we have?"}])))
