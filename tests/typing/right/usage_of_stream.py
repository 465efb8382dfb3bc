from baseten_messages_client import MessageStream


def count(stream: MessageStream) -> int:
    tokens = 0
    for event in stream:
        if event.type == "message_start":
            tokens += event.message.usage.input_tokens
        elif event.type == "message_delta":
            tokens += event.usage.output_tokens
    return tokens
