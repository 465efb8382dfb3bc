from baseten_messages_client import StreamError


def rest(error: StreamError) -> str:
    return error.partial_message.text  # error: the message may not have begun
