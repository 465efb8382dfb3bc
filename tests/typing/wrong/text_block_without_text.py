from baseten_messages_client import Baseten, Message


def ask(client: Baseten) -> Message:
    return client.messages.create(
        model="zai-org/GLM-5.2",
        max_tokens=64,
        messages=[{"role": "user", "content": [{"type": "text"}]}],  # error: the text is missing
    )
