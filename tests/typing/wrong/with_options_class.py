from baseten_messages_client import AsyncBaseten, Baseten


def make(client: Baseten) -> AsyncBaseten:
    return client.with_options(timeout=5)  # error: the class stays the same
