from baseten_messages_client import Baseten, tool


@tool
def now() -> str:
    """Tell the time."""
    return "12:00"


def run(client: Baseten) -> None:
    runner = client.messages.tool_runner(
        tools=now,  # error: a list is needed
        model="zai-org/GLM-5.2",
        max_tokens=64,
        messages=[{"role": "user", "content": "What time is it?"}],
    )
    print(runner)
