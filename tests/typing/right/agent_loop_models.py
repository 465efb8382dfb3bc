from baseten_messages_client import Baseten, params, tool, tool_result


@tool
def add(a: int, b: int) -> int:
    """Add two numbers."""
    return a + b


def agent(client: Baseten, task: str) -> str:
    messages: list[params.InputMessage] = [{"role": "user", "content": task}]
    while True:
        message = client.messages.create(
            model="deepseek-ai/DeepSeek-V4-Pro", max_tokens=256, messages=messages, tools=[add]
        )
        messages.append(message.to_param())
        if message.stop_reason != "tool_use":
            return message.text
        results = [tool_result(call, add.bind_arguments(call.input)()) for call in message.tool_calls]
        messages.append({"role": "user", "content": results})
