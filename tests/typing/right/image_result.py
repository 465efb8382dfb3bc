from baseten_messages_client import params


def screenshot_result(call_id: str, png: str) -> params.InputMessage:
    result: params.ToolResultBlock = {
        "type": "tool_result",
        "tool_use_id": call_id,
        "content": [
            {"type": "text", "text": "The screen:"},
            {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": png}},
        ],
        "is_error": False,
    }
    return {"role": "user", "content": [result, {"type": "text", "text": "What do you see?"}]}
