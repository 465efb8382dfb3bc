from baseten_messages_client import Message, ToolInputError, models, params, tool, tool_result


@tool
def add(a: int, b: int) -> int:
    """Add two numbers."""
    return a + b


def answer(message: Message) -> params.InputMessage:
    results: list[models.ToolResultBlock] = []
    for call in message.tool_calls:
        try:
            results.append(tool_result(call, add.bind_arguments(call.input)()))
        except ToolInputError as error:
            results.append(tool_result(call.id, f"{error.tool_name}: {error}", is_error=True))
    return {"role": "user", "content": results}
