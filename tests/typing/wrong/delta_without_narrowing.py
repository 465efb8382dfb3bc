from baseten_messages_client import Baseten


def show(client: Baseten) -> None:
    with client.messages.stream(
        model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi"}]
    ) as stream:
        for event in stream:
            if event.type == "content_block_delta":
                print(event.delta.text)  # error: not every delta has a text
