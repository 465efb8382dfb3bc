from baseten_messages_client import params


def call(arguments: str) -> params.ToolUseBlock:
    return {"type": "tool_use", "id": "toolu_1", "name": "add", "input": arguments}  # error: a dict is needed
