from baseten_messages_client import Baseten, Message, params


def send(client: Baseten, history: list[params.InputMessage], call_id: str, output: str) -> Message:
    return client.messages.create(
        model="zai-org/GLM-5.2",
        max_tokens=64,
        messages=[
            *history,
            {
                "role": "user",
                "content": [{"type": "tool_result", "tool_id": call_id, "content": output}],  # error: wrong key
            },
        ],
    )
