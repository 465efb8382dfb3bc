from baseten_messages_client import Baseten


def ask(client: Baseten) -> str:
    return client.messages.create(  # error: a message is not a string
        model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi"}]
    )
