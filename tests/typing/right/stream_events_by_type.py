from baseten_messages_client import Baseten


def narrate(client: Baseten) -> int:
    tokens = 0
    with client.messages.stream(
        model="zai-org/GLM-5.2", max_tokens=1024, messages=[{"role": "user", "content": "Is 91 prime?"}]
    ) as stream:
        for event in stream:
            if event.type == "content_block_start":
                print(event.index, event.content_block.type)
            elif event.type == "content_block_delta":
                if event.delta.type == "text_delta":
                    print(event.delta.text, end="")
                elif event.delta.type == "thinking_delta":
                    print(event.delta.thinking, end="")
                elif event.delta.type == "input_json_delta":
                    print(event.delta.partial_json, end="")
            elif event.type == "message_delta":
                tokens = event.usage.output_tokens
            elif event.type == "message_stop":
                print()
    return tokens
