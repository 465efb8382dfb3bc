from baseten_messages_client import Baseten


def ask(client: Baseten) -> None:
    client.messages.send(  # error: the method is named create
        model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi"}]
    )
