from baseten_messages_client import Baseten


def ask(client: Baseten) -> str:
    answer = client.messages.create(
        model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi"}], stream=True
    )
    return str(answer.content)  # error: a stream has no content
