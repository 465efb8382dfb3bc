from baseten_messages_client import MessageStream


def text_of(stream: MessageStream) -> str:
    return "".join("x" for event in stream if event.type == "txt")  # error: no event has this type
