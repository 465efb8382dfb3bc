from baseten_messages_client import Baseten, Message, MessageStream


def streamed(client: Baseten) -> MessageStream:
    return client.messages.create(
        model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi"}], stream=True
    )


def whole(client: Baseten) -> Message:
    return client.messages.create(
        model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi"}], stream=False
    )


def either(client: Baseten, stream: bool) -> str:
    answer = client.messages.create(
        model="zai-org/GLM-5.2", max_tokens=64, messages=[{"role": "user", "content": "Hi"}], stream=stream
    )
    if isinstance(answer, MessageStream):
        return answer.get_final_text()
    return answer.text
