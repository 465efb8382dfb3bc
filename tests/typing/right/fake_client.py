from typing import Protocol

from baseten_messages_client import Baseten
from baseten_messages_client.messages import Messages


class HasMessages(Protocol):
    @property
    def messages(self) -> Messages: ...


def title_of(client: HasMessages, text: str) -> str:
    message = client.messages.create(
        model="zai-org/GLM-5.2", max_tokens=32, messages=[{"role": "user", "content": f"Title for: {text}"}]
    )
    return message.text


def main() -> None:
    with Baseten() as client:
        print(title_of(client, "A text."))
