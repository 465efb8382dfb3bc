from baseten_messages_client import Baseten, Message


def ask(client: Baseten, question: str) -> Message:
    return client.messages.create(
        model="zai-org/GLM-5.2",
        max_tokens=2048,
        messages=[{"role": "user", "content": question}],
        thinking={"type": "enable"},  # error: the type is enabled
    )
