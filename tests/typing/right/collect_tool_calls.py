from baseten_messages_client import Message


def collect(message: Message) -> dict[str, str]:
    calls = [block for block in message.content if block.type == "tool_use"]
    return {call.id: call.name for call in calls}


def joined_text(message: Message) -> str:
    return "".join(block.text for block in message.content if block.type == "text")


def next_call(message: Message) -> str | None:
    call = next((block for block in message.content if block.type == "tool_use"), None)
    return None if call is None else call.name
