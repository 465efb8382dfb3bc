from baseten_messages_client import models


def render(block: models.ContentBlock) -> str:
    match block.type:
        case "text":
            return block.text
        case "thinking":
            return f"({block.thinking})"
        case "tool_use":
            return f"{block.name}()"
        case _:
            return f"[{block.type}]"
