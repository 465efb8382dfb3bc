from baseten_messages_client import models, tool_result


def answer(call: models.ToolUseBlock) -> models.ToolResultBlock:
    return tool_result(call)  # error: the output is missing
