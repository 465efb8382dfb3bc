from baseten_messages_client import Baseten, Message


def ask(client: Baseten, user: str) -> Message:
    return client.messages.create(
        model="zai-org/GLM-5.2",
        max_tokens=64,
        messages=[{"role": "user", "content": "Hi"}],
        metadata={"user": user},  # error: the key is user_id
    )
