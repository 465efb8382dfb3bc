from typing import Protocol

from baseten_messages_client import AsyncBaseten
from baseten_messages_client.messages import Messages


class HasMessages(Protocol):
    @property
    def messages(self) -> Messages: ...


def name(client: HasMessages) -> str:
    return type(client).__name__


print(name(AsyncBaseten()))  # error: the methods of this client are async
