from baseten_messages_client import Message


def calls_tools(message: Message) -> bool:
    return message.stop_reason == "tooluse"  # error: the reason is tool_use
