import base64

from anthropic import Anthropic

client = Anthropic()
TOOLS = [
    {"name": "camera", "description": "Look through the camera.", "input_schema": {"type": "object", "properties": {}}}
]

messages = [{"role": "user", "content": "What does the camera show?"}]
first = client.messages.create(model="claude-opus-5-5", max_tokens=100, tools=TOOLS, messages=messages)
call = next(block for block in first.content if block.type == "tool_use")
picture = {"type": "base64", "media_type": "image/jpeg", "data": base64.b64encode(b"\xff\xd8picture").decode()}
messages += [
    {"role": "assistant", "content": [block.model_dump(exclude_none=True) for block in first.content]},
    {
        "role": "user",
        "content": [
            {
                "type": "tool_result",
                "tool_use_id": call.id,
                "content": [{"type": "text", "text": "Taken now:"}, {"type": "image", "source": picture}],
            }
        ],
    },
]
second = client.messages.create(model="claude-opus-5-5", max_tokens=100, tools=TOOLS, messages=messages)
print(second.content[0].text)
