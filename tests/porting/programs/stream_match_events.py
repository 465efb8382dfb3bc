import json

import anthropic

client = anthropic.Anthropic()


def consume(stream):
    buffers = {}
    for event in stream:
        match event.type:
            case "content_block_start":
                buffers[event.index] = [event.content_block.type, ""]
            case "content_block_delta":
                match event.delta.type:
                    case "text_delta":
                        buffers[event.index][1] += event.delta.text
                    case "input_json_delta":
                        buffers[event.index][1] += event.delta.partial_json
                    case "thinking_delta":
                        buffers[event.index][1] += event.delta.thinking
                    case "signature_delta":
                        pass
            case "content_block_stop":
                yield buffers.pop(event.index)
            case "message_delta":
                yield ["end", event.delta.stop_reason]


with client.messages.stream(
    model="claude-opus-5-5",
    max_tokens=500,
    tools=[{"name": "steer", "description": "Steer.", "input_schema": {"type": "object"}}],
    messages=[{"role": "user", "content": "Steer north"}],
) as stream:
    for name, text in consume(stream):
        print(name, json.loads(text)["degrees"] if name == "tool_use" else text)
