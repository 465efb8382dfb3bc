from baseten_messages_client import models


def before(call: models.ToolUseBlock) -> None:
    print(call["name"])  # error: a call is not a dict
