from baseten_messages_client import Message


def describe(message: Message) -> list[str]:
    lines: list[str] = []
    for block in message.content:
        if block.type == "text":
            lines.append(block.text)
        elif block.type == "tool_use":
            lines.append(f"{block.name}({block.input}) as {block.id}")
        elif block.type == "thinking":
            lines.append(block.thinking.strip())
        elif block.type == "tool_result":
            lines.append(f"result of {block.tool_use_id}")
    return lines
