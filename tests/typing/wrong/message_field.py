from baseten_messages_client import Baseten


def ask(client: Baseten) -> str:
    message = client.messages.create(
        model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi"}]
    )
    return str(message.choices)  # error: a field of another API
