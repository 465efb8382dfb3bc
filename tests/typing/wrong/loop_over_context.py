from baseten_messages_client import Baseten


def show(client: Baseten) -> None:
    for event in client.messages.stream(  # error: with is missing
        model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi"}]
    ):
        print(event)
