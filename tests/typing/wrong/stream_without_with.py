from baseten_messages_client import Baseten


def show(client: Baseten) -> None:
    stream = client.messages.stream(
        model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi"}]
    )
    for text in stream.text_stream:  # error: the context manager was not entered
        print(text)
