from baseten_messages_client import params


def answer(call_id: str, total: int) -> params.ToolResultBlock:
    return {"type": "tool_result", "tool_use_id": call_id, "content": total}  # error: a number is not content
