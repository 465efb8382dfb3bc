from baseten_messages_client import Baseten


def ask(client: Baseten) -> None:
    client.chat.completions.create(model="zai-org/GLM-5.2", messages=[])  # error: a method of another API
