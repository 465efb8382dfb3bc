from baseten_messages_client import models


def turn(text: str) -> models.InputMessage:
    return models.InputMessage(role="user", text=text)  # error: the field is named content
