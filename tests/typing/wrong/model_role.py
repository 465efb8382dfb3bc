from baseten_messages_client import models


def turn(text: str) -> models.InputMessage:
    return models.InputMessage(role="system", content=text)  # error: system is not a role
