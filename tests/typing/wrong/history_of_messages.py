from baseten_messages_client import Message, params


def remember(history: list[params.InputMessage], message: Message) -> None:
    history.append(message)  # error: to_param() is missing
