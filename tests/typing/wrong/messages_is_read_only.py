from baseten_messages_client import Baseten
from baseten_messages_client.messages import Messages


def replace(client: Baseten, fake: Messages) -> None:
    client.messages = fake  # error: the attribute is a property
