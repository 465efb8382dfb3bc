from typing import Any

from baseten_messages_client import Message


def searches(message: Message) -> list[Any]:
    found: list[Any] = []
    for block in message.content:
        if block.type == "web_search_tool_result":
            found.append(block["content"])
        elif block.type == "server_tool_use":
            found.append(block.additional_properties.get("input"))
        elif block.type == "redacted_thinking":
            found.append(block["data"])
    return found
