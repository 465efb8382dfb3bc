from baseten_messages_client import Baseten, models, tool


@tool
def now() -> str:
    """Tell the time."""
    return "12:00"


def log(call: models.ToolUseBlock) -> None:
    print(call.name)


def run(client: Baseten) -> str:
    runner = client.messages.tool_runner(
        tools=[now],
        after_tool=log,  # error: this hook also gets the result
        model="zai-org/GLM-5.2",
        max_tokens=64,
        messages=[{"role": "user", "content": "What time is it?"}],
    )
    return runner.until_done().text
