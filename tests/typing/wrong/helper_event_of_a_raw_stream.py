from baseten_messages_client import MessageStream, models


def text_of(stream: MessageStream[models.StreamEvent]) -> str:
    text = ""
    for event in stream:
        if event.type == "text":  # error: only `messages.stream` yields helper events
            text += "x"
    return text
