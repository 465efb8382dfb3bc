from baseten_messages_client import Baseten, Message


def ask(client: Baseten, question: str) -> Message:
    return client.messages.create(
        model="zai-org/GLM-5.2",
        max_tokens=64,
        messages=[{"role": "user", "content": question}],
        temperatur=0.5,  # error: misspelt keyword
    )
