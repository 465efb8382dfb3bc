from baseten_messages_client import MessageStream


def show(stream: MessageStream) -> None:
    for text in stream.text_stream():  # error: a property is not called
        print(text)
