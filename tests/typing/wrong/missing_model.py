from baseten_messages_client import Baseten, Message


def ask(client: Baseten, question: str) -> Message:
    return client.messages.create(max_tokens=64, messages=[{"role": "user", "content": question}])  # error: no model
