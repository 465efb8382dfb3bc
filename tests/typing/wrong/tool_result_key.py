from baseten_messages_client import params


def answer(call_id: str, output: str) -> params.InputMessage:
    return {
        "role": "user",
        "content": [
            {"type": "tool_result", "tool_use_idd": call_id, "content": output},  # error: misspelt key
        ],
    }
