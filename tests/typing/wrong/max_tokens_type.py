from baseten_messages_client import Baseten, Message


def ask(client: Baseten, question: str) -> Message:
    return client.messages.create(
        model="zai-org/GLM-5.2",
        max_tokens="64",  # error: a number is needed
        messages=[{"role": "user", "content": question}],
    )
