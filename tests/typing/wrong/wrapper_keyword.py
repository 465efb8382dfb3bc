from typing import Unpack

from baseten_messages_client import Baseten, CreateParams, Message


def ask(client: Baseten, **kwargs: Unpack[CreateParams]) -> Message:
    return client.messages.create(**kwargs)


ask(
    Baseten(),
    model="zai-org/GLM-5.2",
    max_token=64,  # error: misspelt keyword
    messages=[{"role": "user", "content": "Hi"}],
)
