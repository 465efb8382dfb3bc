from baseten_messages_client import Baseten, CreateParams, Message


def ask(client: Baseten, fields: CreateParams) -> Message:
    return client.messages.create(fields)  # error: the two stars are missing
