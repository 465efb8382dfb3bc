from baseten_messages_client import Baseten, Message


def ask(client: Baseten, stream: bool) -> Message:
    return client.messages.create(  # error: with stream=True, a stream is returned
        model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi"}], stream=stream
    )
