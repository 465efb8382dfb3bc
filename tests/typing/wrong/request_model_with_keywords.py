from baseten_messages_client import Baseten, Message, models


def ask(client: Baseten, request: models.MessagesRequest) -> Message:
    return client.messages.create(request, temperature=0.5)  # error: the model holds the fields
