from baseten_messages_client import Baseten, Message


def ask(client: Baseten) -> Message:
    return client.messages.create(
        model="zai-org/GLM-5.2",
        max_tokens=64,
        system={"type": "text", "text": "Be brief."},  # error: a string or a list is needed
        messages=[{"role": "user", "content": "Hi"}],
    )
