from baseten_messages_client import Message


def first_text(message: Message) -> str:
    block = message.content[0]
    assert block.type == "text"
    return block.text


def first_text_by_index(message: Message) -> str | None:
    if message.content and message.content[0].type == "text":
        return message.content[0].text
    return None


def last_call(message: Message) -> str:
    block = message.content[-1]
    if block.type != "tool_use":
        raise ValueError(f"the turn ends with {block.type}")
    return block.name
